/** The split page-table lock (PTL). One per page of table, so one for every block here. */
import { listing } from "../listing.ts";
import { perform, type Script, site } from "../script.ts";

export function* ptlLock(): Script<undefined> {
  yield* perform(site("ptl_lock.acquire"), { op: "lock" });
  return undefined;
}

export function* ptlUnlock(): Script<undefined> {
  yield* perform(site("ptl_unlock.release"), { op: "unlock" });
  return undefined;
}

export const ptlLockListing = listing("ptl_lock", "include/linux/mm.h", [
  "ptl_lock",
  ["  spin_lock(ptl), waiting while anyone holds it", "acquire", 3076],
]);

export const ptlUnlockListing = listing("ptl_unlock", "include/linux/mm.h", ["ptl_unlock", ["  spin_unlock(ptl)", "release", 3084]]);
