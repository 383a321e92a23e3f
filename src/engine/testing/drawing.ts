/**
 * Page tables as a person draws them: one word per entry, `*n` for n alike.
 *
 *     CW*2 CWdy CW*13     a folded block of 16, the third entry dirty and young
 *     W*15 .              fifteen single entries and an empty one
 *
 * `.` empty · `C` CONT · then the protection: `W` writable, `R` read-only, `N` PROT_NONE ·
 * `d` dirty as pte_mkdirty leaves it · `h` dirtied by hardware alone · `y` young ·
 * `s` special · `u` uffd-wp · `@1f00` the frame, where it is not the first one plus the position.
 *
 * The words are spelled out here and share nothing with the engine's own definitions.
 */

const WRITABLE = 0x0068_0000_0000_0bc3n;
const READ_ONLY = 0x0060_0000_0000_0bc3n;
const PROT_NONE = 0x0060_0000_0000_0b82n;
const AF = 1n << 10n;
const RDONLY = 1n << 7n;
const CONT = 1n << 52n;
const DIRTY = 1n << 55n;
const SPECIAL = 1n << 56n;
const UFFD_WP = 1n << 58n;
const ADDRESS_4K = 0x0003_ffff_ffff_f000n;

const PROTECTIONS = { W: WRITABLE, R: READ_ONLY, N: PROT_NONE } as const;

/** Where the drawn entries' frames begin, unless said otherwise. */
export const FIRST_PFN = 0x1000n;

const TOKEN = /^(C?)([WRN])([dhysu]*)(?:@([0-9a-f]+))?$/;

/** One drawn entry as a word. @param shift 12, 14 or 16: the page size */
export function word(token: string, pfn = FIRST_PFN, shift = 12n): bigint {
  if (token === ".") return 0n;
  const match = TOKEN.exec(token);
  if (match === null) throw new Error(`${token} is no drawn entry`);
  const [, cont, prot, flags = "", frame] = match;
  const has = (flag: string): boolean => flags.includes(flag);
  const writable = prot === "W";
  let bits: bigint = PROTECTIONS[prot as keyof typeof PROTECTIONS];
  if (cont === "C") bits |= CONT;
  if (has("d")) bits |= DIRTY;
  if ((has("d") && writable) || has("h")) bits &= ~RDONLY;
  if (has("y")) bits |= AF;
  if (has("s")) bits |= SPECIAL;
  if (has("u")) bits |= UFFD_WP;
  return bits | ((frame === undefined ? pfn : BigInt(`0x${frame}`)) << shift);
}

/** A drawn table, entry by entry; entry i holds frame `first + i`. */
export function words(drawing: string, first = FIRST_PFN, shift = 12n): readonly bigint[] {
  const tokens = drawing.trim().split(/\s+/).flatMap(repeated);
  return tokens.map((token, i) => word(token, first + BigInt(i), shift));
}

function repeated(item: string): readonly string[] {
  const [token = "", times] = item.split("*");
  return Array.from({ length: times === undefined ? 1 : Number(times) }, () => token);
}

/** As a document spells them. */
export const hexWords = (drawing: string, first = FIRST_PFN, shift = 12n): string[] =>
  words(drawing, first, shift).map((w) => `0x${w.toString(16)}`);

export const hexWord = (token: string, pfn = FIRST_PFN, shift = 12n): string => `0x${word(token, pfn, shift).toString(16)}`;

/** Draws one word, without its frame. A word that no drawing gives is shown in hex. */
export function drawWord(pte: bigint, address = ADDRESS_4K): string {
  const bare = BigInt.asUintN(64, pte) & ~address;
  if (bare === 0n) return ".";
  for (const prot of ["W", "R", "N"]) {
    for (const cont of ["", "C"]) {
      for (const dirty of ["", "d", "h"]) {
        for (const rest of ["", "y", "s", "u", "ys", "yu", "su", "ysu"]) {
          const token = `${cont}${prot}${dirty}${rest}`;
          if (dirty === "h" && prot !== "W") continue;
          if (word(token, 0n) === bare) return token;
        }
      }
    }
  }
  return `0x${pte.toString(16)}`;
}

/** Draws a 4K table; frames are shown only where they do not follow from `first`. */
export function draw(table: readonly bigint[], first = FIRST_PFN): string {
  const tokens = table.map((pte, i) => {
    const pfn = (pte & ADDRESS_4K) >> 12n;
    const shown = drawWord(pte);
    return shown === "." || shown.startsWith("0x") || pfn === first + BigInt(i) ? shown : `${shown}@${pfn.toString(16)}`;
  });
  const runs: { token: string; times: number }[] = [];
  for (const token of tokens) {
    const last = runs.at(-1);
    if (last?.token === token) last.times += 1;
    else runs.push({ token, times: 1 });
  }
  return runs.map(({ token, times }) => (times === 1 ? token : `${token}*${times}`)).join(" ");
}
