/** What earlier and later kernels do differently from 6.12.117. */
import { BIT, clear, type EntryIndex, type Pte, set } from "../../hardware/descriptor.ts";
import { addressOf, alignDown, type Kernel, type Reach } from "../kernel.ts";
import { gatherAD, mknoncont } from "../pte.ts";
import { ptepGet } from "../ptep/ptepGet.ts";
import { ptepGetAndClear } from "../ptep/ptepGetAndClear.ts";
import { ptepSetWrprotect } from "../ptep/wrprotect.ts";
import { noStep, type Script, site, within } from "../script.ts";
import { earlyExitCode } from "./earlyExit.ts";
import type { Variant } from "./variant.ts";

function* gatheredNoop(k: Kernel, index: EntryIndex, entry: Pte): Script<Pte | undefined> {
  const orig = mknoncont(yield* within(site("contpte_ptep_set_access_flags.gather"), ptepGet(k, index)));
  return orig === entry ? undefined : orig;
}

/** Pages are added to an address as if they were bytes, and the bytes between two addresses taken for a number of entries. */
function overrunReach(k: Kernel, index: EntryIndex, nr: number, cont: { readonly first: boolean; readonly last: boolean }): Reach {
  const { contSize } = k.granule;
  const address = addressOf(k, index);
  const end = address + BigInt(nr);
  const alignedEnd = cont.last ? ((end + contSize - 1n) / contSize) * contSize : end;
  const start = cont.first ? alignDown(k, index) : index;
  return { start, nr: Number(alignedEnd - addressOf(k, start)) };
}

function* wrprotectOneByOne(k: Kernel, index: EntryIndex, nr: number): Script<void> {
  for (let i = 0; i < nr; i++) yield* within(site("contpte_wrprotect_ptes.one", { i }), ptepSetWrprotect(k, index + i));
}

function* clearOneByOne(k: Kernel, index: EntryIndex, nr: number): Script<void> {
  for (let i = 0; i < nr; i++) yield* within(site("contpte_clear_full_ptes.one", { i }), ptepGetAndClear(k, index + i));
}

function* getAndClearOneByOne(k: Kernel, index: EntryIndex, nr: number): Script<Pte> {
  let pte = yield* within(site("contpte_get_and_clear_full_ptes.first"), ptepGetAndClear(k, index));
  for (let i = 1; i < nr; i++) {
    const other = yield* within(site("contpte_get_and_clear_full_ptes.rest", { i, pte }), ptepGetAndClear(k, index + i));
    pte = gatherAD(pte, other);
  }
  return pte;
}

export const HISTORY: readonly Variant[] = [
  {
    id: "lockless-early-exit",
    shelf: "history",
    what: "Both getters stop scanning when they have seen one dirty and one young entry. What lies behind is not read, and by the lockless one not checked.",
    who: "Xavier Xia",
    where: "v6.17, arm64/mm: Optimize loop to reduce redundant operations of contpte_ptep_get",
    code: earlyExitCode,
  },
  {
    id: "convert-bbml2",
    shelf: "history",
    what: "contpte_convert does not flush: CPUs with FEAT_BBM level 2 bear entries of both sizes in the TLB without a conflict abort.",
    who: "The series for BBM level 2, in its eighth version",
    where: "v6.17, commit 83bbd6be7d17",
    needs: { bbm: 2 },
    code: { convertFlushBroken: { run: noStep, lines: () => [] } },
  },
  {
    id: "set-access-flags-gathered",
    shelf: "history",
    what: "ptep_set_access_flags judges by the gathered value whether there is anything to do. A walker that looks at one descriptor then faults for ever.",
    who: "In Linux since the beginning (4602e5757bcc); found and fixed by Piotr Jaroszynski",
    where: "6.9 to 6.12.77; fix in v7.0-rc3, mail 20260303063751.2531716-1",
    code: {
      setAccessFlagsOrig: {
        run: gatheredNoop,
        lines: () => [["  orig ← ptep_get(ptep), without CONT", "gather"], "  if orig = entry: return 0"],
      },
    },
  },
  {
    id: "set-ptes-prot-none",
    shelf: "history",
    what: "A batch of PROT_NONE entries gets CONT like any other, and with it the valid bit: it is PROT_NONE no more.",
    who: "In Linux since the beginning; Ryan Roberts remarked in October 2024 how lucky it was not to happen",
    where: "6.9 to 6.12.116, arm64: mm: restrict transparent contpte mappings to valid PTEs",
    code: { batchMayFold: { run: () => true, text: "" } },
  },
  {
    id: "clear-young-dirty-overrun",
    shelf: "history",
    what: "clear_young_dirty_ptes takes bytes for entries: on a block it runs on far past the page table.",
    who: "Made in 89e86854fb0a; found by Mark Rutland's syzkaller, fixed by Barry Song",
    where: "v6.10-rc1, mail 20240524005444.135417-1",
    code: { youngDirtyReach: { run: overrunReach, text: "bytes from start to end" } },
  },
  {
    id: "set-access-flags-no-tlbi",
    shelf: "history",
    what: "ptep_set_access_flags widens a block's permissions without flushing what the TLBs hold of it.",
    who: "The series's first version; found by Catalin Marinas",
    where: "v1 20230622144210.2623299-1, fixed in v2",
    code: { setAccessFlagsFlush: { run: noStep, lines: () => [] } },
  },
  {
    id: "wrprotect-one-by-one",
    shelf: "history",
    what: "wrprotect_ptes protects one entry after another, so that fork unfolds every block it meets.",
    who: "v5's series before its batching patches: the basic step (4602e5757bcc), to which 311a6cf29690 adds wrprotect_ptes",
    where: "v5 20240202080756.1453939-1; its cover letter has what it costs",
    code: {
      wrprotectSeveral: {
        run: wrprotectOneByOne,
        lines: () => ["  for each of nr entries", ["    ptep_set_wrprotect(mm, addr, ptep)", "one"]],
      },
    },
  },
  {
    id: "zap-one-by-one",
    shelf: "history",
    what: "clear_full_ptes and get_and_clear_full_ptes take out one entry after another, so that munmap and exit unfold every block they meet.",
    who: "v5's series before its batching patches: the basic step (4602e5757bcc), to which 6b1e4efb6f54 adds these two",
    where: "v5 20240202080756.1453939-1; its cover letter has what it costs",
    code: {
      clearFull: {
        run: clearOneByOne,
        lines: () => ["  for each of nr entries", ["    ptep_get_and_clear(mm, addr, ptep)", "one"]],
      },
      getAndClearFull: {
        run: getAndClearOneByOne,
        lines: () => [
          ["  pte ← ptep_get_and_clear(first entry)", "first"],
          "  for each other entry",
          ["    other ← ptep_get_and_clear(entry)", "rest"],
          "    if other is dirty: pte ← dirty",
          "    if other is young: pte ← young",
          "  return pte",
        ],
      },
    },
  },
  {
    id: "mkwrite-hw-dirty",
    shelf: "history",
    what: "pte_mkwrite always clears RDONLY, so that an entry made writable is dirty to hardware at once.",
    who: "Put right by Huang Ying",
    where: "until v6.18-rc3, commit 143937ca51cc",
    code: { mkwrite: { run: (pte) => clear(set(pte, BIT.DBM), BIT.RDONLY), text: "WRITE set, RDONLY clear" } },
  },
  {
    id: "mkcont-bit-only",
    shelf: "history",
    what: "pte_mkcont sets CONT and nothing else; it cannot turn an invalid entry valid.",
    who: "Some later kernel; Ryan Roberts had remarked on the page type in October 2024",
    where: "later than 6.12; the remark is mail e8f8f9e8-b042-4df8-92ea-1439a5e1ffb4@arm.com",
    code: { mkcont: { run: (pte) => set(pte, BIT.CONT), text: "CONT set" } },
  },
];
