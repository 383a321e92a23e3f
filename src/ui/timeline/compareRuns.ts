/** What two runs of one scenario come to, side by side: only what differs. Data in, data out. */
import type { EntryView, Snapshot, StepView } from "../../engine/protocol.ts";
import { ALARMS, notesOf } from "./looks.ts";
import { sentences } from "./sentences.ts";

/** Of one run and of the other. */
export type Both<T> = readonly [T, T];

export interface RunEnd {
  readonly steps: readonly StepView[];
  /** After the last of them. */
  readonly end: Snapshot;
}

export interface Apart {
  /** The steps that they share. */
  readonly shared: number;
  /** The first step that is not the same; undefined where a run is over. */
  readonly next: Both<StepView | undefined>;
  /** How many steps each makes after it parts. */
  readonly more: Both<number>;
  readonly entries: readonly { readonly index: number; readonly both: Both<EntryView | undefined> }[];
  /** Calls and accesses that got something else. */
  readonly results: readonly { readonly actor: string; readonly call: string; readonly both: Both<string | undefined> }[];
  /** What went wrong after they part. */
  readonly alarms: Both<readonly string[]>;
  /** Who still can or must wait, at the end. */
  readonly standing: Both<string>;
}

export function compareRuns(shared: number, runs: Both<RunEnd>): Apart {
  const both = <T>(of: (run: RunEnd) => T): Both<T> => [of(runs[0]), of(runs[1])];
  return {
    shared,
    next: both(({ steps }) => steps[shared]),
    more: both(({ steps }) => steps.length - shared),
    entries: differingEntries(both(({ end }) => end.entries)),
    results: differingResults(both(({ end }) => end)),
    alarms: both(({ steps }) => steps.slice(shared).filter(isAlarm).map(sentences)),
    standing: both(({ end }) => standingText(end)),
  };
}

const isAlarm = (step: StepView): boolean => notesOf(step).some((note) => ALARMS.has(note));

function differingEntries([a, b]: Both<readonly EntryView[]>): Apart["entries"] {
  return a.flatMap((entry, n) => (entry.word === b[n]?.word ? [] : [{ index: entry.index, both: [entry, b[n]] as const }]));
}

function differingResults([a, b]: Both<Snapshot>): Apart["results"] {
  return a.actors.flatMap(({ name, program }, actor) =>
    program.flatMap(({ text, result }, call) => {
      const other = b.actors[actor]?.program[call]?.result;
      return result === other ? [] : [{ actor: name, call: text, both: [result, other] as const }];
    }),
  );
}

function standingText({ actors }: Snapshot): string {
  const waiting = actors.filter(({ status }) => status === "waiting");
  const ready = actors.filter(({ status }) => status === "ready");
  if (ready.length > 0) return `${ready.map(({ name }) => name).join(", ")} can go on`;
  return waiting.length > 0 ? waiting.map(({ why }) => why).join(". ") : "every actor has finished";
}
