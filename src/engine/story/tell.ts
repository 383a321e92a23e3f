/** Tells an act: makes its moves on the machine, and says where each beat stands and whether what it claims is so. */
import type { Machine } from "../machine/machine.ts";
import type { Choice } from "../scenario/scenario.ts";
import { type FocusView, focusOn } from "./focus.ts";
import { make } from "./move.ts";
import { conditionIn, isSoAt, type Place } from "./place.ts";
import type { Act, Beat } from "./story.ts";
import { Untellable } from "./untellable.ts";

export type Told =
  /** The whole run, and where in it each beat stands. */
  | { readonly ok: true; readonly choices: readonly Choice[]; readonly beats: readonly ToldBeat[] }
  /** The beat, from 0, that cannot be told as it is written, and a sentence about it, without a full stop. */
  | { readonly ok: false; readonly beat: number; readonly sentence: string };

export interface ToldBeat {
  /** How many choices have been made. */
  readonly at: number;
  readonly checks: readonly { readonly text: string; readonly holds: boolean }[];
  readonly focus: FocusView;
}

/** Yields after every step, so that the caller can pause or stop. A check that does not hold is told like one that does. */
export function* tell(machine: Machine, beats: Act["beats"]): Generator<number, Told> {
  const told: ToldBeat[] = [];
  let place: Place = { choices: [], state: machine.initial, retries: machine.scenario.actors.map(() => 0) };
  for (const [number, beat] of beats.entries()) {
    let where = `beat ${number + 1}`;
    try {
      for (const [n, move] of (beat.moves ?? []).entries()) {
        where = `beat ${number + 1}, move ${n + 1}`;
        place = yield* make(machine, move, place);
      }
      where = `beat ${number + 1}`;
      told.push(lookAt(machine, beat, place));
    } catch (error) {
      if (error instanceof Untellable) return { ok: false, beat: number, sentence: `${where}: ${error.message}` };
      throw error;
    }
  }
  return { ok: true, choices: place.choices, beats: told };
}

const lookAt = (machine: Machine, { checks = [], focus = {} }: Beat, place: Place): ToldBeat => ({
  at: place.choices.length,
  checks: checks.map((text) => ({ text, holds: isSoAt(conditionIn(machine.scenario, text), place) })),
  focus: focusOn(machine, focus),
});
