/** What a beat points at: names and ranges of a story, made into the numbers of a machine. */
import type { Machine } from "../machine/machine.ts";
import type { ActorSpec } from "../scenario/scenario.ts";
import { actorNamed } from "./names.ts";
import type { Focus } from "./story.ts";
import { Untellable } from "./untellable.ts";

/** By number. What a story does not point at is empty or missing. */
export interface FocusView {
  readonly entries: readonly number[];
  readonly actors: readonly number[];
  readonly tlb?: number;
  readonly line?: number;
}

/** @throws Untellable if there is nothing of that name or number */
export function focusOn({ scenario }: Machine, { entries, actors = [], tlb, line }: Focus): FocusView {
  return {
    entries: entries === undefined ? [] : entriesOf(entries, scenario.ptes.length),
    actors: actors.map((name) => actorNamed(scenario, name)),
    ...(tlb !== undefined && { tlb: actorOfKind(scenario, tlb, "mmu", "an MMU") }),
    ...(line !== undefined && { line: actorOfKind(scenario, line, "kernel", "an actor that runs kernel code") }),
  };
}

function actorOfKind(scenario: Machine["scenario"], name: string, kind: ActorSpec["kind"], wanted: string): number {
  const actor = actorNamed(scenario, name);
  if (scenario.actors[actor]?.kind !== kind) throw new Untellable(`the focus needs ${wanted}, and ${name} is none`);
  return actor;
}

const RANGE = /^(\d+)(?:-(\d+))?$/;

/** @param length of the table */
function entriesOf(text: string, length: number): readonly number[] {
  return text.split(",").flatMap((part) => {
    const [, from, to = from] = RANGE.exec(part.trim()) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (!(first <= last && last < length)) {
      throw new Untellable(`the focus ${text} should be entries of the table, such as 0-3 or 4, 8-15, up to ${length - 1}`);
    }
    return Array.from({ length: last - first + 1 }, (_, n) => first + n);
  });
}
