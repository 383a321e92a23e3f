/** Every listing, for the source panel and for the tests that hold labels against them. */
import {
  clearFullPtesListing,
  contpteClearFullPtesListing,
  contpteGetAndClearFullPtesListing,
  getAndClearFullPtesListing,
  pteClearListing,
} from "./clearing.ts";
import { contpteConvertListing } from "./contpteConvert.ts";
import { contpteTryFoldBlockListing, contpteTryFoldListing } from "./contpteFold.ts";
import { contpteTryUnfoldBlockListing, contpteTryUnfoldListing, contpteTryUnfoldPartialListing } from "./contpteUnfold.ts";
import { flushTlbPageListing, flushTlbRangeListing } from "./flushTlb.ts";
import type { Listing } from "./listing.ts";
import { ptepModifyProtCommitListing, ptepModifyProtStartListing } from "./modifyProt.ts";
import { ptlLockListing, ptlUnlockListing } from "./pageTableLock.ts";
import {
  allSubptesMatchListing,
  contpteSetAccessFlagsListing,
  contpteWrprotectPtesListing,
  ptepSetAccessFlagsListing,
  ptepSetWrprotectListing,
  wrprotectPtesListing,
} from "./protection.ts";
import { ptepClearFlushListing } from "./ptepClearFlush.ts";
import { contptePtepGetListing, ptepGetListing } from "./ptepGet.ts";
import { ptepGetAndClearListing } from "./ptepGetAndClear.ts";
import { contptePtepGetLocklessListing, ptepGetLocklessListing } from "./ptepGetLockless.ts";
import {
  rawClearFullListing,
  rawClearYoungDirtyFromListing,
  rawClearYoungDirtyListing,
  rawGetAndClearFullListing,
  rawSetAccessFlagsListing,
  rawSetWrprotectFromListing,
  rawTestAndClearYoungListing,
} from "./rawUpdates.ts";
import { setPteListing } from "./setPte.ts";
import { contpteSetPtesListing, setPtesListing } from "./setPtes.ts";
import {
  clearYoungDirtyPtesListing,
  contpteClearFlushYoungListing,
  contpteClearYoungDirtyPtesListing,
  contpteTestAndClearYoungListing,
  ptepClearFlushYoungListing,
  ptepTestAndClearYoungListing,
  rawClearFlushYoungListing,
} from "./youngDirty.ts";

export const LISTINGS: readonly Listing[] = [
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
];
