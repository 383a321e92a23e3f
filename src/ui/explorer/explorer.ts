/**
 * What the person decided about exploring: whether the panel is open, from where, what
 * is asked, how far it may go. What was found is the engine's answer and lives in the
 * query cache.
 */
import type { QueryClient } from "@tanstack/react-query";
import { createStore, type StoreApi } from "zustand/vanilla";
import { Cancelled } from "../../engine/client.ts";
import type { Choice, Explored, ExploreProgress, ExploreWishes } from "../../engine/protocol.ts";
import { encodeChoices } from "../store/choiceCodec.ts";
import type { Lab } from "../store/lab.ts";
import { type BoundTexts, boundsOf, USUAL_BOUNDS } from "./bounds.ts";
import { about, grouped } from "./format.ts";
import { askQuery } from "./queries.ts";

/** One exploration asked for. */
export interface Wish extends ExploreWishes {
  readonly handle: number;
  /** The run it begins after. */
  readonly choices: readonly Choice[];
}

export interface QuestionLine {
  readonly id: number;
  readonly text: string;
}

export interface ExplorerState {
  readonly open: boolean;
  /** From the position instead of the start. */
  readonly fromHere: boolean;
  readonly questions: readonly QuestionLine[];
  readonly bounds: BoundTexts;
  readonly running: Running | undefined;
  /** The one whose result is shown. */
  readonly shown: Wish | undefined;
  /** Why the last one gave no result. */
  readonly fault: string | undefined;
  /** The person's own run, which a played one took the place of. */
  readonly own: { readonly choices: readonly Choice[]; readonly at: number } | undefined;
  /** Read out now and then. */
  readonly said: string;
}

export interface Running {
  readonly wish: Wish;
  readonly progress: ExploreProgress | undefined;
  readonly stopping: boolean;
  readonly stop: () => void;
}

export interface Explorer {
  readonly store: StoreApi<ExplorerState>;
  show(open: boolean): void;
  setFromHere(fromHere: boolean): void;
  setBound(bound: keyof BoundTexts, text: string): void;
  /** @returns the id of the new line */
  addQuestion(text: string): number;
  setQuestion(id: number, text: string): void;
  removeQuestion(id: number): void;
  /** @returns false if a question or a bound cannot be taken: its field says why */
  start(): Promise<boolean>;
  play(choices: readonly Choice[], at: number): void;
  backToOwn(): void;
}

/** Between two progress reports shown, and between two read out. */
const SHOW_MS = 150;
const SAY_SECONDS = 10;

export const exploredKey = ({ handle, choices, questions, bounds }: Wish) => [
  "explored",
  handle,
  encodeChoices(choices),
  questions,
  bounds,
];

export function createExplorer(lab: Lab, queries: QueryClient): Explorer {
  const store = createStore<ExplorerState>(() => ({
    open: false,
    fromHere: false,
    questions: [],
    bounds: USUAL_BOUNDS,
    running: undefined,
    shown: undefined,
    fault: undefined,
    own: undefined,
    said: "",
  }));
  const { getState: get, setState: set } = store;
  let cancelling = new AbortController();
  let lastId = 0;
  /** Runs put on the page from here, not made by the person. */
  const played = new WeakSet<readonly Choice[]>();

  lab.store.subscribe(({ scenario }, before) => {
    if (scenario === before.scenario) return;
    cancelling.abort();
    const questions = scenario?.base === before.scenario?.base ? get().questions : [];
    set({ questions, running: undefined, shown: undefined, fault: undefined, own: undefined, said: "" });
  });

  /** What the person wishes now, if it can be asked. */
  async function wish(): Promise<Wish | undefined> {
    const { scenario, choices, at } = lab.store.getState();
    const { fromHere, bounds } = get();
    const within = boundsOf(bounds);
    if (scenario === undefined || within === undefined) return undefined;
    const { handle } = scenario;
    const questions = get().questions.flatMap(({ text }) => (text.trim() === "" ? [] : [text.trim()]));
    const asked = await Promise.all(questions.map((text) => queries.fetchQuery(askQuery(lab.client, handle, text))));
    if (asked.some(({ ok }) => !ok) || lab.store.getState().scenario !== scenario) return undefined;
    return { handle, choices: fromHere ? choices.slice(0, at) : [], questions, bounds: within };
  }

  async function start(): Promise<boolean> {
    if (get().running !== undefined) return true;
    const wanted = await wish();
    if (wanted === undefined) return false;
    if (get().running === undefined) await explore(wanted);
    return true;
  }

  async function explore(wanted: Wish): Promise<void> {
    const cancel = new AbortController();
    const stop = new AbortController();
    cancelling = cancel;
    const stopNow = (): void => {
      stop.abort();
      const { running } = get();
      if (running !== undefined) set({ running: { ...running, stopping: true } });
    };
    const running: Running = { wish: wanted, progress: undefined, stopping: false, stop: stopNow };
    set({ running, shown: undefined, fault: undefined, said: "Exploring." });
    try {
      await queries.fetchQuery({
        queryKey: exploredKey(wanted),
        queryFn: () =>
          lab.client.call("explore", runOf(wanted), { signal: cancel.signal, stop: stop.signal, onProgress: tell(cancel.signal) }),
        // The engine is deterministic; what a person or the clock stopped goes further next time.
        staleTime: ({ state }) => (isForGood(state.data) ? Number.POSITIVE_INFINITY : 0),
        gcTime: Number.POSITIVE_INFINITY,
        retry: false,
        networkMode: "always",
        structuralSharing: false,
      });
      if (!cancel.signal.aborted) set({ running: undefined, shown: wanted, said: "" });
    } catch (error) {
      if (cancel.signal.aborted || error instanceof Cancelled) return;
      set({ running: undefined, fault: error instanceof Error ? error.message : String(error), said: "" });
    }
  }

  /** Shows progress a few times a second, however often it comes, and says it far less often. */
  function tell(cancelled: AbortSignal): (progress: ExploreProgress) => void {
    let shownAt = Number.NEGATIVE_INFINITY;
    let saidAt = 0;
    let warned = false;
    return (progress) => {
      const { running } = get();
      if (running === undefined || cancelled.aborted || performance.now() - shownAt < SHOW_MS) return;
      shownAt = performance.now();
      set({ running: { ...running, progress } });
      const warning = progress.likelyStates !== undefined && !warned;
      if (!warning && progress.seconds - saidAt < SAY_SECONDS) return;
      saidAt = progress.seconds;
      warned ||= warning;
      const likely = warning ? ` Likely more than ${about(progress.likelyStates ?? 0)}.` : "";
      set({ said: `${grouped(progress.states)} states so far.${likely}` });
    };
  }

  function play(choices: readonly Choice[], at: number): void {
    const now = lab.store.getState();
    if (!played.has(now.choices) && now.choices.length > 0) set({ own: { choices: now.choices, at: now.at } });
    played.add(choices);
    lab.play(choices, at);
  }

  return {
    store,
    show: (open) => set({ open }),
    setFromHere: (fromHere) => set({ fromHere }),
    setBound: (bound, text) => set({ bounds: { ...get().bounds, [bound]: text } }),
    addQuestion(text) {
      const id = ++lastId;
      set({ questions: [...get().questions, { id, text }] });
      return id;
    },
    setQuestion: (id, text) => set({ questions: get().questions.map((line) => (line.id === id ? { id, text } : line)) }),
    removeQuestion: (id) => set({ questions: get().questions.filter((line) => line.id !== id) }),
    start,
    play,
    backToOwn() {
      const { own } = get();
      if (own === undefined) return;
      set({ own: undefined });
      lab.play(own.choices, own.at);
    },
  };
}

const runOf = ({ handle, choices, questions, bounds }: Wish) => ({ handle, choices, at: choices.length, questions, bounds });

const isForGood = (explored: Explored | undefined): boolean => explored?.stopped !== "person" && explored?.stopped !== "seconds";
