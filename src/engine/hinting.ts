/** Hints for challenges: what to do next on the way to a goal. A part of the host that is loaded when the first is asked for. */
import type { Goal } from "./challenge/challenge.ts";
import { type Sought, seek } from "./challenge/seek.ts";
import { type Way, wayFrom } from "./challenge/way.ts";
import type { Ground } from "./exploring.ts";
import { subjectOf } from "./lab.ts";
import type { Machine } from "./machine/machine.ts";
import { replay } from "./machine/run.ts";
import type { Challenged, Hint } from "./protocol.ts";
import { actorOf, type Choice } from "./scenario/scenario.ts";
import { stepView } from "./view/stepView.ts";

export interface Hinting {
  hint(params: Challenged, id: number): Promise<Hint | undefined>;
  /** Lets go of the search that is kept. */
  forget(): void;
}

/** A search that was finished, kept for the next hint. */
interface Kept {
  readonly handle: number;
  readonly goal: string;
  readonly sought: Sought;
}

/** @param compiled the inner loop of the search as WebAssembly, if there is any */
export function createHinting(ground: Ground, compiled: WebAssembly.Module | undefined): Hinting {
  let kept: Kept | undefined;

  /** @returns undefined if nobody wants it any more */
  async function soughtFor({ handle, goal }: Challenged, id: number): Promise<Sought | "stopped" | undefined> {
    if (kept?.handle === handle && kept.goal === keyOf(goal)) return kept.sought;
    kept = undefined;
    const subject = subjectOf({ ...ground.openedAs(handle).machine.scenario, choices: [] });
    const seeking = seek(subject, goal, ground.clock, () => ground.isStopped(id), compiled);
    const sought = await ground.inSlices(seeking, ground.isCancelled(id), (found) => {
      if (found !== undefined) ground.report(id, { states: found.states });
    });
    if (sought !== undefined && sought !== "stopped") kept = { handle, goal: keyOf(goal), sought };
    return sought;
  }

  async function hint(params: Challenged, id: number): Promise<Hint | undefined> {
    const sought = await soughtFor(params, id);
    if (sought === undefined) return undefined;
    if (sought === "stopped") return { kind: "stopped" };
    const way = await ground.inSlices(wayFrom(sought, params.choices), ground.isCancelled(id));
    return way && hintView(ground.openedAs(params.handle).machine, params.choices, way);
  }

  return {
    hint,
    forget() {
      kept = undefined;
    },
  };
}

const keyOf = (goal: Goal): string => JSON.stringify(goal);

function hintView(machine: Machine, choices: readonly Choice[], way: Way): Hint {
  if (way.kind !== "way") return way;
  const [first] = way.choices;
  if (first === undefined) throw new Error("a way has a first step");
  const actor = actorOf(first);
  const change = way.choices.findIndex((choice) => actorOf(choice) !== actor);
  const turn = change < 0 ? way.choices : way.choices.slice(0, change);
  const last = replay(machine, [...choices, ...turn]).steps.at(-1);
  const names = machine.scenario.actors.map(({ name }) => name);
  return { kind: "way", turn, actor, upTo: last === undefined ? "" : stepView(last, names).text, switches: way.switches };
}
