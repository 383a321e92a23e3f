/** Makes one move of a story: some actors go on until its goal is met, and not to meet it is a mistake in the story. */
import { finish, type Limits } from "../machine/finish.ts";
import type { Machine } from "../machine/machine.ts";
import { meets, type Stop } from "../machine/stops.ts";
import { LIMITS } from "../scenario/limits.ts";
import type { Choice } from "../scenario/scenario.ts";
import { actorNamed } from "./names.ts";
import { conditionIn, isSoAt, type Place, withRetriesOf } from "./place.ts";
import type { Move } from "./story.ts";
import { Untellable } from "./untellable.ts";

/** Yields after every step. @throws Untellable */
export function* make(machine: Machine, move: Move, from: Place): Generator<number, Place> {
  const actors = move.actors.map((name) => actorNamed(machine.scenario, name));
  const goals = Object.keys(move).filter((key) => key !== "actors"); // the types let several through
  if (goals.length !== 1) throw new Untellable(`a move has one goal, and not ${goals.join(" and ") || "none"}`);
  if ("choose" in move) return choose(machine, actors, move.choose, from);
  const who = move.actors.join(", ");
  if ("steps" in move) {
    const { place, made } = yield* goOn(machine, from, { actors, most: move.steps });
    if (made < move.steps) throw new Untellable(`${who} can make ${made} steps, and not ${move.steps}`);
    return place;
  }
  const { goal, isMet } = goalOf(machine, move, from);
  const { place, isStopped } = yield* goOn(machine, from, { actors, most: LIMITS.choices - from.choices.length }, isMet);
  if (!isStopped) throw new Untellable(`${who} went as far as possible and did not come to ${goal}`);
  return place;
}

interface Gone {
  readonly place: Place;
  readonly made: number;
  readonly isStopped: boolean;
}

/** Whether a step, and the place that it leads to, is what a move is to come to. */
type IsMet = (place: Pick<Place, "state" | "retries">, ...step: Parameters<NonNullable<Limits["isStop"]>>) => boolean;

function* goOn(machine: Machine, from: Place, limits: Limits, isMet: IsMet = () => false): Generator<number, Gone> {
  let { retries } = from;
  const { choices, final, ended } = yield* finish(machine, from.state, {
    ...limits,
    isStop: (before, transition) => {
      retries = withRetriesOf(retries, transition.step);
      return isMet({ state: transition.state, retries }, before, transition);
    },
  });
  return {
    place: { choices: [...from.choices, ...choices], state: final, retries },
    made: choices.length,
    isStopped: ended === "stop",
  };
}

function goalOf(
  { scenario }: Machine,
  move: Exclude<Move, { readonly steps: number } | { readonly choose: unknown }>,
  from: Place,
): { readonly goal: string; readonly isMet: IsMet } {
  if ("until" in move) {
    const condition = conditionIn(scenario, move.until);
    // A move that moves nobody points at something that has long been so: the story has slipped.
    if (isSoAt(condition, from)) throw new Untellable(`"${move.until}" is so already`);
    return { goal: `"${move.until}"`, isMet: (place) => isSoAt(condition, place) };
  }
  const stop: Stop = "line" in move ? { on: "line", label: move.line } : { on: "event", event: move.event };
  return { goal: stop.on === "line" ? `line ${stop.label}` : `a ${stop.event}`, isMet: (_, ...step) => meets(stop, ...step) };
}

function choose(machine: Machine, [actor, other]: readonly number[], freedoms: object, { choices, state, retries }: Place): Place {
  if (actor === undefined || other !== undefined) throw new Untellable("one actor makes a choice, not several");
  const choice = { ...freedoms, actor } as Choice;
  const transition = machine.step(state, choice);
  if (transition === undefined) {
    const offered = machine.offer(state, actor).choices.map((one) => JSON.stringify(one));
    throw new Untellable(`${JSON.stringify(choice)} is not on offer${offered.length > 0 ? `, only ${offered.join(", ")}` : ""}`);
  }
  return { choices: [...choices, choice], state: transition.state, retries: withRetriesOf(retries, transition.step) };
}
