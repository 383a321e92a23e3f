/** `lab promela`: a scenario as a SPIN model (docs/spin.md). */
import type { PropertyId } from "../explore/properties/property.ts";
import { NoModel } from "../promela/closure.ts";
import { promelaOf } from "../promela/promela.ts";
import type { Code } from "./code.ts";
import { type Command, onScenario } from "./commands.ts";

export const promelaCommand = (properties: readonly PropertyId[], code: Code): Command =>
  onScenario(({ scenario }) => {
    const put = code.subject(scenario);
    if (!put.ok) return { status: 2, problem: put.problem };
    try {
      const promela = promelaOf(put.subject, properties);
      return { status: 0, output: { promela }, text: promela };
    } catch (error) {
      if (!(error instanceof NoModel)) throw error;
      return { status: 2, problem: { path: "", expected: error.message } };
    }
  });
