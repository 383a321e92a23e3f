/** A machine state as the page shows it: decoded, named, nothing left to compute but geometry. */
import { BIT, has, hex, isCont, isValid, NONE, type Pte } from "../hardware/descriptor.ts";
import { GRANULES, type Granule, pfnOf } from "../hardware/granule.ts";
import type { Tlb, TlbEntry } from "../hardware/tlb.ts";
import { isFolded } from "../kernel/folded.ts";
import { folioOf } from "../kernel/kernel.ts";
import { isHwDirty, isPresent, isProtnone, isSwDirty, isWrite, isYoung, mknoncont, protIgnoringAD } from "../kernel/pte.ts";
import { isSwap, swapOffset, swapType } from "../kernel/swap.ts";
import type { Machine } from "../machine/machine.ts";
import type { MachineState } from "../machine/state.ts";
import type { BlockView, EntryView, FolioSpan, Misfit, Snapshot, StepView, TlbView, WordView } from "../protocol.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { actorView } from "./actorView.ts";
import type { Places } from "./places.ts";

/** @param last the step that led here, and the state before it */
export function snapshot(
  machine: Machine,
  places: Places,
  state: MachineState,
  at: number,
  last?: { readonly step: StepView; readonly before: MachineState },
): Snapshot {
  const { scenario } = machine;
  const granule = GRANULES[scenario.granule];
  const words = state.table.words();
  return {
    at,
    entries: words.map((pte, index) => entryView(granule, index, pte)),
    blocks: Array.from({ length: words.length / granule.contPtes }, (_, b) => blockView(granule, words, b * granule.contPtes)),
    folios: folioSpans(granule, scenario, words),
    tlbs: state.actors.flatMap((actor, n) => (actor.kind === "mmu" ? [tlbView(granule, n, actor.tlb, words)] : [])),
    pending: state.pending.map(({ actor, index, nr }) => ({ actor, index, count: nr })),
    ...(state.ptl !== undefined && { ptl: state.ptl }),
    actors: scenario.actors.map((_, actor) => actorView(machine, places, state, actor, last?.before)),
    ...(last && { last: last.step }),
  };
}

const entryView = (g: Granule, index: number, pte: Pte): EntryView => ({ index, ...wordView(g, pte) });

export function wordView(g: Granule, pte: Pte): WordView {
  const [hardware, software] = [isHwDirty(pte), isSwDirty(pte)];
  return {
    word: hex(pte),
    kind: kindOf(pte),
    pfn: hex(pfnOf(g, pte)),
    cont: isCont(pte),
    young: isYoung(pte),
    dirty: hardware ? (software ? "both" : "hardware") : software ? "software" : "clean",
    write: isWrite(pte),
    special: has(pte, BIT.SPECIAL),
    uffd: has(pte, BIT.UFFD_WP),
    user: has(pte, BIT.USER),
    ...(isSwap(pte) && { swap: { type: swapType(pte), offset: hex(swapOffset(pte)) } }),
  };
}

function kindOf(pte: Pte): EntryView["kind"] {
  if (isValid(pte)) return "valid";
  if (pte === NONE) return "none";
  if (isSwap(pte)) return "swap";
  return isProtnone(pte) ? "prot-none" : "invalid";
}

function blockView(g: Granule, words: readonly Pte[], start: number): BlockView {
  const count = g.contPtes;
  const block = words.slice(start, start + count);
  if (isFolded(g, block)) return { start, count, state: "folded", misfits: [] };
  if (block.some((pte) => isValid(pte) && isCont(pte))) return { start, count, state: "mixed", misfits: misfitsOf(g, block) };
  return { start, count, state: block.every((pte) => pte === NONE) ? "empty" : "single", misfits: [] };
}

function misfitsOf(g: Granule, block: readonly Pte[]): readonly Misfit[] {
  const valid = block.flatMap((pte, i) => (isValid(pte) ? [{ pte, base: pfnOf(g, pte) - BigInt(i) }] : []));
  const differ = <T>(values: readonly T[]): boolean => new Set(values).size > 1;
  const found: readonly (readonly [Misfit, boolean])[] = [
    ["not-valid", valid.length < block.length],
    ["no-cont", valid.some(({ pte }) => !isCont(pte))],
    ["frames", differ(valid.map(({ base }) => base))],
    ["protections", differ(valid.map(({ pte }) => protIgnoringAD(g, mknoncont(pte))))],
  ];
  return found.flatMap(([misfit, is]) => (is ? [misfit] : []));
}

function folioSpans(granule: Granule, scenario: Scenario, words: readonly Pte[]): readonly FolioSpan[] {
  const spans: { start: number; count: number; pfn: bigint; folio: { pfn: bigint; pages: number } }[] = [];
  words.forEach((pte, index) => {
    if (!isPresent(pte)) return;
    const pfn = pfnOf(granule, pte);
    const folio = folioOf(scenario, pfn);
    const open = spans.at(-1);
    const continues =
      open !== undefined && open.start + open.count === index && open.folio.pfn === folio.pfn && open.pfn + BigInt(open.count) === pfn;
    if (continues) open.count++;
    else spans.push({ start: index, count: 1, pfn, folio });
  });
  const block = BigInt(granule.contPtes);
  return spans.map(({ start, count, pfn, folio }) => ({
    start,
    count,
    pfn: hex(folio.pfn),
    pages: folio.pages,
    aligned: BigInt(start) % block === pfn % block,
  }));
}

function tlbView(g: Granule, actor: number, tlb: Tlb, words: readonly Pte[]): TlbView {
  return {
    actor,
    entries: tlb.map((entry) => ({
      start: entry.start,
      count: entry.count,
      pfn: hex(entry.pfn),
      writable: entry.writable,
      stale: stalePages(g, entry, words),
      conflicting: tlb.some(
        (other) => other !== entry && other.start < entry.start + entry.count && entry.start < other.start + other.count,
      ),
    })),
  };
}

/** Pages for which the entry answers otherwise than a walk of the table would now. */
function stalePages(g: Granule, entry: TlbEntry, words: readonly Pte[]): readonly number[] {
  const covered = words.slice(entry.start, entry.start + entry.count);
  // A writable entry lets stores through without marking the page dirty: the table must say so somewhere already.
  const dirtyInTable = covered.some((pte) => isValid(pte) && !has(pte, BIT.RDONLY));
  return Array.from({ length: entry.count }, (_, i) => entry.start + i).filter((index) => {
    const pte = words[index] as Pte;
    const sameFrame = isValid(pte) && pfnOf(g, pte) === entry.pfn + BigInt(index - entry.start);
    return !sameFrame || (entry.writable && !dirtyInTable) || (entry.count > 1 && !isCont(pte));
  });
}
