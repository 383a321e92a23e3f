/** Every listing of a kernel's code, for the source panel and for the tests that hold labels against them. */

import { contpteConvertListing } from "./contpte/contpteConvert.ts";
import { contpteTryFoldBlockListing, contpteTryFoldListing } from "./contpte/contpteFold.ts";
import { contpteTryUnfoldBlockListing, contpteTryUnfoldListing, contpteTryUnfoldPartialListing } from "./contpte/contpteUnfold.ts";
import type { Code } from "./kernel.ts";
import { LINUX_6_12 } from "./linux612.ts";
import type { Listing } from "./listing.ts";
import { folioPteBatchListing, swapPteBatchListing } from "./mm/batch.ts";
import { handlePteFaultListing } from "./mm/fault.ts";
import { copyNonpresentPteListing, copyPresentPtesListing, copyPteRangeListing, protectSharedListing } from "./mm/fork.ts";
import { gupFastListing } from "./mm/gup.ts";
import { getClearContigListing, hugePtepGetListing } from "./mm/hugetlb.ts";
import {
  collapseHugePageSwapinListing,
  hugePteAllocListing,
  perfGetPgtableSizeListing,
  ptdumpPteEntryListing,
  pteRangeNoneListing,
  swapVmaReadaheadListing,
  unusePteRangeListing,
} from "./mm/lookers.ts";
import { madviseColdPteRangeListing, madviseFreePteRangeListing } from "./mm/madvise.ts";
import { changePteRangeListing } from "./mm/mprotect.ts";
import { folioReferencedOneListing } from "./mm/reclaim.ts";
import { tlbFlushListing, zapPresentFolioPtesListing, zapPresentPtesListing, zapPteRangeListing } from "./mm/zap.ts";
import {
  clearFullPtesListing,
  contpteClearFullPtesListing,
  contpteGetAndClearFullPtesListing,
  getAndClearFullPtesListing,
  pteClearListing,
} from "./ptep/clearing.ts";
import { flushTlbPageListing, flushTlbRangeListing } from "./ptep/flushTlb.ts";
import { ptepModifyProtCommitListing, ptepModifyProtStartListing } from "./ptep/modifyProt.ts";
import { ptlLockListing, ptlUnlockListing } from "./ptep/pageTableLock.ts";
import { ptepClearFlushListing } from "./ptep/ptepClearFlush.ts";
import { contptePtepGetListing, ptepGetListing } from "./ptep/ptepGet.ts";
import { ptepGetAndClearListing } from "./ptep/ptepGetAndClear.ts";
import { contptePtepGetLocklessListing, ptepGetLocklessListing } from "./ptep/ptepGetLockless.ts";
import { allSubptesMatchListing, contpteSetAccessFlagsListing, ptepSetAccessFlagsListing } from "./ptep/setAccessFlags.ts";
import { setPteListing } from "./ptep/setPte.ts";
import { contpteSetPtesListing, setPtesListing } from "./ptep/setPtes.ts";
import { contpteWrprotectPtesListing, ptepSetWrprotectListing, wrprotectPtesListing } from "./ptep/wrprotect.ts";
import {
  clearYoungDirtyPtesListing,
  contpteClearFlushYoungListing,
  contpteClearYoungDirtyPtesListing,
  contpteTestAndClearYoungListing,
  ptepClearFlushYoungListing,
  ptepTestAndClearYoungListing,
  rawClearFlushYoungListing,
} from "./ptep/youngDirty.ts";
import {
  rawClearFullListing,
  rawClearYoungDirtyFromListing,
  rawClearYoungDirtyListing,
  rawGetAndClearFullListing,
  rawSetAccessFlagsListing,
  rawSetWrprotectFromListing,
  rawTestAndClearYoungListing,
} from "./rawUpdates.ts";

const ALL: readonly (Listing | ((code: Code) => Listing))[] = [
  setPteListing,
  setPtesListing,
  contpteSetPtesListing,
  pteClearListing,
  ptepGetListing,
  contptePtepGetListing,
  ptepGetLocklessListing,
  contptePtepGetLocklessListing,
  ptepGetAndClearListing,
  clearFullPtesListing,
  contpteClearFullPtesListing,
  getAndClearFullPtesListing,
  contpteGetAndClearFullPtesListing,
  ptepTestAndClearYoungListing,
  contpteTestAndClearYoungListing,
  ptepClearFlushYoungListing,
  contpteClearFlushYoungListing,
  ptepSetWrprotectListing,
  wrprotectPtesListing,
  contpteWrprotectPtesListing,
  ptepSetAccessFlagsListing,
  contpteSetAccessFlagsListing,
  allSubptesMatchListing,
  clearYoungDirtyPtesListing,
  contpteClearYoungDirtyPtesListing,
  ptepClearFlushListing,
  ptepModifyProtStartListing,
  ptepModifyProtCommitListing,
  contpteTryFoldListing,
  contpteTryFoldBlockListing,
  contpteTryUnfoldListing,
  contpteTryUnfoldBlockListing,
  contpteTryUnfoldPartialListing,
  contpteConvertListing,
  rawTestAndClearYoungListing,
  rawClearFlushYoungListing,
  rawSetWrprotectFromListing,
  rawClearYoungDirtyFromListing,
  rawClearYoungDirtyListing,
  rawSetAccessFlagsListing,
  rawClearFullListing,
  rawGetAndClearFullListing,
  flushTlbRangeListing,
  flushTlbPageListing,
  ptlLockListing,
  ptlUnlockListing,
  gupFastListing,
  handlePteFaultListing,
  perfGetPgtableSizeListing,
  ptdumpPteEntryListing,
  pteRangeNoneListing,
  collapseHugePageSwapinListing,
  swapVmaReadaheadListing,
  unusePteRangeListing,
  hugePteAllocListing,
  hugePtepGetListing,
  getClearContigListing,
  copyPteRangeListing,
  copyPresentPtesListing,
  protectSharedListing,
  copyNonpresentPteListing,
  zapPteRangeListing,
  zapPresentPtesListing,
  zapPresentFolioPtesListing,
  tlbFlushListing,
  changePteRangeListing,
  madviseFreePteRangeListing,
  madviseColdPteRangeListing,
  folioReferencedOneListing,
  folioPteBatchListing,
  swapPteBatchListing,
];

export const listingsOf = (code: Code): readonly Listing[] =>
  ALL.map((listing) => (typeof listing === "function" ? listing(code) : listing));

export const LISTINGS = listingsOf(LINUX_6_12);
