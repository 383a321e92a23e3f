/**
 * What the person decided: the scenario, the choices, the position, and what is open on
 * the page. What follows from it (steps, memory, moves) is the engine's answer and
 * lives in the query cache.
 */
import type { QueryClient } from "@tanstack/react-query";
import { createStore, type StoreApi } from "zustand/vanilla";
import { Cancelled, type Client, EngineFault } from "../../engine/client.ts";
import {
  type Choice,
  choiceKey,
  type Finished,
  type FinishWishes,
  type Listing,
  type Problem,
  type ScenarioDocument,
  type Source,
  sharedChoices,
} from "../../engine/protocol.ts";
import { READY_SCENARIOS, type ReadyScenario } from "../../stories/scenarios/index.ts";
import { diffFields } from "./documentDiff.ts";
import { type Forks, forksAfter, MOST_FORKS, NO_FORKS, withoutFork } from "./forks.ts";
import { type History, NO_HISTORY, redone, replaced, undone } from "./history.ts";
import { isTold, type Lesson } from "./lesson.ts";
import type { Place } from "./link.ts";
import { fetchView, listingsQuery, type WholeView } from "./queries.ts";

export interface OpenScenario {
  readonly handle: number;
  readonly base: ReadyScenario;
  readonly document: ScenarioDocument;
  readonly entries: number;
}

export interface Notice {
  readonly tone: "info" | "problem";
  readonly text: string;
}

/** What is shown. */
export interface Standing {
  readonly scenario: OpenScenario;
  /** The whole run, what lies ahead of the position included. */
  readonly choices: readonly Choice[];
  readonly at: number;
  /** What is being taught with this scenario. */
  readonly lesson: Lesson | undefined;
}

export interface LabState extends Omit<Standing, "scenario"> {
  readonly scenario: OpenScenario | undefined;
  /** The machine at the position, and all steps of the run: there is no position without it. */
  readonly view: WholeView | undefined;
  /** Scenarios and runs that others took the place of. */
  readonly history: History<Standing>;
  /** Other runs of this scenario. */
  readonly forks: Forks;
  readonly seed: number;
  readonly notice: Notice | undefined;
  /** It does not fit into a link. */
  readonly isTooLarge: boolean;
  /** The actor whose list of moves is open. */
  readonly movesOf: number | undefined;
  /** A run to the end under way. */
  readonly running: { readonly steps: number; readonly stop: () => void } | undefined;
}

export interface Lab {
  readonly store: StoreApi<LabState>;
  readonly client: Client;
  /** Opens what a link, a file or the editor names. Keeps what is open if it is refused. */
  open(place: Place): Promise<Problem | undefined>;
  openReady(name: string): Promise<void>;
  openSource(source: Source): Promise<Problem | undefined>;
  seek(at: number): void;
  /** The same for a hand that drags: positions that it has left before their turn came are skipped. */
  scrub(at: number): void;
  /** Puts another run in the place of the one shown, and stands there. */
  play(choices: readonly Choice[], at: number): void;
  back(): void;
  /** Along the recorded run; past its end, the actor that moved last goes on, or the first that can. */
  forward(): void;
  toEnd(): void;
  restart(): void;
  /**
   * Makes a kept run the current one, which is kept in its place.
   * @param at where to stand in it; if it is not said, where both runs are still the same
   */
  takeFork(id: number, at?: number): void;
  dropFork(id: number): void;
  /** Brings back the scenario or the run that was replaced last. */
  undo(): void;
  redo(): void;
  stepActor(actor: number): void;
  choose(choice: Choice): void;
  stepRandom(): void;
  runToEnd(): void;
  setSeed(seed: number): void;
  closeMoves(): void;
  /** Goes on with the lesson, or leaves it: what is open stays open. */
  teach(lesson: Lesson | undefined): void;
  say(notice: Notice | undefined): void;
  /** What the page shows of the run, if anything is open. */
  shown(): WholeView | undefined;
  /** The code of the open scenario's kernel, if it has been shown. */
  listings(): readonly Listing[];
  /** Does something when everything asked for before has been done; not, if another scenario is open by then. */
  after(action: () => Promise<void> | void): void;
  /** Goes to a position of a run, and resolves there: for what is done by `after`. */
  go(choices: readonly Choice[], at: number): Promise<void>;
  /**
   * Makes a run longer, each actor in turn, and shows how far it is; for what is done by `after`.
   * @returns undefined if it was stopped, or if another scenario is open by then
   */
  finish(choices: readonly Choice[], wishes?: FinishWishes): Promise<Finished | undefined>;
  /** Resolves when everything asked for so far has been done. */
  settled(): Promise<void>;
}

const FIRST_SEED = 1;

export const NOTHING_TO_UNDO = "Nothing has been replaced: steps are undone by going back.";
export const NOTHING_TO_REDO = "Nothing has been undone.";
const TOO_MANY_FORKS = `Of the runs that were left, the page keeps ${MOST_FORKS}: the oldest was let go. Undo brings it back.`;

export function createLab(client: Client, queries: QueryClient): Lab {
  const store = createStore<LabState>(() => ({
    scenario: undefined,
    view: undefined,
    choices: [],
    at: 0,
    lesson: undefined,
    history: NO_HISTORY,
    forks: NO_FORKS,
    seed: FIRST_SEED,
    notice: undefined,
    isTooLarge: false,
    movesOf: undefined,
    running: undefined,
  }));
  const { getState: get, setState: set } = store;
  const say = (notice: Notice | undefined): void => set({ notice });

  client.onRestart((reason) =>
    say({
      tone: "problem",
      text: `The engine stopped (${reason}) and was started again. The run was replayed from its choices; nothing is lost.`,
    }),
  );

  /** One thing after another: a key pressed before the last one's answer waits for it. */
  let queue: Promise<void> = Promise.resolve();
  /** The last thing in the queue, if it goes to a position that may still be another. */
  let scrubbing: { at: number } | undefined;
  function enqueue(action: () => Promise<void>): void {
    scrubbing = undefined;
    const meant = get().scenario;
    const act = async (): Promise<void> => {
      // A key pressed for one scenario must not step the next.
      if (get().scenario === meant) await action();
    };
    queue = queue.then(act).catch((error: unknown) => {
      if (error instanceof Cancelled) return;
      say({
        tone: "problem",
        text: `${error instanceof EngineFault ? "The engine" : "Something"} failed, which is a bug of this page: ${messageOf(error)}`,
      });
    });
  }

  /** Shows something else. What is lost by it can be brought back. */
  function stand(next: Standing, view: WholeView): void {
    const { scenario, choices, at, lesson, history, forks } = get();
    const kept = scenario === next.scenario ? forksAfter(forks, choices, next.choices) : NO_FORKS;
    const isLost = scenario !== undefined && (scenario !== next.scenario || sharedChoices(choices, next.choices) < choices.length);
    set({
      ...next,
      view,
      history: isLost ? replaced(history, { scenario, choices, at, lesson }) : history,
      forks: kept,
      notice: kept.dropped > forks.dropped ? { tone: "info", text: TOO_MANY_FORKS } : undefined,
      movesOf: undefined,
    });
  }

  async function openPlace({ choices, at, lesson, ...place }: Place): Promise<Problem | undefined> {
    const { base, document } = readyIfSame(place);
    const opened = await client.open({ document: place.document });
    if (!opened.ok) return opened.problem;
    const { handle, entries } = opened;
    const own = (place.document.choices ?? []) as readonly Choice[];
    const recorded = choices.length > 0 ? choices : own;
    const { diverged } = await fetchView(client, handle, recorded, recorded.length);
    const kept = diverged === undefined ? recorded : recorded.slice(0, diverged.step);
    const position = Math.min(choices.length > 0 ? at : own.length, kept.length);
    // Known before it is shown, so that no other scenario's picture stands under this one's title meanwhile.
    const view = await fetchView(client, handle, kept, position);
    get().running?.stop();
    stand({ scenario: { handle, base, document, entries }, choices: kept, at: position, lesson }, view);
    if (diverged !== undefined)
      say({
        tone: "problem",
        text: `This run diverged at step ${diverged.step + 1}: its choice should be ${diverged.expected}. The steps before it are shown.`,
      });
    return undefined;
  }

  /** The engine's own failure is told like any other reason why something cannot be opened. */
  const orProblem = (opening: Promise<Problem | undefined>): Promise<Problem | undefined> =>
    opening.catch((error: unknown) => ({
      path: "",
      expected: `one that the engine can open, but it failed, which is a bug of this page: ${messageOf(error)}`,
    }));

  async function openSource(source: Source): Promise<Problem | undefined> {
    const checked = await client.call("check", source);
    if (!checked.ok) return checked.problem;
    return openPlace({ base: get().scenario?.base ?? READY_SCENARIOS[0], document: checked.document, choices: [], at: 0 });
  }

  /** Goes to a position. Its picture is fetched first, so that it is drawn once and no position ever lacks its picture. */
  async function goTo(choices: readonly Choice[], at: number): Promise<void> {
    const { scenario } = get();
    if (scenario === undefined) return;
    const view = await fetchView(client, scenario.handle, choices, at);
    if (get().scenario === scenario) stand({ scenario, choices, at, lesson: get().lesson }, view);
  }

  async function backTo(step: typeof undone<Standing>, nothing: string): Promise<void> {
    const { scenario, choices, at, lesson, history } = get();
    const next = scenario && step(history, { scenario, choices, at, lesson });
    if (next === undefined) return say({ tone: "info", text: nothing });
    const [standing, then] = next;
    const { handle, document } = standing.scenario;
    // The engine may have forgotten it.
    if (standing.scenario !== scenario) await client.open({ document }, handle);
    const view = await fetchView(client, handle, standing.choices, standing.at);
    if (get().scenario !== scenario) return;
    stand(standing, view);
    set({ history: then });
  }

  const seek = (at: number): Promise<void> => goTo(get().choices, Math.max(0, Math.min(at, get().choices.length)));

  function scrub(at: number): void {
    if (scrubbing !== undefined) {
      scrubbing.at = at;
      return;
    }
    const wanted = { at };
    enqueue(() => {
      if (scrubbing === wanted) scrubbing = undefined;
      return seek(wanted.at);
    });
    scrubbing = wanted;
  }

  async function takeFork(id: number, wanted?: number): Promise<void> {
    const { forks, choices, at } = get();
    const fork = forks.kept.find((kept) => kept.id === id);
    if (fork !== undefined) await goTo(fork.choices, wanted ?? Math.min(at, sharedChoices(choices, fork.choices)));
  }

  /** Makes a choice. The one that was recorded here goes along the recorded run; another begins a new run, and the old one is kept. */
  function record(choice: Choice): Promise<void> {
    const { choices, at } = get();
    const ahead = choices[at];
    const same = ahead !== undefined && choiceKey(ahead) === choiceKey(choice);
    return goTo(same ? choices : [...choices.slice(0, at), choice], at + 1);
  }

  /** A choice from a list that may be older than the position: made only if it is still on offer. */
  async function choose(choice: Choice): Promise<void> {
    const moves = get().view?.snapshot.actors.flatMap((actor) => actor.moves) ?? [];
    if (moves.some((move) => choiceKey(move.choice) === choiceKey(choice))) await record(choice);
  }

  async function stepActor(actor: number): Promise<void> {
    const shown = get().view?.snapshot.actors;
    const own = shown?.[actor];
    if (shown === undefined) return;
    if (own === undefined) return say({ tone: "info", text: `There is no actor ${actor + 1}: this scenario has ${shown.length}.` });
    const [only, ...others] = own.moves;
    if (only === undefined) return say({ tone: "info", text: `${own.why}.` });
    if (others.length > 0) return set({ movesOf: actor, notice: undefined });
    await record(only.choice);
  }

  async function forward(): Promise<void> {
    const { choices, at, lesson } = get();
    if (at < choices.length) return seek(at + 1);
    const told = isTold(lesson, choices) ? lesson.run[at] : undefined;
    if (told !== undefined) return record(told);
    const snapshot = get().view?.snapshot;
    if (snapshot === undefined) return;
    const movable = snapshot.actors.filter((a) => a.moves.length > 0);
    const next = movable.find((a) => a.actor === snapshot.last?.actor) ?? movable[0];
    if (next === undefined) return say({ tone: "info", text: "The run has ended: no actor can move." });
    await stepActor(next.actor);
  }

  async function stepRandom(): Promise<void> {
    const { scenario, choices, at, seed } = get();
    if (scenario === undefined) return;
    const { choice } = await client.call("pick", { handle: scenario.handle, choices, at, seed });
    if (get().scenario !== scenario) return;
    if (choice === undefined) return say({ tone: "info", text: "The run has ended: no actor can move." });
    await record(choice);
  }

  async function finish(choices: readonly Choice[], wishes: FinishWishes = {}): Promise<Finished | undefined> {
    const { scenario } = get();
    if (scenario === undefined) return undefined;
    const stopping = new AbortController();
    const progress = (steps: number): void => set({ running: { steps, stop: () => stopping.abort() } });
    progress(0);
    try {
      const finished = await client.call(
        "finish",
        { handle: scenario.handle, choices, at: choices.length, ...wishes },
        { signal: stopping.signal, onProgress: ({ steps }) => progress(steps) },
      );
      return get().scenario === scenario ? finished : undefined;
    } finally {
      set({ running: undefined });
    }
  }

  async function runToEnd(): Promise<void> {
    const { choices, at } = get();
    const finished = await finish(choices.slice(0, at));
    if (finished === undefined) return;
    const actors = get().view?.snapshot.actors ?? [];
    await goTo(finished.choices, finished.choices.length);
    say(endNotice(finished, (actor) => actors[actor]?.name ?? `actor ${actor + 1}`));
  }

  return {
    store,
    client,
    open: (place) => orProblem(openPlace(place)),
    async openReady(name) {
      const base = READY_SCENARIOS.find((ready) => ready.name === name) ?? READY_SCENARIOS[0];
      const problem = await orProblem(openPlace({ base, document: base.document, choices: [], at: 0 }));
      if (problem !== undefined)
        say({ tone: "problem", text: `This scenario cannot be opened: the document should be ${problem.expected}.` });
    },
    openSource: (source) => orProblem(openSource(source)),
    seek: (at) => enqueue(() => seek(at)),
    scrub,
    takeFork: (id, at) => enqueue(() => takeFork(id, at)),
    dropFork: (id) => set({ forks: withoutFork(get().forks, id) }),
    play: (choices, at) => enqueue(() => goTo(choices, at)),
    back: () => enqueue(() => seek(get().at - 1)),
    forward: () => enqueue(forward),
    toEnd: () => enqueue(() => (get().at < get().choices.length ? seek(get().choices.length) : runToEnd())),
    restart: () => enqueue(() => goTo([], 0)),
    undo: () => enqueue(() => backTo(undone, NOTHING_TO_UNDO)),
    redo: () => enqueue(() => backTo(redone, NOTHING_TO_REDO)),
    stepActor: (actor) => enqueue(() => stepActor(actor)),
    choose: (choice) => enqueue(() => choose(choice)),
    stepRandom: () => enqueue(stepRandom),
    runToEnd: () => enqueue(runToEnd),
    setSeed: (seed) => set({ seed }),
    closeMoves: () => set({ movesOf: undefined }),
    teach: (lesson) => set({ lesson }),
    say,
    shown: () => get().view,
    listings() {
      const { scenario } = get();
      return (scenario && queries.getQueryData(listingsQuery(client, scenario.handle).queryKey)) ?? [];
    },
    after: (action) => enqueue(async () => action()),
    go: goTo,
    finish,
    settled: () => queue,
  };
}

const messageOf = (error: unknown): string => (error instanceof EngineFault ? error.message : String(error));

/** The run lives in the lab, not in the document. A document that says what a ready one says is that very one. */
function readyIfSame({ base, document }: Pick<Place, "base" | "document">): Pick<Place, "base" | "document"> {
  const { choices: _, ...bare } = document;
  const ready = [base, ...READY_SCENARIOS].find((known) => diffFields(known.document, bare).length === 0);
  return ready === undefined ? { base, document: bare } : { base: ready, document: ready.document };
}

function endNotice({ ended, spinning, blocked }: Finished, nameOf: (actor: number) => string): Notice | undefined {
  const names = (actors: readonly number[]): string => actors.map(nameOf).join(" and ");
  const sentences = [
    ended === "limit" && "Stopped at the longest run this page keeps.",
    spinning.length > 0 && `${names(spinning)} can only repeat the same steps from here: spinning until somebody changes the block.`,
    blocked.length > 0 && `${names(blocked)} cannot go on: waiting for what nobody will do.`,
  ].filter((sentence) => sentence !== false);
  return sentences.length === 0 ? undefined : { tone: "info", text: sentences.join(" ") };
}
