/** The scripts' way to the page: the same actions as a person's, with promises and errors in place of what a person sees. */
import { type ActorView, type Problem, problemSentence } from "../../engine/protocol.ts";
import { READY_SCENARIOS } from "../../stories/scenarios/index.ts";
import type { Explorer } from "../explorer/explorer.ts";
import { awaitedParts } from "../shared/Awaited.tsx";
import { openLink } from "../store/address.ts";
import type { Lab } from "../store/lab.ts";
import type { Stories } from "../stories/stories.ts";
import type { BeatMoment, ContpteLab, ShownState } from "./api.ts";

/**
 * @param flushAddress has the address name what is shown
 * @param opened resolves when the address has been opened
 */
export function createContpteLab(
  lab: Lab,
  stories: Stories,
  explorer: Explorer,
  flushAddress: () => void,
  opened: Promise<void>,
): ContpteLab {
  function state(): ShownState {
    const { scenario, choices, at } = lab.store.getState();
    const snapshot = lab.shown()?.snapshot;
    if (scenario === undefined || snapshot === undefined) throw new Error("Nothing is shown yet: wait for contpteLab.ready.");
    return { document: scenario.document, choices, step: at, snapshot };
  }

  async function idle(): Promise<void> {
    await lab.settled();
    await until(lab.store, ({ running }) => running === undefined);
    await until(explorer.store, ({ running }) => running === undefined);
    await until(explorer.comparer.store, ({ running }) => running === undefined);
    flushAddress();
    await painted();
    // What was asked for may be a part of the page that is loaded when it is first used.
    if (awaitedParts.getState() === 0) return;
    await until(awaitedParts, (parts) => parts === 0);
    await painted();
  }

  async function shown(): Promise<ShownState> {
    await idle();
    return state();
  }

  async function load(what: string | object): Promise<ShownState> {
    const sentence = typeof what === "object" ? refusal(await lab.openSource({ document: what })) : await openNamed(what);
    if (sentence !== undefined) throw new Error(sentence);
    return shown();
  }

  async function openNamed(name: string): Promise<string | undefined> {
    const hash = name.indexOf("#");
    if (hash >= 0) return openLink(lab, stories, name.slice(hash));
    const ready = READY_SCENARIOS.find((scenario) => scenario.name === name);
    if (ready === undefined) return `There is no scenario "${name}"; known are ${READY_SCENARIOS.map((known) => known.name).join(", ")}.`;
    return refusal(await lab.open({ base: ready, document: ready.document, choices: [], at: 0 }));
  }

  async function seek(step: number): Promise<ShownState> {
    await lab.settled();
    const { choices } = lab.store.getState();
    if (!Number.isInteger(step) || step < 0 || step > choices.length)
      throw new Error(`This run has no step ${step}: its steps are 0 to ${choices.length}.`);
    lab.seek(step);
    return shown();
  }

  async function step(actor?: string | number, move?: string): Promise<ShownState> {
    await lab.settled();
    const { choices, at } = lab.store.getState();
    const { actors } = state().snapshot;
    if (actor !== undefined) lab.choose(choiceOf(actors, actor, move));
    else if (at < choices.length || actors.some(({ moves }) => moves.length > 0)) lab.forward();
    else throw new Error("The run has ended: no actor can move.");
    const after = await shown();
    if (lab.store.getState().movesOf !== undefined) {
      lab.closeMoves();
      throw new Error("The actor that moved last has several moves: name it, and one of them.");
    }
    return after;
  }

  async function tell(id: string, beat: number, moment?: BeatMoment): Promise<ShownState> {
    await (await stories.player()).show(id, beat - 1, moment);
    return shown();
  }

  return {
    version: 1,
    ready: opened.then(idle),
    load,
    seek,
    step,
    stories: async () => (await stories.player()).cards(),
    story: async (id) => (await stories.player()).read(id),
    tell,
    state,
    idle,
  };
}

const refusal = (problem: Problem | undefined): string | undefined =>
  problem && `This scenario cannot be opened: ${problemSentence(problem)}.`;

function choiceOf(actors: readonly ActorView[], named: string | number, move: string | undefined) {
  const actor = actors.find(({ actor: number, name }) => number === named || name === named);
  if (actor === undefined) throw new Error(`There is no actor ${named}: there are ${actors.map(({ name }) => name).join(", ")}.`);
  const [only, ...others] = actor.moves;
  if (only === undefined) throw new Error(`${actor.why}.`);
  if (move === undefined && others.length === 0) return only.choice;
  const meant = actor.moves.find(({ text }) => text === move);
  if (meant !== undefined) return meant.choice;
  const known = actor.moves.map(({ text }) => `"${text}"`).join(", ");
  throw new Error(`${actor.name} has no move "${move ?? ""}" here: its moves are ${known}.`);
}

/** Until a store's state is so. */
function until<T>(
  store: { getState(): T; subscribe(listener: (state: T) => void): () => void },
  holds: (state: T) => boolean,
): Promise<void> {
  if (holds(store.getState())) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = store.subscribe((state) => {
      if (!holds(state)) return;
      stop();
      resolve();
    });
  });
}

/** Two frames on, the first has been painted. A hidden page paints nothing, and waits for none. */
function painted(): Promise<void> {
  if (document.visibilityState === "hidden") return Promise.resolve();
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
