/** What the engine answers, cached by scenario and choices. The engine is deterministic, so an answer never goes stale. */
import { queryOptions, replaceEqualDeep } from "@tanstack/react-query";
import type { Client } from "../../engine/client.ts";
import { type Choice, type RunView, type Snapshot, type StepView, sharedChoices } from "../../engine/protocol.ts";
import { encodeChoices } from "./choiceCodec.ts";

const FOREVER = { staleTime: Number.POSITIVE_INFINITY, retry: false, networkMode: "always", structuralSharing: false } as const;

/** Snapshots further back are asked for again. */
const KEEP_MS = 60_000;

export const catalogueQuery = (client: Client) =>
  queryOptions({ queryKey: ["catalogue"], queryFn: () => client.call("describe", {}), ...FOREVER });

export const listingsQuery = (client: Client, handle: number) =>
  queryOptions({ queryKey: ["listings", handle], queryFn: () => client.call("listings", { handle }), ...FOREVER });

/** A view whose `steps` are always the whole run's. */
export type WholeView = RunView & { readonly firstStep: 0 };

/** The view asked for last: the next one mostly shares all but the end of its steps, which is all that is sent. */
interface Known {
  readonly handle: number;
  readonly choices: readonly Choice[];
  readonly steps: readonly StepView[];
  readonly snapshot: Snapshot;
}

const known = new WeakMap<Client, Known>();

async function fetchView(client: Client, handle: number, choices: readonly Choice[], at: number): Promise<WholeView> {
  const before = known.get(client);
  const shared = before !== undefined && before.handle === handle ? sharedChoices(before.choices, choices) : 0;
  const kept = before?.steps.slice(0, shared) ?? [];
  const view = await client.call("view", { handle, choices, at, knownSteps: kept.length });
  const steps = [...kept.slice(0, view.firstStep), ...view.steps];
  // What did not change stays the very same object, so that only what changed is drawn again.
  const snapshot = replaceEqualDeep(before?.snapshot, view.snapshot);
  known.set(client, { handle, choices: choices.slice(0, steps.length), steps, snapshot });
  return { ...view, firstStep: 0, steps, snapshot };
}

export const viewQuery = (client: Client, handle: number, choices: readonly Choice[], at: number) =>
  queryOptions({
    queryKey: ["view", handle, encodeChoices(choices), at],
    queryFn: () => fetchView(client, handle, choices, at),
    gcTime: KEEP_MS,
    ...FOREVER,
  });

/** The run up to `at` as text for a mail. */
export const diagramQuery = (client: Client, handle: number, choices: readonly Choice[], at: number, all: boolean) =>
  queryOptions({
    queryKey: ["diagram", handle, encodeChoices(choices.slice(0, at)), all],
    queryFn: () => client.call("diagram", { handle, choices, at, all }),
    gcTime: KEEP_MS,
    ...FOREVER,
  });

/** An entry after `at` steps, looked at closely. */
export const inspectQuery = (client: Client, handle: number, choices: readonly Choice[], at: number, index: number) =>
  queryOptions({
    queryKey: ["inspect", handle, encodeChoices(choices.slice(0, at)), index],
    queryFn: () => client.call("inspect", { handle, choices, at, index }),
    gcTime: KEEP_MS,
    ...FOREVER,
  });
