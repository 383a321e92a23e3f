/** Counts how often actors' routines begin again, as far as questions need it: the counts are part of a state. */
import { handler, NOTHING } from "../automata/handler.ts";
import type { Watch } from "../automata/watch.ts";
import type { Condition, Question } from "./question.ts";

/** The column of an actor's count; undefined if nobody asks for it. */
export type RetryColumns = (actor: number) => number | undefined;

export function retryWatch(questions: readonly Question[]): Watch & { readonly retryColumns: RetryColumns } {
  /** By actor: counting up to here is enough for every question. */
  const most = new Map<number, number>();
  const note = (condition: Condition): void => {
    if (condition.kind === "not") note(condition.of);
    else if (condition.kind !== "leaf") condition.of.forEach(note);
    else if (condition.leaf.on === "retries")
      most.set(condition.leaf.actor, Math.max(condition.leaf.most, most.get(condition.leaf.actor) ?? 0));
  };
  for (const { condition } of questions) note(condition);
  const actors = [...most.keys()];
  let first = 0;

  return {
    columns: actors.length,
    begin(_, column) {
      first = column;
    },
    onKernel(actor, { events }) {
      const retries = events.filter(({ kind }) => kind === "retry").length;
      const limit = most.get(actor);
      if (retries === 0 || limit === undefined) return undefined;
      const place = actors.indexOf(actor);
      return handler(NOTHING, ({ after }) => {
        after[first + place] = Math.min(limit, (after[first + place] as number) + retries);
      });
    },
    retryColumns: (actor) => (most.has(actor) ? first + actors.indexOf(actor) : undefined),
  };
}
