/** What the engine answers, cached by scenario and choices. The engine is deterministic, so an answer never goes stale. */
import { queryOptions } from "@tanstack/react-query";
import type { Client } from "../../engine/client.ts";
import { type Choice, type RunView, type StepView, sharedChoices } from "../../engine/protocol.ts";
import { encodeChoices } from "./choiceCodec.ts";

const FOREVER = { staleTime: Number.POSITIVE_INFINITY, retry: false, networkMode: "always" } as const;

/** Snapshots further back are asked for again. */
const KEEP_MS = 60_000;

export const catalogueQuery = (client: Client) =>
  queryOptions({ queryKey: ["catalogue"], queryFn: () => client.call("describe", {}), ...FOREVER });

/** A view whose `steps` are always the whole run's. */
export type WholeView = RunView & { readonly firstStep: 0 };

/** The steps of the run asked for last: the next one mostly shares all but its end, which is all that is sent. */
const known = new WeakMap<Client, { readonly handle: number; readonly choices: readonly Choice[]; readonly steps: readonly StepView[] }>();

async function fetchView(client: Client, handle: number, choices: readonly Choice[], at: number): Promise<WholeView> {
  const before = known.get(client);
  const shared = before !== undefined && before.handle === handle ? sharedChoices(before.choices, choices) : 0;
  const kept = before?.steps.slice(0, shared) ?? [];
  const view = await client.call("view", { handle, choices, at, knownSteps: kept.length });
  const steps = [...kept.slice(0, view.firstStep), ...view.steps];
  known.set(client, { handle, choices: choices.slice(0, steps.length), steps });
  return { ...view, firstStep: 0, steps };
}

export const viewQuery = (client: Client, handle: number, choices: readonly Choice[], at: number) =>
  queryOptions({
    queryKey: ["view", handle, encodeChoices(choices), at],
    queryFn: () => fetchView(client, handle, choices, at),
    gcTime: KEEP_MS,
    ...FOREVER,
  });
