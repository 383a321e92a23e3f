/** The calls of the public API: entries, flushes and the lock. */
import { asPte } from "../../hardware/descriptor.ts";
import { type CallSpec, nothing, pure, truth } from "../call.ts";
import { clearFullPtes, getAndClearFullPtes, pteClear } from "./clearing.ts";
import { flushTlbPage, flushTlbRange } from "./flushTlb.ts";
import { ptepModifyProtCommit, ptepModifyProtStart } from "./modifyProt.ts";
import { ptlLock, ptlUnlock } from "./pageTableLock.ts";
import { pteBatchHint } from "./pteBatchHint.ts";
import { ptepClearFlush } from "./ptepClearFlush.ts";
import { ptepGet } from "./ptepGet.ts";
import { ptepGetAndClear } from "./ptepGetAndClear.ts";
import { ptepGetLockless } from "./ptepGetLockless.ts";
import { ptepSetAccessFlags } from "./setAccessFlags.ts";
import { setPte } from "./setPte.ts";
import { setPtes } from "./setPtes.ts";
import { ptepSetWrprotect, wrprotectPtes } from "./wrprotect.ts";
import { clearYoungDirtyPtes, ptepClearFlushYoung, ptepTestAndClearYoung } from "./youngDirty.ts";

export const PTEP_CALLS: readonly CallSpec[] = [
  {
    fn: "set_pte",
    args: ["index", "pte"],
    returns: "nothing",
    about: "Stores one entry as it is. Can neither unfold nor fold, and warns if it would have had to.",
    script: (k, a) => nothing(setPte(k, a.index, asPte(a.pte))),
  },
  {
    fn: "set_ptes",
    args: ["index", "pte", "nr"],
    returns: "nothing",
    about: "Maps nr consecutive pages. One entry may unfold or fold a block; several set CONT on every whole aligned block.",
    script: (k, a) => nothing(setPtes(k, a.index, asPte(a.pte), a.nr)),
  },
  {
    fn: "pte_clear",
    args: ["index"],
    returns: "nothing",
    about: "Stores 0 in one entry, unfolding its block first.",
    script: (k, a) => nothing(pteClear(k, a.index)),
  },
  {
    fn: "ptep_get",
    args: ["index"],
    returns: "pte",
    about: "Reads an entry under the PTL, with the access and dirty bits of its whole block.",
    script: (k, a) => ptepGet(k, a.index),
  },
  {
    fn: "ptep_get_lockless",
    args: ["index"],
    returns: "pte",
    about: "Reads an entry without the PTL, and starts again if the block changes meanwhile.",
    script: (k, a) => ptepGetLockless(k, a.index),
  },
  {
    fn: "ptep_get_and_clear",
    args: ["index"],
    returns: "pte",
    about: "Takes one entry out and returns it, unfolding its block first.",
    script: (k, a) => ptepGetAndClear(k, a.index),
  },
  {
    fn: "clear_full_ptes",
    args: ["index", "nr", "full"],
    returns: "nothing",
    about: "Clears nr entries. Blocks covered whole stay folded until they are gone; full changes nothing on arm64.",
    script: (k, a) => nothing(clearFullPtes(k, a.index, a.nr)),
  },
  {
    fn: "get_and_clear_full_ptes",
    args: ["index", "nr", "full"],
    returns: "pte",
    about: "The same, and returns the first entry with the access and dirty bits of all.",
    script: (k, a) => getAndClearFullPtes(k, a.index, a.nr),
  },
  {
    fn: "ptep_test_and_clear_young",
    args: ["index"],
    returns: "number",
    about: "Clears the access flag, of the whole block if there is one, and says whether any was set.",
    script: (k, a) => truth(ptepTestAndClearYoung(k, a.index)),
  },
  {
    fn: "ptep_clear_flush_young",
    args: ["index"],
    returns: "number",
    about: "The same, and starts a TLB flush without waiting for it.",
    script: (k, a) => truth(ptepClearFlushYoung(k, a.index)),
  },
  {
    fn: "ptep_set_wrprotect",
    args: ["index"],
    returns: "nothing",
    about: "Write-protects one entry, unfolding its block first.",
    script: (k, a) => nothing(ptepSetWrprotect(k, a.index)),
  },
  {
    fn: "wrprotect_ptes",
    args: ["index", "nr"],
    returns: "nothing",
    about: "Write-protects nr entries, keeping what hardware marked dirty. Blocks covered whole stay folded.",
    script: (k, a) => nothing(wrprotectPtes(k, a.index, a.nr)),
  },
  {
    fn: "ptep_set_access_flags",
    args: ["index", "pte", "dirty"],
    returns: "number",
    about: "Adds the access, dirty and write permission of pte: what a fault handler does. Says whether anything changed.",
    script: (k, a) => truth(ptepSetAccessFlags(k, a.index, asPte(a.pte), a.dirty)),
  },
  {
    fn: "clear_young_dirty_ptes",
    args: ["index", "nr", "flags"],
    returns: "nothing",
    about: "Makes nr entries old, clean or both, and with them the blocks they lie in.",
    script: (k, a) => nothing(clearYoungDirtyPtes(k, a.index, a.nr, a.flags)),
  },
  {
    fn: "pte_batch_hint",
    args: ["index", "pte"],
    returns: "number",
    about: "How many entries from here on may be handled as one, judging by the value. Accesses nothing.",
    script: (k, a) => pure(pteBatchHint(k, a.index, asPte(a.pte))),
  },
  {
    fn: "ptep_clear_flush",
    args: ["index"],
    returns: "pte",
    about: "Takes one entry out and flushes its page from every TLB.",
    script: (k, a) => ptepClearFlush(k, a.index),
  },
  {
    fn: "ptep_modify_prot_start",
    args: ["index"],
    returns: "pte",
    about: "Takes one entry out so that it can be changed.",
    script: (k, a) => ptepModifyProtStart(k, a.index),
  },
  {
    fn: "ptep_modify_prot_commit",
    args: ["index", "pte"],
    returns: "nothing",
    about: "Puts the changed entry back, which may fold its block.",
    script: (k, a) => nothing(ptepModifyProtCommit(k, a.index, asPte(a.pte))),
  },
  {
    fn: "flush_tlb_range",
    args: ["index", "nr"],
    returns: "nothing",
    about: "Flushes nr pages from every TLB, and waits.",
    script: (k, a) => nothing(flushTlbRange(k, a.index, a.nr)),
  },
  {
    fn: "flush_tlb_page",
    args: ["index"],
    returns: "nothing",
    about: "Flushes one page from every TLB, and waits.",
    script: (k, a) => nothing(flushTlbPage(k, a.index)),
  },
  { fn: "ptl_lock", args: [], returns: "nothing", about: "Takes the page-table lock, waiting while anyone holds it.", script: ptlLock },
  { fn: "ptl_unlock", args: [], returns: "nothing", about: "Gives the page-table lock back.", script: ptlUnlock },
];
