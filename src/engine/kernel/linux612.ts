/** The pieces as Linux 6.12.117 has them. */
import { convertCode } from "./contpte/contpteConvert.ts";
import { foldCode } from "./contpte/contpteFold.ts";
import { mmIsUserCode } from "./contpte/mmIsUser.ts";
import type { Code } from "./kernel.ts";
import { faultCode } from "./mm/fault.ts";
import { gupCode } from "./mm/gup.ts";
import { lookerCode } from "./mm/lookers.ts";
import { pteHelperCode } from "./pteHelpers.ts";
import { clearingCode } from "./ptep/clearing.ts";
import { getCode } from "./ptep/ptepGet.ts";
import { locklessCode } from "./ptep/ptepGetLockless.ts";
import { setAccessFlagsCode } from "./ptep/setAccessFlags.ts";
import { setPtesCode } from "./ptep/setPtes.ts";
import { wrprotectCode } from "./ptep/wrprotect.ts";
import { youngDirtyCode } from "./ptep/youngDirty.ts";
import { rawUpdatesCode } from "./rawUpdates.ts";

export const LINUX_6_12: Code = {
  ...mmIsUserCode,
  ...convertCode,
  ...foldCode,
  ...getCode,
  ...locklessCode,
  ...setPtesCode,
  ...clearingCode,
  ...wrprotectCode,
  ...setAccessFlagsCode,
  ...rawUpdatesCode,
  ...youngDirtyCode,
  ...pteHelperCode,
  ...gupCode,
  ...faultCode,
  ...lookerCode,
};
