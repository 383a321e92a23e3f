/**
 * What changes when other code runs the same scenario: every interleaving of it is
 * explored with either kernel, and what differs is told: verdicts, outcomes, and the first
 * step where two runs of one schedule part.
 */
import { type Clock, explore, type Subject, type Wishes } from "../explore/explore.ts";
import { type Findings, findingsOf, type OutcomeFinding } from "../explore/findings.ts";
import type { Pass } from "../explore/graph/graph.ts";
import type { Progress } from "../explore/search.ts";
import { finish } from "../machine/finish.ts";
import { createMachine, type Machine } from "../machine/machine.ts";
import { finalState, replay } from "../machine/run.ts";
import { LIMITS } from "../scenario/limits.ts";
import type { Choice } from "../scenario/scenario.ts";
import { outcomesInOneOnly } from "./outcomes.ts";
import { type Parting, partingOf } from "./parting.ts";
import { type Schedule, schedulesFor, shorterFirst } from "./schedule.ts";
import { ofSides, type SideName, type Sides } from "./sides.ts";
import { type VerdictChange, verdictChanges } from "./verdicts.ts";

export interface Comparison {
  readonly findings: Sides<Findings>;
  readonly verdicts: readonly VerdictChange[];
  /** The outcomes that the other side has not, or, where its search was stopped, has not shown. */
  readonly onlyIn: Sides<readonly OutcomeFinding[]>;
  readonly schedule: Schedule;
  /** Undefined if both go the same way to the end of the schedule. */
  readonly parting: Parting | undefined;
}

export interface ComparisonProgress {
  readonly side: SideName;
  readonly phase: "searching" | "reading";
  /** How far the search of this side has come. */
  readonly search: Progress | undefined;
}

/**
 * Yields progress every few milliseconds. The bounds are of each side.
 * @param subjects one scenario, and two kernels that run it
 * @param stop asked then whether the person wants no more: what was found until then is compared
 * @throws Diverged
 */
export function* compare(
  subjects: Sides<Subject>,
  wishes: Wishes,
  clock: Clock,
  stop: () => boolean = () => false,
): Generator<ComparisonProgress, Comparison> {
  // The space of one side is given back before the other is searched.
  const before = yield* findingsOn("before", subjects.before, wishes, clock, stop);
  const after = yield* findingsOn("after", subjects.after, wishes, clock, stop);
  const findings = { before, after };
  return yield* telling("after", differences(subjects, findings));
}

function* findingsOn(
  side: SideName,
  subject: Subject,
  wishes: Wishes,
  clock: Clock,
  stop: () => boolean,
): Generator<ComparisonProgress, Findings> {
  const searching = explore(subject, wishes, clock, stop);
  let search: Progress | undefined;
  for (;;) {
    const next = searching.next();
    if (next.done) return yield* telling(side, findingsOf(next.value, wishes), search);
    search = next.value;
    yield { side, phase: "searching", search };
  }
}

/** A pass that tells where it belongs whenever it gives way. */
function* telling<T>(side: SideName, pass: Pass<T>, search?: Progress): Generator<ComparisonProgress, T> {
  for (;;) {
    const next = pass.next();
    if (next.done) return next.value;
    yield { side, phase: "reading", search };
  }
}

function* differences(subjects: Sides<Subject>, findings: Sides<Findings>): Pass<Comparison> {
  const verdicts = verdictChanges(findings);
  const onlyIn = yield* outcomesInOneOnly(findings);
  const machines = ofSides(subjects, ({ scenario, provider }) => createMachine(scenario, provider));
  const followed: Followed[] = [];
  for (const schedule of schedulesFor(verdicts, onlyIn, subjects.before.scenario.choices)) {
    const whole = yield* toTheEnd(machines[schedule.side], schedule.choices);
    followed.push({ schedule: { ...schedule, choices: whole }, parting: yield* partingOf(machines, whole) });
  }
  return { findings, verdicts, onlyIn, ...soonest(followed) };
}

type Followed = Pick<Comparison, "schedule" | "parting">;

/** The one that parts first, if one does. */
function soonest(followed: readonly Followed[]): Followed {
  const parted = followed.flatMap(({ schedule, parting }) => (parting === undefined ? [] : [{ schedule, parting }]));
  const [found] = parted.sort((a, b) => shorterFirst(a.parting, b.parting));
  const chosen = found ?? followed[0];
  if (chosen === undefined) throw new Error("there is a schedule to every comparison");
  return chosen;
}

/** A run that stops before its end goes on with each actor in turn: what shows late then shows too. */
function* toTheEnd(machine: Machine, choices: readonly Choice[]): Pass<readonly Choice[]> {
  const running = finish(machine, finalState(replay(machine, choices)), { most: LIMITS.choices - choices.length });
  for (;;) {
    const next = running.next();
    if (next.done) return [...choices, ...next.value.choices];
    if (next.value % SLICE === 0) yield;
  }
}

/** Steps made between two times of giving way. */
const SLICE = 256;
