/**
 * Poses challenges. Which one is open is the lab's lesson, so that the address and undo know it; here is what the engine
 * says of the run, and what it advises.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Challenge, type Choice, type Judged, sharedChoices } from "../../engine/protocol.ts";
import { CHALLENGES } from "../../stories/challenges/index.ts";
import type { ReadyScenario } from "../../stories/scenarios/index.ts";
import type { Lab, LabState, OpenScenario } from "../store/lab.ts";
import { challengeIn } from "../store/lesson.ts";
import type { ChallengePlace } from "../store/lessonLink.ts";
import type { Given } from "./advice.ts";
import { type Best, keepBest, readBest, withSwitches } from "./best.ts";
import { challengeAfter, challengeNamed, sceneOf } from "./scene.ts";

export interface RefereeState {
  /** The run that was judged last, and what came of it. */
  readonly judged: (Judged & { readonly run: readonly Choice[] }) | undefined;
  /** The last hint. */
  readonly given: Given | undefined;
  /** One that is being thought about. */
  readonly thinking: { readonly states: number; readonly stop: () => void } | undefined;
  readonly best: Best;
}

export interface Referee {
  readonly store: StoreApi<RefereeState>;
  find(scene: string): ReadyScenario | undefined;
  /** Opens a challenge, and a run with it. @returns why it cannot be opened: a part of a sentence */
  pose(place: ChallengePlace): Promise<string | undefined>;
  /** Asks the engine what to do next. */
  hint(): void;
  /** To the challenge that comes after this one, if there is any. */
  next(): void;
  /** Leaves the challenge where it is, to play on with the scenario. */
  leave(): void;
}

const SCENES = CHALLENGES.map(sceneOf);

const NOTHING_SAID = { judged: undefined, given: undefined } as const;

export function createReferee(lab: Lab): Referee {
  const store = createStore<RefereeState>(() => ({ ...NOTHING_SAID, thinking: undefined, best: readBest() }));
  const { getState: get, setState: set } = store;

  /** The run that a link brought: it is judged like any other, but it is nobody's best. */
  let brought: readonly Choice[] = [];

  const failed = (error: unknown): void => {
    const why = error instanceof Error ? error.message : error;
    lab.say({ tone: "problem", text: `The challenge cannot be judged, which is a bug of this page: ${why}.` });
  };

  let judging = false;
  /** One run at a time, the latest: the engine is not to be kept from showing the steps of who is quick. */
  async function judgeLatest(): Promise<void> {
    if (judging) return;
    judging = true;
    try {
      for (;;) {
        const { scenario, choices } = lab.store.getState();
        const challenge = open();
        if (scenario === undefined || challenge === undefined) return;
        const judged = await lab.client.call("judge", { handle: scenario.handle, goal: challenge.goal, choices });
        if (!isOpen(scenario, challenge)) continue;
        set({ judged: { ...judged, run: choices } });
        if (judged.met !== undefined && sharedChoices(brought, choices) < judged.met.at) keep(challenge, judged.met.switches);
        if (lab.store.getState().choices === choices) return;
      }
    } finally {
      judging = false;
    }
  }

  function keep({ id }: Challenge, switches: number): void {
    const best = withSwitches(get().best, id, switches);
    if (best === get().best) return;
    keepBest(best);
    set({ best });
  }

  const isOpen = (scenario: OpenScenario, challenge: Challenge): boolean =>
    lab.store.getState().scenario === scenario && open() === challenge;

  async function think({ scenario, choices, at }: LabState, challenge: Challenge): Promise<void> {
    if (scenario === undefined) return;
    const run = choices.slice(0, at);
    const stopping = new AbortController();
    const thinking = (states: number): void => set({ thinking: { states, stop: () => stopping.abort() } });
    thinking(0);
    try {
      const asked = { handle: scenario.handle, goal: challenge.goal, choices: run };
      const hint = await lab.client.call("hint", asked, { stop: stopping.signal, onProgress: ({ states }) => thinking(states) });
      if (isOpen(scenario, challenge)) set({ given: { hint, run } });
    } finally {
      set({ thinking: undefined });
    }
  }

  async function pose({ challenge: id, choices, at }: ChallengePlace): Promise<string | undefined> {
    const challenge = challengeNamed(id);
    if (challenge === undefined) return `there is no challenge "${id}"`;
    const base = sceneOf(challenge);
    brought = choices;
    const problem = await lab.open({ base, document: base.document, choices, at, lesson: { challenge: id } });
    return problem && `its scenario should be ${problem.expected}`;
  }

  const open = (): Challenge | undefined => challengeNamed(challengeIn(lab.store.getState().lesson));

  function hint(): void {
    const challenge = open();
    if (challenge !== undefined && get().thinking === undefined) void think(lab.store.getState(), challenge).catch(failed);
  }

  async function next(): Promise<void> {
    const challenge = open();
    const following = challenge && challengeAfter(challenge);
    if (following !== undefined) await pose({ challenge: following.id, choices: [], at: 0 });
  }

  lab.store.subscribe((now, before) => {
    const isOther = now.scenario !== before.scenario || challengeIn(now.lesson) !== challengeIn(before.lesson);
    if (!isOther && now.choices === before.choices) return;
    if (isOther) {
      get().thinking?.stop();
      set(NOTHING_SAID);
    }
    if (now.choices.length === 0) brought = []; // who begins again plays a run of their own
    void judgeLatest().catch(failed);
  });

  return {
    store,
    find: (scene) => SCENES.find(({ name }) => name === scene),
    pose,
    hint,
    next: () => void next().catch(failed),
    leave: () => lab.teach(undefined),
  };
}
