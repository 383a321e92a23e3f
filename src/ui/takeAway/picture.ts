/**
 * The picture to take away: page table, TLBs and the last step as one SVG file that needs nothing else. Drawn anew rather
 * than copied from the page, so that it is the same in every window, and text stays text. Data in, data out.
 */
import type { BlockView, EntryView, Snapshot, TlbView } from "../../engine/protocol.ts";
import { flushesOf, flushText } from "../pageTable/flushes.ts";
import { piecesIn, type Row, rowsOf, type Span } from "../pageTable/rows.ts";
import { blockText, describeEntry, folioText, tlbText } from "../pageTable/texts.ts";
import { lastWrite, WRITER_SIGNS, type Writer } from "../pageTable/writer.ts";

/** The colours of the page, by the names of its variables without dashes before them. */
export const COLOURS = [
  "bg",
  "panel",
  "ink",
  "dim",
  "line",
  "soft",
  "cont",
  "cont-bg",
  "young",
  "young-bg",
  "dirty",
  "dirty-bg",
  "write",
  "write-bg",
  "valid",
  "valid-bg",
  "change",
] as const;
export type Theme = Readonly<Record<(typeof COLOURS)[number], string>>;

export interface Caption {
  readonly title: string;
  /** The kernel, and which step of how many. */
  readonly place: string;
}

/** @param kernel as people are told it */
export const placeText = (kernel: string, at: number, steps: number): string => `Linux ${kernel} · step ${at} of ${steps} · contpte-lab`;

const WIDTH = 1200;
const PAD = 24;
const LABELS = 84;
const COLUMNS = 16;
const CELL = (WIDTH - 2 * PAD - LABELS) / COLUMNS;
const GAP = 3;
const CELL_HEIGHT = 66;
const LANE = 22;

const SANS = "Inter, 'Segoe UI', 'DejaVu Sans', Verdana, sans-serif";
const MONO = "Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/** A character of 13 px text is about so wide: lines are broken by it. */
const CHARACTER = 7.4;

/** @returns the text of an SVG document, and its height in px */
export function pictureOf(
  snapshot: Snapshot,
  caption: Caption,
  theme: Theme,
): { readonly svg: string; readonly width: number; readonly height: number } {
  const parts: string[] = [];
  let y = PAD;
  const put = (part: string): void => void parts.push(part);

  put(text(PAD, y + 14, caption.title, { size: 17, weight: 700, fill: theme.ink }));
  put(text(WIDTH - PAD, y + 14, caption.place, { size: 12, fill: theme.dim, anchor: "end" }));
  y += 34;
  const holder = snapshot.ptl === undefined ? undefined : snapshot.actors[snapshot.ptl]?.name;
  put(
    text(PAD, y + 8, holder === undefined ? "PTL free" : `PTL held by ${holder}`, {
      size: 12,
      fill: holder === undefined ? theme.dim : theme.young,
      weight: 650,
    }),
  );
  put(legend(y + 8, theme));
  y += 26;
  for (const row of rowsOf(snapshot.entries.length, COLUMNS)) y = drawRow(put, row, y, snapshot, theme) + 14;
  const { last } = snapshot;
  const told =
    last === undefined
      ? "At the start."
      : [last.text, ...last.events.map((event) => event.text)].map((sentence) => `${sentence}.`).join(" ");
  const lines = broken(told, Math.floor((WIDTH - 2 * PAD - 32) / CHARACTER));
  const boxHeight = 20 + 18 * lines.length;
  put(box(PAD, y, WIDTH - 2 * PAD, boxHeight, { fill: theme.panel, stroke: theme.line, radius: 7 }));
  put(box(PAD, y, 4, boxHeight, { fill: theme.cont, stroke: "none", radius: 2 }));
  for (const [n, line] of lines.entries()) put(text(PAD + 16, y + 23 + 18 * n, line, { size: 13, weight: 600, fill: theme.ink }));
  const height = y + boxHeight + PAD;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title about" font-family="${SANS}">`,
    `<title id="title">${escaped(caption.title)}</title>`,
    `<desc id="about">${escaped(`${caption.place}. ${told} ${snapshot.entries.map(describeEntry).join("; ")}.`)}</desc>`,
    box(0, 0, WIDTH, height, { fill: theme.bg, stroke: "none", radius: 0 }),
    ...parts,
    "</svg>",
  ].join("\n");
  return { svg: `${svg}\n`, width: WIDTH, height };
}

const columnX = (column: number): number => PAD + LABELS + column * CELL;

/** The place of a piece of a row: it ends a gap before the next column. */
const across = (column: number, columns: number) => ({ x: columnX(column), width: columns * CELL - GAP });

/** @returns where the next row may begin */
function drawRow(put: (part: string) => void, row: Row, top: number, snapshot: Snapshot, theme: Theme): number {
  let y = top;
  const label = (words: string, middle: number): void => put(text(PAD, middle + 4, words, { size: 12, fill: theme.dim }));
  label("folio", y + 9);
  for (const { of, column, columns } of piecesIn(row, snapshot.folios)) {
    const { x, width } = across(column, columns);
    put(box(x, y, width, 18, { fill: theme.soft, stroke: "none", radius: 5 }));
    put(fitting(x + 8, y + 13, folioText(of), width - 12, { size: 12, fill: theme.dim }));
  }
  y += 24;
  label("entries", y + CELL_HEIGHT / 2);
  const written = lastWrite(snapshot);
  for (const entry of snapshot.entries.slice(row.start, row.start + row.count))
    put(cell(entry, columnX(entry.index - row.start), y, written?.index === entry.index ? written.by : undefined, theme));
  y += CELL_HEIGHT + 3;
  for (const { of, column, columns } of piecesIn(row, snapshot.blocks)) put(brace(of, across(column, columns), y, theme));
  y += LANE + 4;
  for (const tlb of snapshot.tlbs) y = tlbLane(put, label, row, tlb, snapshot, y, theme);
  return y;
}

function cell(entry: EntryView, x: number, y: number, by: Writer | undefined, theme: Theme): string {
  const { kind, cont, index } = entry;
  const width = CELL - GAP;
  const middle = x + width / 2;
  const looks =
    kind !== "valid"
      ? { fill: theme.soft, stroke: theme.line }
      : cont
        ? { fill: theme["cont-bg"], stroke: theme.cont }
        : { fill: theme.panel, stroke: theme.line };
  const parts = [
    by ? box(x - 3, y - 3, width + 6, CELL_HEIGHT + 6, { fill: "none", stroke: theme.change, radius: 9, thick: 2.5 }) : "",
    box(x, y, width, CELL_HEIGHT, { ...looks, radius: 6 }),
    text(middle, y + 14, `${index}${by ? ` ${WRITER_SIGNS[by]}` : ""}`, { size: 11, fill: theme.dim, anchor: "middle" }),
  ];
  if (kind === "none" || entry.swap)
    parts.push(text(middle, y + 40, kind === "none" ? "none" : "swap", { size: 12, fill: theme.dim, anchor: "middle" }));
  else {
    parts.push(
      fitting(middle, y + 31, entry.pfn.slice(2), width - 4, { size: 13, weight: 600, fill: theme.ink, anchor: "middle", mono: true }),
    );
    parts.push(...bits(entry, x, y + 38, width, theme));
  }
  return parts.join("");
}

interface Bit {
  readonly letter: string;
  readonly fill: string;
  readonly ink: string;
}

function bitsOf(entry: Pick<EntryView, "kind" | "cont" | "write" | "young" | "dirty" | "special" | "uffd">, theme: Theme): readonly Bit[] {
  const dirty = { clean: undefined, hardware: "Dh", software: "Ds", both: "D+" }[entry.dirty];
  const all: readonly (readonly [is: boolean, letter: string, fill: string, ink: string])[] = [
    [entry.kind === "valid", "V", theme["valid-bg"], theme.valid],
    [entry.kind === "prot-none", "N", theme.soft, theme.ink],
    [entry.cont, "C", theme.cont, theme.panel],
    [entry.write, "W", theme["write-bg"], theme.write],
    [entry.young, "Y", theme["young-bg"], theme.young],
    [dirty !== undefined, dirty ?? "", theme["dirty-bg"], theme.dirty],
    [entry.special, "S", theme.soft, theme.ink],
    [entry.uffd, "U", theme.soft, theme.ink],
  ];
  return all.flatMap(([is, letter, fill, ink]) => (is ? [{ letter, fill, ink }] : []));
}

const BIT = 15;

function bits(entry: EntryView, x: number, y: number, width: number, theme: Theme): readonly string[] {
  return bitsOf(entry, theme).map(({ letter, fill, ink }, n) => {
    const [column, line] = [n % 3, Math.floor(n / 3)];
    const left = x + (width - 3 * (BIT + 2)) / 2 + column * (BIT + 2);
    return bit(letter, left, y + line * (BIT - 2), fill, ink);
  });
}

const bit = (letter: string, x: number, y: number, fill: string, ink: string): string =>
  box(x, y, BIT + 1, BIT - 3, { fill, stroke: "none", radius: 3 }) +
  text(x + (BIT + 1) / 2, y + 9.5, letter, { size: 10, weight: 700, fill: ink, anchor: "middle", mono: true });

function legend(y: number, theme: Theme): string {
  const words = [
    ["V", "valid"],
    ["C", "contiguous"],
    ["W", "writable"],
    ["Y", "young"],
    ["D+", "dirty: h by hardware, s by software, + both"],
  ] as const;
  const whole = { kind: "valid", cont: true, write: true, young: true, dirty: "both", special: false, uffd: false } as const;
  const known = new Map(bitsOf(whole, theme).map((own) => [own.letter, own]));
  let x = WIDTH - PAD - words.reduce((sum, [, means]) => sum + 34 + means.length * 6.6, 0);
  return words
    .map(([letter, means]) => {
      const { fill = "none", ink = theme.ink } = known.get(letter) ?? {};
      const part = bit(letter, x, y - 10, fill, ink) + text(x + 22, y, means, { size: 12, fill: theme.dim });
      x += 34 + means.length * 6.6;
      return part;
    })
    .join("");
}

function brace(block: BlockView, { x, width }: { x: number; width: number }, y: number, theme: Theme): string {
  const ink = block.state === "folded" ? theme.cont : block.state === "mixed" ? theme.dirty : theme.dim;
  const dash = block.state === "mixed" ? ' stroke-dasharray="5 3"' : "";
  const isDrawn = block.state === "folded" || block.state === "mixed";
  const line = isDrawn
    ? `<path d="M${x} ${y}v10q0 8 8 8h${width - 16}q8 0 8 -8v-10" fill="none" stroke="${ink}" stroke-width="2"${dash}/>`
    : "";
  return (
    line +
    fitting(x + width / 2, y + 12, blockText(block), width - 16, { size: 12, weight: isDrawn ? 650 : 400, fill: ink, anchor: "middle" })
  );
}

function tlbLane(
  put: (part: string) => void,
  label: (words: string, middle: number) => void,
  row: Span,
  tlb: TlbView,
  snapshot: Snapshot,
  top: number,
  theme: Theme,
): number {
  const lines = [tlb.entries.filter(({ count }) => count > 1), tlb.entries.filter(({ count }) => count === 1)]
    .map((entries) => piecesIn(row, entries))
    .filter((line) => line.length > 0);
  label(`${snapshot.actors[tlb.actor]?.name ?? ""} TLB`, top + LANE / 2 - 2);
  const flushes = piecesIn(row, flushesOf(snapshot));
  if (lines.length === 0) {
    const words = ["empty here", ...flushes.map(({ of }) => flushText(of))].join(" · ");
    put(text(columnX(0), top + 13, words, { size: 12, fill: theme.dim }));
  }
  for (const [n, line] of lines.entries()) {
    const y = top + n * LANE;
    for (const { of, column, columns } of line) {
      const { x, width } = across(column, columns);
      const isStale = of.stale.length > 0;
      const ink = isStale || of.conflicting ? theme.dirty : theme.write;
      put(
        box(x, y, width, LANE - 4, {
          fill: isStale ? theme.panel : theme["write-bg"],
          stroke: ink,
          radius: 5,
          thick: of.conflicting ? 3 : 1.5,
          dashed: isStale,
        }),
      );
      const short = `${of.conflicting ? "!" : isStale ? "✗" : ""}${of.writable ? "W" : "R"}`;
      put(fitting(x + width / 2, y + 13, columns > 3 ? tlbText(of) : short, width - 8, { size: 12, fill: ink, anchor: "middle" }));
    }
  }
  const bottom = top + Math.max(1, lines.length) * LANE;
  for (const { of, column, columns } of flushes) {
    const { x, width } = across(column, columns);
    put(
      box(x, bottom - 4, width, 4, { fill: of.isPending ? "none" : theme.change, stroke: theme.change, radius: 2, dashed: of.isPending }),
    );
  }
  return bottom;
}

interface TextLook {
  readonly size: number;
  readonly fill: string;
  readonly weight?: number;
  readonly anchor?: "middle" | "end";
  readonly mono?: boolean;
}

const text = (x: number, y: number, words: string, { size, fill, weight = 400, anchor, mono }: TextLook): string =>
  `<text x="${round(x)}" y="${round(y)}" font-size="${size}" font-weight="${weight}" fill="${fill}"${anchor ? ` text-anchor="${anchor}"` : ""}${mono ? ` font-family="${MONO}"` : ""}>${escaped(words)}</text>`;

/** Cut where it is too long, as near as can be told without drawing it. */
function fitting(x: number, y: number, words: string, width: number, look: TextLook): string {
  const most = Math.floor(width / (CHARACTER * (look.size / 13)));
  return text(x, y, words.length <= most ? words : `${words.slice(0, Math.max(0, most - 1))}…`, look);
}

interface BoxLook {
  readonly fill: string;
  readonly stroke: string;
  readonly radius: number;
  readonly thick?: number;
  readonly dashed?: boolean;
}

const box = (x: number, y: number, width: number, height: number, { fill, stroke, radius, thick = 1, dashed }: BoxLook): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}" fill="${fill}" stroke="${stroke}" stroke-width="${thick}"${dashed ? ' stroke-dasharray="4 3"' : ""}/>`;

const round = (value: number): number => Math.round(value * 10) / 10;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (words: string): string => words.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

/** A sentence in lines of at most so many characters. */
function broken(words: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}
