/**
 * What the person decided about exploring: whether the panel is open, from where, what
 * is asked, how far it may go. What was found is the engine's answer and lives in the
 * query cache.
 */
import type { QueryClient } from "@tanstack/react-query";
import { createStore, type StoreApi } from "zustand/vanilla";
import {
  type Choice,
  type Explored,
  type ExploreProgress,
  type ExploreWishes,
  problemSentence,
  type ScenarioDocument,
} from "../../engine/protocol.ts";
import { sameKernel } from "../shared/kernels.ts";
import { encodeChoices } from "../store/choiceCodec.ts";
import type { Lab, OpenScenario } from "../store/lab.ts";
import { type BoundTexts, boundsOf, USUAL_BOUNDS } from "./bounds.ts";
import { type Comparer, createComparer } from "./compare/comparer.ts";
import { askedOf, askQuery, type Pair } from "./queries.ts";
import { createWork, isForGood, NO_WORK, type WorkState } from "./work.ts";

/** Where the focus goes. */
export const EXPLORER_ID = "explorer";

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

/** One kernel explored, or two compared. */
export type Mode = "explore" | "compare";

export interface GridWish {
  readonly open: boolean;
  readonly pair: Pair;
}

const NO_GRID: GridWish = { open: false, pair: [0, 1] };

export interface ExplorerState extends WorkState<Wish> {
  readonly open: boolean;
  readonly mode: Mode;
  readonly questions: readonly QuestionLine[];
  readonly bounds: BoundTexts;
  /** Whether the interleaving grid is looked at, and of which actors: it stays so from one exploration to the next. */
  readonly grid: GridWish;
  /** The person's own run, which a played one took the place of. */
  readonly own: { readonly scenario: OpenScenario; readonly choices: readonly Choice[]; readonly at: number } | undefined;
}

export interface Explorer {
  readonly store: StoreApi<ExplorerState>;
  readonly comparer: Comparer;
  /** What is asked beside the properties and how far it may go, if it can be taken. */
  wishes(): Promise<ExploreWishes | undefined>;
  setMode(mode: Mode): void;
  show(open: boolean): void;
  setGrid(grid: Partial<GridWish>): void;
  setBound(bound: keyof BoundTexts, text: string): void;
  /** @returns the id of the new line */
  addQuestion(text: string): number;
  setQuestion(id: number, text: string): void;
  removeQuestion(id: number): void;
  /** @returns false if a question or a bound cannot be taken: its field says why */
  start(from: "start" | "here"): Promise<boolean>;
  /** Explores once more what is shown: the engine keeps no more than one exploration to be asked about. */
  again(): void;
  /** @param document the scenario with the kernel that the run is of; the one that is open if left out */
  play(choices: readonly Choice[], at: number, document?: ScenarioDocument): void;
  backToOwn(): void;
}

export const exploredKey = ({ handle, choices, questions, bounds }: Wish) => [
  "explored",
  handle,
  encodeChoices(choices),
  questions,
  bounds,
];

export function createExplorer(lab: Lab, queries: QueryClient): Explorer {
  const store = createStore<ExplorerState>(() => ({
    ...NO_WORK,
    open: false,
    mode: "explore",
    questions: [],
    bounds: USUAL_BOUNDS,
    grid: NO_GRID,
    own: undefined,
  }));
  const { getState: get, setState: set } = store;
  let lastId = 0;
  /** Runs put on the page from here, not made by the person. */
  const played = new WeakSet<readonly Choice[]>();
  /** A run is being played that is of another kernel. */
  let switching = false;

  const work = createWork<Wish, ExploreProgress>(get, set, (wish, options) =>
    queries.fetchQuery({
      queryKey: exploredKey(wish),
      queryFn: () => lab.client.call("explore", runOf(wish), options),
      staleTime: ({ state }: { state: { data: Explored | undefined } }) => (isForGood(state.data?.stopped) ? Number.POSITIVE_INFINITY : 0),
      gcTime: Number.POSITIVE_INFINITY,
    }),
  );

  lab.store.subscribe(({ scenario }, before) => {
    if (scenario === before.scenario) return;
    work.cancel();
    const { questions, own, grid } = get();
    set({
      ...NO_WORK,
      questions: scenario?.base === before.scenario?.base ? questions : [],
      // Another scenario may have other actors.
      grid: { ...grid, pair: NO_GRID.pair },
      own: switching ? own : undefined,
    });
  });

  async function wishes(): Promise<ExploreWishes | undefined> {
    const { scenario } = lab.store.getState();
    const within = boundsOf(get().bounds);
    if (scenario === undefined || within === undefined) return undefined;
    const questions = get().questions.flatMap(({ text }) => (text.trim() === "" ? [] : [text.trim()]));
    const asked = await Promise.all(questions.map((text) => queries.fetchQuery(askQuery(lab.client, scenario.handle, text))));
    if (asked.some(({ ok }) => !ok) || lab.store.getState().scenario !== scenario) return undefined;
    return { questions, bounds: within };
  }

  async function start(from: "start" | "here"): Promise<boolean> {
    if (get().running !== undefined) return true;
    const { scenario, choices, at } = lab.store.getState();
    const wanted = await wishes();
    if (scenario === undefined || wanted === undefined) return false;
    if (get().running === undefined)
      await work.begin({ handle: scenario.handle, choices: from === "here" ? choices.slice(0, at) : [], ...wanted });
    return true;
  }

  function again(): void {
    const { shown, running } = get();
    if (shown === undefined || running !== undefined) return;
    queries.removeQueries({ queryKey: exploredKey(shown), exact: true });
    for (const key of askedOf(shown)) queries.removeQueries({ queryKey: key });
    void work.begin(shown);
  }

  function play(choices: readonly Choice[], at: number, document?: ScenarioDocument): void {
    const now = lab.store.getState();
    if (now.scenario === undefined) return;
    const isOther = document !== undefined && !sameKernel(document.kernel, now.scenario.document.kernel);
    const isOwn = !played.has(now.choices) && (now.choices.length > 0 || (isOther && get().own === undefined));
    if (isOwn) set({ own: { scenario: now.scenario, choices: now.choices, at: now.at } });
    played.add(choices);
    if (isOther) void openOther(now.scenario, document, choices, at);
    else lab.play(choices, at);
  }

  async function openOther({ base }: OpenScenario, document: ScenarioDocument, choices: readonly Choice[], at: number): Promise<void> {
    switching = true;
    const problem = await lab.open({ base, document, choices, at });
    switching = false;
    if (problem !== undefined) lab.say({ tone: "problem", text: `This run cannot be shown: ${problemSentence(problem)}.` });
  }

  return {
    store,
    comparer: createComparer(lab, queries, wishes),
    wishes,
    setMode: (mode) => set({ mode }),
    show: (open) => set({ open }),
    setGrid: (grid) => set({ grid: { ...get().grid, ...grid } }),
    setBound: (bound, text) => set({ bounds: { ...get().bounds, [bound]: text } }),
    addQuestion(text) {
      const id = ++lastId;
      set({ questions: [...get().questions, { id, text }] });
      return id;
    },
    setQuestion: (id, text) => set({ questions: get().questions.map((line) => (line.id === id ? { id, text } : line)) }),
    removeQuestion: (id) => set({ questions: get().questions.filter((line) => line.id !== id) }),
    start,
    again,
    play,
    backToOwn() {
      const { own } = get();
      if (own === undefined) return;
      set({ own: undefined });
      const { choices, at, scenario } = own;
      const { document } = scenario;
      if (sameKernel(document.kernel, lab.store.getState().scenario?.document.kernel)) lab.play(choices, at);
      else void openOther(scenario, document, choices, at);
    },
  };
}

const runOf = ({ handle, choices, questions, bounds }: Wish) => ({ handle, choices, at: choices.length, questions, bounds });
