/**
 * contpte_convert(): repaints a whole block, with or without CONT. Folding and
 * unfolding differ only in the template they pass.
 *
 * Break-before-make: every slot is cleared, the TLBs are flushed, every slot is set.
 * Clearing is an xchg, so access and dirty bits that hardware sets up to that instant
 * are taken along; after it the slot is invalid and hardware does not touch it.
 * The caller holds the PTL.
 */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import { blockPfn, pfnOf, withPfn } from "../../hardware/granule.ts";
import { alignDown, type Code, type Kernel } from "../kernel.ts";
import { type Line, type Listing, listing } from "../listing.ts";
import { flushRange, rawGetAndClear, rawSetPtes } from "../primitives.ts";
import { gatherAD } from "../pte.ts";
import { noStep, type Script, type Site, shown, site } from "../script.ts";

function* convert(k: Kernel, index: EntryIndex, pte: Pte): Script<void> {
  const { code } = k;
  const start = alignDown(k, index);
  const nr = code.convertReach.run(k);
  let template = code.convertTemplate.run(k, pte);

  let old: Pte | undefined;
  for (let i = 0; i < nr; i++) {
    old = yield* code.convertClear.run(site("contpte_convert.clear", { i, template }, shown({ old })), start + i);
    if (code.convertGather.run(start + i === index)) template = gatherAD(template, old);
  }
  yield* code.convertFlushBroken.run(k, site("contpte_convert.flush", { template }), start);
  yield* rawSetPtes(k, (i) => site("contpte_convert.set", { i, template }), start, template, nr);
  yield* code.convertFlushMade.run(k, site("contpte_convert.flush"), start);
}

const convertLines = (code: Code): readonly Line[] => [
  `  template ← pte, ${code.convertTemplate.text}`,
  `  for each slot i of ${code.convertReach.text}`,
  ...code.convertClear.lines(code),
  `    if ${code.convertGather.text}old is dirty: template ← dirty`,
  `    if ${code.convertGather.text}old is young: template ← young`,
  ...convertMakeLines(code),
];

/** From the flush on. */
export const convertMakeLines = (code: Code): readonly Line[] => [
  ...code.convertFlushBroken.lines(code),
  `  for each slot i of ${code.convertReach.text}`,
  ["    slot i ← template, frame + i", "set", 73],
  ...code.convertFlushMade.lines(code),
];

/** The flush that break-before-make asks for: the whole block, and wait. */
export const flushBlock = (k: Kernel, at: Site, start: EntryIndex): Script<void> => flushRange(k, at, start, k.granule.contPtes);

export const flushBlockLine: Line = ["  flush the TLBs for the whole block", "flush", 71];

export const convertCode = {
  convert: { run: convert, lines: convertLines },
  convertReach: { run: (k) => k.granule.contPtes, text: "the block" },
  convertTemplate: {
    run: (k, pte) => withPfn(k.granule, pte, blockPfn(k.granule, pfnOf(k.granule, pte))),
    text: "its frame aligned down",
  },
  convertClear: { run: rawGetAndClear, lines: () => [["    old ← xchg(slot i, 0)", "clear", 62]] },
  convertGather: { run: () => true, text: "" },
  convertFlushBroken: { run: flushBlock, lines: () => [flushBlockLine] },
  convertFlushMade: { run: noStep, lines: () => [] },
} as const satisfies Partial<Code>;

export const contpteConvertListing = (code: Code): Listing =>
  listing("contpte_convert", "arch/arm64/mm/contpte.c", [
    "contpte_convert(mm, addr, ptep, pte)",
    "  align addr and ptep down to the block",
    ...code.convert.lines(code),
  ]);
