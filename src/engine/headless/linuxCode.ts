/** Scenarios on a kernel tree's own code: which it can run, and which properties can be judged on it. */
import type { PropertyId } from "../explore/properties/property.ts";
import { asPte, BIT, isCont, type Pte, set } from "../hardware/descriptor.ts";
import { type GranuleName, withPfn } from "../hardware/granule.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { mknoncont, PROTS } from "../kernel/pte.ts";
import { kernelOf } from "../lab.ts";
import { firstError } from "../linux/compile.ts";
import { linuxRoutines, offers } from "../linux/provider.ts";
import type { CallPlaces } from "../linux/toolchain.ts";
import { functionsIn, whereaboutsIn } from "../linux/whereabouts.ts";
import type { RoutineProvider } from "../routine.ts";
import type { Problem } from "../scenario/problem.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { Code } from "./code.ts";

/** A tree's code for one granule, ready to run. */
export interface LinuxBuild {
  /** Runs a call in one go; `places` are of its calls. */
  readonly plain: WebAssembly.Module;
  readonly places: CallPlaces;
  /** Stops at every operation. */
  readonly suspendable: WebAssembly.Module;
  /** Why core mm is left out, in the compiler's words. */
  readonly withoutMm?: string | undefined;
}

/** @param name the tree's, for people @param build compiles it, or finds it compiled */
export function linuxCode(name: string, build: (granule: GranuleName) => Promise<LinuxBuild>): Code {
  const built = new Map<GranuleName, LinuxBuild>();
  return {
    async ready(granule) {
      if (!built.has(granule)) built.set(granule, await build(granule));
    },
    subject(scenario) {
      const found = built.get(scenario.granule);
      if (found === undefined) throw new Error(`${name} was not made ready for ${scenario.granule}`);
      const problem = unfit(scenario, name, found);
      if (problem !== undefined) return { ok: false, problem };
      const { suspendable, plain, places } = found;
      const kernel = kernelOf(scenario);
      const provider = linuxRoutines(suspendable, kernel, whereaboutsIn(plain, places, kernel));
      return {
        ok: true,
        subject: {
          scenario,
          kernel: asItReads(kernel, provider),
          provider,
          code: name,
          unjudged: unjudgeable(scenario, functionsIn(places)),
        },
      };
    },
  };
}

/** Why the tree's code cannot run the scenario, if it cannot. */
export function unfit({ variants, actors }: Scenario, name: string, { suspendable, withoutMm }: LinuxBuild): Problem | undefined {
  if (variants.length > 0) return { path: "kernel.variants", expected: `left out: what runs is the code of ${name}` };
  for (const [actor, spec] of actors.entries()) {
    if (spec.kind !== "kernel") continue;
    const call = spec.calls.findIndex(({ fn }) => !offers(suspendable, fn));
    if (call < 0) continue;
    const because = withoutMm === undefined ? "" : `; its core mm does not compile: ${firstError(withoutMm)}`;
    return {
      path: `actors.${actor}.calls.${call}.fn`,
      expected: `another call: ${name} does not offer ${spec.calls[call]?.fn}${because}`,
    };
  }
  return undefined;
}

/** Functions in which a property asks whether somebody is, by the property: where a tree has none of that name there is no telling. */
export const FUNCTIONS_NEEDED: Partial<Record<PropertyId, readonly string[]>> = {
  "no-lost-dirty": ["contpte_convert"],
  "no-lost-young": ["contpte_convert"],
  "reader-progress": ["contpte_ptep_get_lockless"],
  "break-before-make": ["contpte_convert"],
  "cont-confined": ["contpte_convert", "contpte_set_ptes"],
  "no-stale-tlb": ["contpte_convert"],
};

/** @param functions those of the tree that access an entry @returns the properties that cannot be judged, and why */
export function unjudgeable({ actors }: Scenario, functions: ReadonlySet<string>): ReadonlyMap<PropertyId, string> {
  const found = new Map<PropertyId, string>();
  for (const [id, needed] of Object.entries(FUNCTIONS_NEEDED) as [PropertyId, readonly string[]][]) {
    const missing = needed.find((fn) => !functions.has(fn));
    if (missing !== undefined) found.set(id, `this tree has no ${missing} that accesses an entry`);
  }
  if (actors.some((spec) => spec.kind === "kernel" && spec.calls.some(({ fn }) => fn === "handle_pte_fault")))
    found.set("fault-progress", "what handle_pte_fault asks ptep_set_access_flags for is not seen from outside the compiled code");
  return found;
}

/** What properties are to expect of a lockless read: whether a getter keeps CONT is tried out. */
function asItReads(kernel: Kernel, provider: RoutineProvider): Kernel {
  const folded = (index: number): Pte => set(withPfn(kernel.granule, asPte(PROTS.rw), BigInt(index)), BIT.CONT);
  const routine = provider.routine({ fn: "ptep_get_lockless", args: { index: 0 } });
  let state = routine.start;
  for (let n = 0; n < MOST_READS && state.status === "suspended"; n++)
    state = routine.advance(state, state.next.op === "read" ? folded(state.next.index) : 0n);
  const value = state.status === "returned" ? state.value : undefined;
  if (value === undefined || isCont(asPte(value))) return kernel;
  return { ...kernel, code: { ...kernel.code, getterValue: { run: mknoncont, text: "pte_mknoncont(pte)" } } };
}

/** More than a getter needs for a block of any granule. */
const MOST_READS = 1000;
