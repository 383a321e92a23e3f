/** The watches that look after a set of properties. */
import type { Kernel } from "../../kernel/kernel.ts";
import type { RoutineProvider } from "../../routine.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import type { Watch } from "../automata/watch.ts";
import { blockHomogeneousWatch } from "./blockHomogeneous.ts";
import { breakBeforeMakeWatch } from "./breakBeforeMake.ts";
import { deadlockWatch } from "./deadlock.ts";
import { faultProgressWatch } from "./faultProgress.ts";
import { flushDebtWatch } from "./flushDebt.ts";
import { locklessWatch } from "./lockless.ts";
import { lostMarksWatch } from "./lostMarks.ts";
import type { PropertyId, Report } from "./property.ts";
import { storeWatch } from "./stores.ts";
import { tlbUniqueWatch } from "./tlbUnique.ts";

/** What properties look at beside the states. */
export interface Looked {
  readonly scenario: Scenario;
  readonly kernel: Kernel;
  readonly provider: RoutineProvider;
}

export function watchesFor({ scenario, kernel, provider }: Looked, wanted: ReadonlySet<PropertyId>, report: Report): readonly Watch[] {
  const { bbm } = scenario.features;
  const only: Report = (property, entry) => {
    if (wanted.has(property)) report(property, entry);
  };
  const any = (...ids: readonly PropertyId[]): boolean => ids.some((id) => wanted.has(id));
  return [
    storeWatch(scenario, provider, only),
    ...(any("no-lost-dirty", "no-lost-young") ? [lostMarksWatch(scenario, only)] : []),
    ...(any("lockless-value", "lockless-keeps-ad", "lockless-no-foreign-ad") ? [locklessWatch(scenario, kernel, only)] : []),
    ...(any("block-homogeneous") ? [blockHomogeneousWatch(scenario, only)] : []),
    ...(any("break-before-make") && bbm === 0 ? [breakBeforeMakeWatch(scenario, only)] : []),
    ...(any("tlb-unique") && bbm === 0 ? [tlbUniqueWatch(only)] : []),
    ...(any("tightening-complete", "no-stale-tlb") ? [flushDebtWatch(scenario, only)] : []),
    ...(any("fault-progress") ? [faultProgressWatch(scenario, provider, only)] : []),
    ...(any("no-deadlock") ? [deadlockWatch(only)] : []),
  ];
}
