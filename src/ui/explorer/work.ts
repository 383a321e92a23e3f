/** Long work of the engine, as the panel shows it: how far it is now and then, Stop, and what came of it. */
import { Cancelled } from "../../engine/client.ts";
import type { ExploreProgress } from "../../engine/protocol.ts";
import { about, grouped } from "./format.ts";

/** @typeParam W what is asked for */
export interface WorkState<W, P extends ExploreProgress = ExploreProgress> {
  readonly running: Running<W, P> | undefined;
  /** The one whose result is shown. */
  readonly shown: W | undefined;
  /** Why the last one gave no result. */
  readonly fault: string | undefined;
  /** Read out now and then. */
  readonly said: string;
}

export interface Running<W, P extends ExploreProgress = ExploreProgress> {
  readonly wish: W;
  readonly progress: P | undefined;
  readonly stopping: boolean;
  readonly stop: () => void;
}

export const NO_WORK = { running: undefined, shown: undefined, fault: undefined, said: "" } as const;

export interface WorkOptions<P> {
  readonly signal: AbortSignal;
  readonly stop: AbortSignal;
  readonly onProgress: (progress: P) => void;
}

export interface Work<W> {
  /** Resolves when there is something to show, or it was cancelled. */
  begin(wish: W): Promise<void>;
  cancel(): void;
}

/** Between two progress reports shown, and between two read out. */
const SHOW_MS = 150;
const SAY_SECONDS = 10;

/** @param ask sends it to the engine and keeps the answer */
export function createWork<W, P extends ExploreProgress>(
  get: () => WorkState<W, P>,
  set: (state: Partial<WorkState<W, P>>) => void,
  ask: (wish: W, options: WorkOptions<P>) => Promise<unknown>,
): Work<W> {
  let cancelling = new AbortController();

  async function begin(wish: W): Promise<void> {
    const cancel = new AbortController();
    const stop = new AbortController();
    cancelling = cancel;
    const stopNow = (): void => {
      stop.abort();
      const { running } = get();
      if (running !== undefined) set({ running: { ...running, stopping: true } });
    };
    set({ running: { wish, progress: undefined, stopping: false, stop: stopNow }, shown: undefined, fault: undefined, said: "Exploring." });
    try {
      await ask(wish, { signal: cancel.signal, stop: stop.signal, onProgress: tell(cancel.signal) });
      if (!cancel.signal.aborted) set({ running: undefined, shown: wish, said: "" });
    } catch (error) {
      if (cancel.signal.aborted || error instanceof Cancelled) return;
      set({ running: undefined, fault: error instanceof Error ? error.message : String(error), said: "" });
    }
  }

  /** Shows progress a few times a second, however often it comes, and says it far less often. */
  function tell(cancelled: AbortSignal): (progress: P) => void {
    let shownAt = Number.NEGATIVE_INFINITY;
    let phase: ExploreProgress["phase"] | undefined;
    let saidAt = 0;
    let warned = false;
    return (progress) => {
      const { running } = get();
      if (running === undefined || cancelled.aborted) return;
      if (progress.phase === phase && performance.now() - shownAt < SHOW_MS) return;
      phase = progress.phase;
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

  return { begin, cancel: () => cancelling.abort() };
}

/** The engine is deterministic; what a person or the clock stopped goes further next time. */
export const isForGood = (stopped: string | undefined): boolean => stopped !== "person" && stopped !== "seconds";
