/**
 * How a run is gone along: by accesses or by whole calls, from stop to stop, or played like a film. What is run is recorded
 * like any other step, so everything here is the lab's seek and play.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Choice, Stop } from "../../engine/protocol.ts";
import type { Lab } from "../store/lab.ts";
import { type StandingStop, sameStop, stopText } from "./stops.ts";

export const SPEEDS = [1, 2, 5, 10, 20] as const;

export interface RunnerState {
  readonly stops: readonly StandingStop[];
  /** One step is a whole call. */
  readonly coarse: boolean;
  readonly playing: boolean;
  /** Steps a second. */
  readonly speed: number;
}

export interface Runner {
  readonly store: StoreApi<RunnerState>;
  back(): void;
  forward(): void;
  stepActor(actor: number): void;
  setCoarse(coarse: boolean): void;
  /** Plays on to the next stop or the end of the run, or pauses. */
  playOrPause(): void;
  setSpeed(speed: number): void;
  addStop(stop: Stop): void;
  removeStop(id: number): void;
  switchStop(id: number, on: boolean): void;
  /** There is one at this line, or there is none any more. */
  toggleLine(label: string): void;
  /** Along the recorded run, then on with each actor in turn, to the next stop that is on. */
  runToStop(): void;
  backToStop(): void;
}

const NO_STOPS = "No stop is set: say first what the run is to stop at.";

export function createRunner(lab: Lab): Runner {
  const store = createStore<RunnerState>(() => ({ stops: [], coarse: false, playing: false, speed: 5 }));
  const { getState: get, setState: set } = store;
  let lastId = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Where the film is, as far as it knows: whoever goes elsewhere has stopped it. */
  let expected: { readonly choices: readonly Choice[]; readonly at: number } | undefined;

  const active = (): readonly Stop[] => get().stops.flatMap(({ on, stop }) => (on ? [stop] : []));

  const told = (stop: Stop): string => {
    const { scenario } = lab.store.getState();
    const names = lab.shown()?.snapshot.actors.map(({ name }) => name) ?? [];
    return stopText(stop, names, scenario === undefined ? [] : lab.listings());
  };

  lab.store.subscribe(({ scenario, choices, at }, before) => {
    // Another scenario may have other actors, entries and code.
    if (scenario !== before.scenario && scenario?.base !== before.scenario?.base) set({ stops: [] });
    if (expected !== undefined && (choices !== expected.choices || at !== expected.at) && (choices !== before.choices || at !== before.at))
      pause();
  });

  /** The position of the next stop on the recorded run. */
  async function stopAhead(back: boolean): Promise<{ readonly at?: number; readonly stop?: Stop }> {
    const { scenario, choices, at } = lab.store.getState();
    const stops = active();
    if (scenario === undefined || stops.length === 0) return {};
    return lab.client.call("seekStop", { handle: scenario.handle, choices, at, stops, back });
  }

  async function runToStop(): Promise<void> {
    if (active().length === 0) return lab.say({ tone: "info", text: NO_STOPS });
    const found = await stopAhead(false);
    const { choices } = lab.store.getState();
    if (found.at !== undefined && found.stop !== undefined) {
      await lab.go(choices, found.at);
      return lab.say({ tone: "info", text: `Stopped: ${told(found.stop)}.` });
    }
    const finished = await lab.finish(choices, { stops: active() });
    if (finished === undefined) return;
    await lab.go(finished.choices, finished.choices.length);
    const text = finished.stop ? `Stopped: ${told(finished.stop)}.` : "The run has ended, and nothing that it was to stop at came.";
    lab.say({ tone: "info", text });
  }

  async function backToStop(): Promise<void> {
    if (active().length === 0) return lab.say({ tone: "info", text: NO_STOPS });
    const { at, stop } = await stopAhead(true);
    if (at === undefined || stop === undefined) return lab.say({ tone: "info", text: "Nothing before this step is one to stop at." });
    await lab.go(lab.store.getState().choices, at);
    lab.say({ tone: "info", text: `Stopped: ${told(stop)}.` });
  }

  /** The end of a whole call among the recorded steps, after this position or before it. */
  function callEnd(at: number, way: 1 | -1): number | undefined {
    const steps = lab.shown()?.steps ?? [];
    for (let to = at + way; to > 0 && to <= steps.length; to += way) {
      const step = steps[to - 1];
      if (step?.op.startsWith("mmu-") || step?.events.some(({ kind }) => kind === "return")) return to;
    }
    return way < 0 && at > 0 ? 0 : undefined;
  }

  async function overCall(actor: number): Promise<void> {
    const { choices, at } = lab.store.getState();
    const own = lab.shown()?.snapshot.actors[actor];
    // An MMU's access is one step anyway, and whoever cannot move is told why.
    if (own === undefined || own.kind === "mmu" || own.moves.length === 0) return lab.stepActor(actor);
    const finished = await lab.finish(choices.slice(0, at), {
      actors: [actor],
      stops: [{ on: "event", event: "return", actor }, ...active()],
    });
    if (finished === undefined) return;
    await lab.go(finished.choices, finished.choices.length);
    if (finished.spinning.length > 0)
      lab.say({ tone: "info", text: `${own.name} can only repeat the same steps until somebody changes the block.` });
    if (finished.blocked.length > 0) lab.say({ tone: "info", text: `${own.name} cannot go on alone.` });
  }

  async function forwardOverCall(): Promise<void> {
    const { choices, at } = lab.store.getState();
    const recorded = callEnd(at, 1);
    if (recorded !== undefined || at < choices.length) return lab.go(choices, recorded ?? choices.length);
    const snapshot = lab.shown()?.snapshot;
    const movable = snapshot?.actors.filter(({ moves }) => moves.length > 0) ?? [];
    const next = movable.find(({ actor }) => actor === snapshot?.last?.actor) ?? movable[0];
    if (next === undefined) return lab.say({ tone: "info", text: "The run has ended: no actor can move." });
    await overCall(next.actor);
  }

  function pause(): void {
    clearTimeout(timer);
    expected = undefined;
    if (get().playing) set({ playing: false });
  }

  async function play(): Promise<void> {
    const { scenario, choices, at } = lab.store.getState();
    if (scenario === undefined) return;
    let run = choices;
    if (at === choices.length) {
      const finished = await lab.finish(choices, { stops: active() });
      if (finished === undefined) return;
      if (finished.choices.length === choices.length) return lab.say({ tone: "info", text: "The run has ended: no actor can move." });
      run = finished.choices;
      await lab.go(run, at);
    }
    const { at: stop, stop: which } = await stopAhead(false);
    set({ playing: true });
    expected = { choices: lab.store.getState().choices, at };
    tick(stop ?? run.length, which);
  }

  function tick(end: number, stop: Stop | undefined): void {
    timer = setTimeout(() => {
      lab.after(async () => {
        if (expected === undefined) return;
        const { choices, at } = expected;
        expected = { choices, at: at + 1 };
        await lab.go(choices, at + 1);
        if (at + 1 < end) return tick(end, stop);
        pause();
        if (stop !== undefined) lab.say({ tone: "info", text: `Stopped: ${told(stop)}.` });
      });
    }, 1000 / get().speed);
  }

  return {
    store,
    back: () =>
      get().coarse ? lab.after(() => lab.go(lab.store.getState().choices, callEnd(lab.store.getState().at, -1) ?? 0)) : lab.back(),
    forward: () => (get().coarse ? lab.after(forwardOverCall) : lab.forward()),
    stepActor: (actor) => (get().coarse ? lab.after(() => overCall(actor)) : lab.stepActor(actor)),
    setCoarse: (coarse) => set({ coarse }),
    playOrPause: () => (get().playing ? pause() : lab.after(play)),
    setSpeed: (speed) => set({ speed }),
    addStop(stop) {
      if (!get().stops.some((known) => sameStop(known.stop, stop))) set({ stops: [...get().stops, { id: ++lastId, stop, on: true }] });
    },
    removeStop: (id) => set({ stops: get().stops.filter((known) => known.id !== id) }),
    switchStop: (id, on) => set({ stops: get().stops.map((known) => (known.id === id ? { ...known, on } : known)) }),
    toggleLine(label) {
      const stop: Stop = { on: "line", label };
      const known = get().stops.find((standing) => sameStop(standing.stop, stop));
      if (known === undefined) this.addStop(stop);
      else this.removeStop(known.id);
    },
    runToStop: () => lab.after(runToStop),
    backToStop: () => lab.after(backToStop),
  };
}
