/** The code that scenarios are run on: our routines, or those of a kernel tree. */
import type { Subject } from "../explore/explore.ts";
import type { GranuleName } from "../hardware/granule.ts";
import { subjectOf } from "../lab.ts";
import type { Problem } from "../scenario/problem.ts";
import type { Scenario } from "../scenario/scenario.ts";

export type SubjectResult = { readonly ok: true; readonly subject: Subject } | { readonly ok: false; readonly problem: Problem };

export interface Code {
  /** To be waited for before a scenario of this granule is put on it. */
  readonly ready?: (granule: GranuleName) => Promise<void>;
  subject(scenario: Scenario): SubjectResult;
}

export const BUILT_IN: Code = {
  subject: (scenario) => ({ ok: true, subject: subjectOf(scenario) }),
};
