/** What the engine answers, cached by scenario and choices. The engine is deterministic, so an answer never goes stale. */
import { queryOptions } from "@tanstack/react-query";
import type { Client } from "../../engine/client.ts";
import { type Choice, changed, type RunView, type Snapshot, type StepView, sharedChoices } from "../../engine/protocol.ts";

/** Snapshots further back are asked for again, which takes a few milliseconds; kept, those of a long run would fill the memory. */
const KEEP_MS = 5_000;

export const catalogueQuery = (client: Client) => queryOptions({ queryKey: ["catalogue"], queryFn: () => client.call("describe", {}) });

export const listingsQuery = (client: Client, handle: number) =>
  queryOptions({ queryKey: ["listings", handle], queryFn: () => client.call("listings", { handle }) });

/** A view whose `steps` are always the whole run's. */
export type WholeView = RunView & { readonly firstStep: 0 };

/** The view asked for last: the next one mostly shares all but the end of its steps, which is all that is sent. */
interface Known {
  readonly handle: number;
  readonly choices: readonly Choice[];
  readonly steps: readonly StepView[];
  readonly snapshot: Snapshot;
  /** What the engine knows the snapshot by. */
  readonly name: number;
}

/** The machine after `at` steps of a run. Not cached: what is shown is the lab's, and what was is asked for again. */
let lastName = 0;
const known = new WeakMap<Client, Known>();

export async function fetchView(client: Client, handle: number, choices: readonly Choice[], at: number): Promise<WholeView> {
  const before = known.get(client);
  const shared = before !== undefined && before.handle === handle ? sharedChoices(before.choices, choices) : 0;
  const name = ++lastName;
  const params = { handle, choices, at, knownSteps: shared, as: name };
  const { change, ...view } = await client.call("nextView", before === undefined ? params : { ...params, from: before.name });
  const steps = joined(before?.steps ?? [], view);
  // What did not change stays the very same object, so that only what changed is drawn again.
  const snapshot = (change === undefined ? before?.snapshot : changed(before?.snapshot, change)) as Snapshot;
  known.set(client, {
    handle,
    choices: steps.length === choices.length ? choices : choices.slice(0, steps.length),
    steps,
    snapshot,
    name,
  });
  if (steps.length === choices.length) shownSteps.set(choices, { handle, steps });
  return { ...view, firstStep: 0, steps, snapshot };
}

/** The steps of runs that have been shown, as long as somebody holds the run. */
const shownSteps = new WeakMap<readonly Choice[], Pick<Known, "handle" | "steps">>();

/** The very same steps where the run is the same, as it is on each step along it. */
function joined(before: readonly StepView[], { firstStep, steps }: Pick<RunView, "firstStep" | "steps">): readonly StepView[] {
  if (firstStep === before.length && steps.length === 0) return before;
  return [...before.slice(0, firstStep), ...steps];
}

/** A number for each run: a key that stays short however long the run is. */
const numbers = new WeakMap<readonly Choice[], number>();
let lastNumber = 0;

function numberOf(choices: readonly Choice[]): number {
  const number = numbers.get(choices) ?? ++lastNumber;
  numbers.set(choices, number);
  return number;
}

/** All steps of a run: those of one that has been shown are known. */
export const stepsQuery = (client: Client, handle: number, choices: readonly Choice[]) =>
  queryOptions({
    queryKey: ["steps", handle, numberOf(choices)],
    queryFn: async () => {
      const shown = shownSteps.get(choices);
      if (shown?.handle === handle) return shown.steps;
      return (await client.call("view", { handle, choices, at: choices.length, knownSteps: 0 })).steps;
    },
    gcTime: KEEP_MS,
  });

/** What a run comes to. */
export const endQuery = (client: Client, handle: number, choices: readonly Choice[]) =>
  queryOptions({
    queryKey: ["end", handle, numberOf(choices)],
    queryFn: async () => (await client.call("view", { handle, choices, at: choices.length, knownSteps: choices.length })).snapshot,
    gcTime: KEEP_MS,
  });

/** The run up to `at` as text for a mail. */
export const diagramQuery = (client: Client, handle: number, choices: readonly Choice[], at: number, all: boolean) =>
  queryOptions({
    queryKey: ["diagram", handle, numberOf(choices), at, all],
    queryFn: () => client.call("diagram", { handle, choices, at, all }),
    gcTime: KEEP_MS,
  });
