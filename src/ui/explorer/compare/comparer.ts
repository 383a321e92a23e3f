/**
 * What the person decided about comparing: the two kernels. What changed between them is
 * the engine's answer and lives in the query cache. A comparison is of a scenario without
 * its kernel: it stays while the page shows a run of either side.
 */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Client } from "../../../engine/client.ts";
import type { Compared, CompareProgress, ExploreWishes, ScenarioDocument, Sides } from "../../../engine/protocol.ts";
import { type KernelDocument, sameKernel, withKernel } from "../../shared/kernels.ts";
import { diffFields } from "../../store/documentDiff.ts";
import type { Lab } from "../../store/lab.ts";
import { createWork, isForGood, NO_WORK, type WorkState } from "../work.ts";

/** The two kernels; undefined is the usual one. */
export type Kernels = Sides<KernelDocument | undefined>;

/** One comparison asked for: the document with either kernel. */
export type CompareWish = Sides<ScenarioDocument> & ExploreWishes;

export interface ComparerState extends WorkState<CompareWish, CompareProgress> {
  readonly kernels: Kernels;
}

export interface Comparer {
  readonly store: StoreApi<ComparerState>;
  setKernels(kernels: Partial<Kernels>): void;
  /** @returns false if something that was asked cannot be taken: its field says why */
  start(): Promise<boolean>;
}

export const comparedKey = ({ before, after, questions, bounds }: CompareWish) => ["compared", before, after, questions, bounds];

/** What is wrong with a document, if anything is: the engine says, and its answer never goes stale. */
export const checkQuery = (client: Client, document: ScenarioDocument) =>
  queryOptions({
    queryKey: ["check", document],
    queryFn: () => client.call("check", { document }),
  });

/** @param wishes what is asked beside the properties and how far it may go, if it can be taken */
export function createComparer(lab: Lab, queries: QueryClient, wishes: () => Promise<ExploreWishes | undefined>): Comparer {
  const store = createStore<ComparerState>(() => ({ ...NO_WORK, kernels: { before: undefined, after: undefined } }));
  const { getState: get, setState: set } = store;

  const work = createWork<CompareWish, CompareProgress>(get, set, (wish, options) =>
    queries.fetchQuery({
      queryKey: comparedKey(wish),
      queryFn: () => lab.client.call("compare", wish, options),
      staleTime: ({ state }: { state: { data: Compared | undefined } }) =>
        isForGood(state.data?.before.stopped) && isForGood(state.data?.after.stopped) ? Number.POSITIVE_INFINITY : 0,
      gcTime: Number.POSITIVE_INFINITY,
    }),
  );

  lab.store.subscribe(({ scenario }, before) => {
    if (scenario === before.scenario) return;
    const [now, was] = [scenario?.document, before.scenario?.document];
    if (now !== undefined && was !== undefined && isSide(now, was)) return;
    work.cancel();
    set({ ...NO_WORK, kernels: { before: unchanged(now?.kernel), after: now?.kernel } });
  });

  /** A scenario that changes its kernel asks what the change does. */
  function unchanged(kernel: ScenarioDocument["kernel"]): ScenarioDocument["kernel"] {
    return kernel?.variants === undefined ? kernel : { ...kernel, variants: [] };
  }

  /** The same scenario with one of the kernels that are compared. */
  function isSide(now: ScenarioDocument, was: ScenarioDocument): boolean {
    const { before, after } = get().kernels;
    if (!sameKernel(now.kernel, before) && !sameKernel(now.kernel, after)) return false;
    return diffFields(withKernel(was, undefined), withKernel(now, undefined)).length === 0;
  }

  async function start(): Promise<boolean> {
    if (get().running !== undefined) return true;
    const document = lab.store.getState().scenario?.document;
    const wanted = await wishes();
    if (document === undefined || wanted === undefined) return false;
    const { kernels } = get();
    const sides = { before: withKernel(document, kernels.before), after: withKernel(document, kernels.after) };
    const checked = await Promise.all([sides.before, sides.after].map((side) => queries.fetchQuery(checkQuery(lab.client, side))));
    if (checked.some(({ ok }) => !ok)) return false;
    if (get().running === undefined) await work.begin({ ...sides, ...wanted });
    return true;
  }

  return {
    store,
    setKernels: (kernels) => set({ kernels: { ...get().kernels, ...kernels } }),
    start,
  };
}
