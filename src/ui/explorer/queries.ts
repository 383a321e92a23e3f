/** What the panel asks of the engine beside explorations. */
import { queryOptions } from "@tanstack/react-query";
import type { Client } from "../../engine/client.ts";
import { type Choice, type Future, sharedChoices } from "../../engine/protocol.ts";
import { encodeChoices } from "../store/choiceCodec.ts";

/** Whether a question can be asked of a scenario: the answer never goes stale. */
export const askQuery = (client: Client, handle: number, text: string) =>
  queryOptions({
    queryKey: ["ask", handle, text],
    queryFn: () => client.call("ask", { handle, text }),
  });

/** An exploration to be asked about: the scenario, and the run that it began after. */
export interface ExploredFrom {
  readonly handle: number;
  readonly choices: readonly Choice[];
}

export const futuresKey = ({ handle, choices }: ExploredFrom) => ["futures", handle, encodeChoices(choices)];

/** A run, and what the future holds along it. */
export interface ToldFutures {
  readonly choices: readonly Choice[];
  /** Undefined if the engine keeps the exploration no longer. */
  readonly futures: readonly Future[] | undefined;
  /** From this position on something has failed on the run. */
  readonly failedAt: number | undefined;
}

export const futuresQuery = (client: Client, from: ExploredFrom, choices: readonly Choice[]) =>
  queryOptions({
    queryKey: [...futuresKey(from), encodeChoices(choices)],
    queryFn: async ({ signal }): Promise<ToldFutures> => {
      const told = await client.call("futures", { handle: from.handle, from: from.choices, choices }, { signal });
      return { choices, futures: told.explored ? told.futures : undefined, failedAt: told.explored ? told.failedAt : undefined };
    },
  });

/** Two different actors. */
export type Pair = readonly [number, number];

const gridsKey = ({ handle, choices }: ExploredFrom) => ["grid", handle, encodeChoices(choices)];

export const gridKey = (from: ExploredFrom, actors: Pair) => [...gridsKey(from), `${actors}`];

/** All that was asked about an exploration. */
export const askedOf = (from: ExploredFrom) => [futuresKey(from), gridsKey(from)];

export const gridQuery = (client: Client, from: ExploredFrom, actors: Pair, choices: readonly Choice[]) =>
  queryOptions({
    queryKey: [...gridKey(from, actors), encodeChoices(choices)],
    queryFn: ({ signal }) => client.call("grid", { handle: from.handle, from: from.choices, actors, choices }, { signal }),
  });

/** Of a run told before, what is as true of this one: up to where they part. */
export const sharedFutures = ({ choices, futures }: ToldFutures, own: readonly Choice[]): readonly Future[] | undefined =>
  futures?.slice(0, sharedChoices(choices, own) + 1);
