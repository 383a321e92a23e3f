/** A step as the timeline and the captions show it. */
import { hex } from "../hardware/descriptor.ts";
import type { Update } from "../hardware/mmu.ts";
import { isReadOnly, isYoung } from "../kernel/pte.ts";
import { changeOf, type Step } from "../machine/step.ts";
import type { StepView } from "../protocol.ts";
import { eventText, stepText } from "./words.ts";

export function stepView(step: Step, names: readonly string[]): StepView {
  const name = names[step.actor] ?? `actor ${step.actor}`;
  const change = changeOf(step);
  return {
    actor: step.actor,
    text: stepText(name, step),
    ...where(step),
    ...(change && { change: { index: change.index, old: hex(change.old), new: hex(change.new) } }),
    ...(step.kind === "mmu" && change && { recorded: recordedBy(change) }),
    events: step.events.map((event) => ({ kind: event.kind, text: eventText(name, event) })),
  };
}

const recordedBy = ({ old, new: after }: Update): NonNullable<StepView["recorded"]> => ({
  young: isYoung(after) && !isYoung(old),
  dirty: isReadOnly(old) && !isReadOnly(after),
});

function where(step: Step): Pick<StepView, "op" | "index" | "count" | "lands" | "fn" | "call" | "label"> {
  switch (step.kind) {
    case "kernel": {
      const { fn, call, label, effect } = step;
      return {
        op: effect.op,
        fn,
        call,
        label,
        ...("index" in effect && { index: effect.index, count: effect.op === "tlbi" ? effect.nr : 1 }),
        ...(effect.op === "tlbi" && effect.sync && !effect.local && { lands: true }),
      };
    }
    case "mmu":
      return { op: `mmu-${step.rw}`, index: step.index, count: 1 };
    case "land":
      return { op: "land", index: step.index, count: step.nr, lands: true };
    default:
      return step satisfies never;
  }
}
