/**
 * The kill table: for every deliberate mistake and past bug a scenario in which a named
 * property, or a question, fails with it and holds without it.
 */
import type { PropertyId } from "../explore/properties/property.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { hexWord, hexWords } from "./drawing.ts";
import { type ActorDocument, type CallDocument, kernel, mmu, scenarioOf } from "./scenarioOf.ts";

export interface Kill {
  readonly variant: string;
  /** Why it fails there. */
  readonly because: string;
  readonly fails: PropertyId | { readonly question: string };
  /** With the variants named. */
  readonly scenario: (...variants: readonly string[]) => Scenario;
}

const FOLIOS = [
  { pfn: "0x1000", pages: 64 },
  { pfn: "0x2000", pages: 16 },
];

type Machine = Parameters<typeof scenarioOf>[0]["machine"];

const on =
  (drawing: string, actors: readonly ActorDocument[], machine: Machine = {}): Kill["scenario"] =>
  (...variants) =>
    scenarioOf({
      machine: { folios: FOLIOS, ptes: hexWords(drawing), ...machine },
      kernel: { profile: "6.12", variants: [...variants] },
      actors: [...actors],
    });

const set = (index: number, token: string, frame = 0x1000 + index): CallDocument => ({
  fn: "set_ptes",
  index,
  nr: 1,
  pte: hexWord(token, BigInt(frame)),
});
const setBlock = (token: string, frame: number): CallDocument => ({ fn: "set_ptes", index: 0, nr: 16, pte: hexWord(token, BigInt(frame)) });
const take = (index: number): CallDocument => ({ fn: "ptep_get_and_clear", index });
const takeBlock: CallDocument = { fn: "get_and_clear_full_ptes", index: 0, nr: 16, full: false };
const flush = (index: number, nr: number): CallDocument => ({ fn: "flush_tlb_range", index, nr });
const lockless = (index: number): ActorDocument => kernel({ fn: "ptep_get_lockless", index });

/** Entry 15 completes the block while hardware uses the others. */
const folding = on("Wy*15 .", [kernel(set(15, "W")), mmu({ rw: "read", index: 3 }, { rw: "read", index: 9 }, { rw: "write", index: 3 })]);
/** Entry 4 is taken out of a block while hardware writes to another. */
const unfolding = on("CW*16", [kernel(take(4), flush(4, 1)), mmu({ rw: "write", index: 12 }, { rw: "read", index: 9 })]);
/** The block is unfolded for entry 5 while somebody reads entry 0 without the lock; entry 2 is dirty. */
const unfoldingUnderReader = on("CW*2 CWdy CW*13", [kernel(set(5, "W")), lockless(0)]);
const protectingPart = on("CWy*16", [
  kernel({ fn: "wrprotect_ptes", index: 4, nr: 2 }, flush(4, 2)),
  mmu({ rw: "write", index: 12 }, { rw: "write", index: 4 }),
]);

export const KILLS: readonly Kill[] = [
  {
    variant: "convert-no-tlbi",
    because: "hardware caches entry 3 as a page before the fold and the whole block after it",
    fails: "tlb-unique",
    scenario: folding,
  },
  {
    variant: "convert-late-tlbi",
    because: "the new entries can be cached before the old ones are flushed",
    fails: "tlb-unique",
    scenario: folding,
  },
  {
    variant: "convert-nosync-tlbi",
    because: "the flush may land after the new entries are cached",
    fails: "tlb-unique",
    scenario: folding,
  },
  {
    variant: "convert-flush-one-page",
    because: "the entry of page 3 outlives the flush of page 0",
    fails: "tlb-unique",
    scenario: folding,
  },
  {
    variant: "convert-read-then-store",
    because: "the store of 0 wipes out what hardware marked since the read",
    fails: "no-lost-dirty",
    scenario: unfolding,
  },
  {
    variant: "convert-in-place",
    because: "an entry is valid with CONT, and at once valid without",
    fails: "break-before-make",
    scenario: unfolding,
  },
  {
    variant: "convert-target-ad-only",
    because: "entry 12 was marked, entry 4 was asked for",
    fails: "no-lost-dirty",
    scenario: unfolding,
  },
  {
    variant: "convert-one-short",
    because: "entry 15 keeps CONT beside entries that have lost it",
    fails: "block-homogeneous",
    scenario: unfolding,
  },
  {
    variant: "convert-unaligned",
    because: "the block begins with the frame of the entry that completed it",
    fails: "one-folio-aligned",
    scenario: folding,
  },
  {
    variant: "setters-leak-cont",
    because: "a value read from a block comes back into one entry with its CONT",
    fails: "cont-confined",
    scenario: on("CW*16", [
      kernel({ fn: "ptep_get", index: 3 }, take(3), { fn: "set_ptes", index: 3, nr: 1, pte: { result: 0, apply: [] } }),
    ]),
  },
  {
    variant: "lockless-give-up",
    because: "the reader returns before it has come to the dirty entry",
    fails: "lockless-keeps-ad",
    scenario: unfoldingUnderReader,
  },
  {
    variant: "lockless-no-valid-check",
    because: "the reader passes over the dirty entry while it is cleared",
    fails: "lockless-keeps-ad",
    scenario: unfoldingUnderReader,
  },
  {
    variant: "lockless-no-pfn-check",
    because: "the old mapping is reported dirty because the new one is",
    fails: "lockless-no-foreign-ad",
    scenario: on("CW*16", [kernel(takeBlock, flush(0, 16), setBlock("Wdy", 0x2000)), lockless(0)]),
  },
  {
    variant: "lockless-no-prot-check",
    because: "the writable mapping is reported dirty because the read-only one of the same frames is",
    fails: "lockless-no-foreign-ad",
    scenario: on("CW*16", [kernel(takeBlock, flush(0, 16), setBlock("Rdy", 0x1000)), lockless(0)]),
  },
  {
    variant: "wrprotect-partial-no-unfold",
    because: "a walk to entry 12 caches the whole block as writable, entry 4 too",
    fails: "tightening-complete",
    scenario: protectingPart,
  },
  {
    variant: "clear-partial-no-unfold",
    because: "the reader of entry 9 never finds a whole block again",
    fails: "reader-progress",
    scenario: on("CW*16", [kernel({ fn: "clear_full_ptes", index: 4, nr: 2, full: false }), lockless(9)]),
  },
  {
    variant: "wrprotect-plain-store",
    because: "the store wipes out what hardware marked since the read",
    fails: "no-lost-dirty",
    scenario: on("CWy*16", [kernel({ fn: "wrprotect_ptes", index: 0, nr: 16 }, flush(0, 16)), mmu({ rw: "write", index: 9 })]),
  },
  {
    variant: "fold-any-slot",
    because: "a change of entry 7 folds the block, and everybody else's entries vanish meanwhile",
    fails: { question: "never CPU1 returned none" },
    scenario: on("Wy*16", [kernel(set(7, "W")), lockless(9)]),
  },
  {
    variant: "fold-ignore-write",
    because: "the read-only entry 3 becomes writable with the rest of the block",
    fails: { question: "never entry 3 write" },
    scenario: on("Wy*3 Ry Wy*11 .", [kernel(set(15, "W"))]),
  },
  {
    variant: "young-target-only",
    because: "its neighbours are young still, so the block is",
    fails: { question: "never CPU0 call 2 returned young" },
    scenario: on("CWy*16", [kernel({ fn: "ptep_test_and_clear_young", index: 4 }, { fn: "ptep_get", index: 4 })]),
  },
  {
    variant: "kernel-mm-folds",
    because: "a mapping of the kernel gets CONT",
    fails: "one-folio-aligned",
    scenario: on("Wy*15 .", [kernel(set(15, "W"))], { mm: "init" }),
  },
  {
    variant: "efi-mm-folds",
    because: "a mapping of the firmware gets CONT",
    fails: "one-folio-aligned",
    scenario: on("Wy*15 .", [kernel(set(15, "W"))], { mm: "efi" }),
  },
  {
    variant: "set-access-flags-gathered",
    because: "entry 3 is dirty, so the block seems to be what was asked for, and entry 9 stays read-only",
    fails: "fault-progress",
    scenario: on("CWy*3 CWhy CWy*12", [kernel({ fn: "ptep_set_access_flags", index: 9, pte: hexWord("Wdy", 0x1009n), dirty: true })]),
  },
  {
    variant: "set-access-flags-no-tlbi",
    because: "a TLB that cached the block as read-only goes on forbidding the write",
    fails: "fault-progress",
    scenario: on("CWy*16", [
      kernel({ fn: "ptep_set_access_flags", index: 9, pte: hexWord("Wdy", 0x1009n), dirty: true }),
      mmu({ rw: "read", index: 3 }),
    ]),
  },
  {
    variant: "set-ptes-prot-none",
    because: "entries that were to forbid access get CONT, and with it VALID",
    fails: "cont-implies-valid",
    scenario: on(".*16", [kernel(setBlock("N", 0x1000))]),
  },
  {
    variant: "clear-young-dirty-overrun",
    because: "bytes are taken for pages",
    fails: "scope",
    scenario: on("CWy*64", [kernel({ fn: "clear_young_dirty_ptes", index: 4, nr: 8, flags: 3 })]),
  },
];
