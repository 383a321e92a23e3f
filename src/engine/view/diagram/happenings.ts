/**
 * What a diagram tells of a run. Of the accesses only those that matter: all but reads of entries that nobody else
 * changes in the run. Accesses of one sort to neighbouring entries that look alike are one line.
 */
import { asPte, type Pte } from "../../hardware/descriptor.ts";
import type { GranuleName } from "../../hardware/granule.ts";
import { CALLS } from "../../kernel/calls.ts";
import { changeOf, type Effect, type Event, type MmuStep, type Step } from "../../machine/step.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { accessText, callText, returnText } from "../words.ts";
import type { Line } from "./columns.ts";
import { goesOn, lettersOf, looksText, placeText } from "./looks.ts";

/** Accesses told as one. */
interface Stretch {
  readonly step: string;
  readonly actor: number;
  readonly first: number;
  readonly olds: [Pte, ...Pte[]];
  readonly news: [Pte, ...Pte[]];
}

/** @param all every access, each on its own */
export function happenings(scenario: Scenario, steps: readonly Step[], all: boolean): readonly Line[] {
  const { granule } = scenario;
  const changers = changersOf(steps);
  const matters = ({ op, index }: { readonly op: string; readonly index: number }, actor: number): boolean =>
    op !== "read" || [...(changers.get(index) ?? [])].some((other) => other !== actor);
  const lines: Line[] = [];
  const begun = new Map<number, number>();
  let open: Stretch | undefined;

  const close = (): void => {
    if (open !== undefined) lines.push({ column: open.actor, inner: true, text: stretchText(granule, open) });
    open = undefined;
  };
  const tell = (column: number, inner: boolean, text: string): void => {
    close();
    lines.push({ column, inner, text });
  };

  /** Goes on with what is open, if it is the same to the next entry. */
  function access(actor: number, call: number, effect: Extract<Effect, { old: Pte }>): void {
    const { op, index, old } = effect;
    const pte = "new" in effect ? effect.new : old;
    const step = `${actor} ${call} ${op} ${op === "cmpxchg" && pte === old}`;
    const isNext = open !== undefined && !all && open.step === step && open.first + open.olds.length === index;
    if (open !== undefined && isNext && goesOn({ granule, words: open.olds }, old) && goesOn({ granule, words: open.news }, pte)) {
      open.olds.push(old);
      open.news.push(pte);
      return;
    }
    close();
    open = { step, actor, first: index, olds: [old], news: [pte] };
  }

  for (const step of steps) {
    const { actor } = step;
    const spec = scenario.actors[actor];
    if (step.kind === "kernel") {
      const call = spec?.kind === "kernel" ? spec.calls[step.call] : undefined;
      if (call !== undefined && begun.get(actor) !== step.call) tell(actor, false, callText(call));
      begun.set(actor, step.call);
      const { effect } = step;
      if ("old" in effect) {
        if (all || matters(effect, actor)) access(actor, step.call, effect);
      } else if (!LOCK_CALLS.has(step.fn)) tell(actor, true, effectText(effect));
    } else if (step.kind === "mmu") tell(actor, false, mmuText(granule, step));
    else tell(actor, true, `TLBI ${placeText(step.index, step.nr)} takes effect`);
    for (const event of step.events) {
      const text = eventText(granule, event);
      if (text !== undefined) tell(actor, true, text);
    }
  }
  close();
  return lines;
}

/** Calls that are nothing but what they do. */
const LOCK_CALLS = new Set(["ptl_lock", "ptl_unlock"]);

/** Who changes each entry. */
function changersOf(steps: readonly Step[]): ReadonlyMap<number, ReadonlySet<number>> {
  const changers = new Map<number, Set<number>>();
  for (const step of steps) {
    const change = changeOf(step);
    if (change === undefined) continue;
    const known = changers.get(change.index) ?? new Set();
    changers.set(change.index, known.add(step.actor));
  }
  return changers;
}

function stretchText(granule: GranuleName, { step, first, olds, news }: Stretch): string {
  const [, , op, isVain] = step.split(" ");
  const place = placeText(first, olds.length);
  const [was, is] = [looksText({ granule, words: olds }), looksText({ granule, words: news })];
  switch (op) {
    case "read":
      return `read ${place}: ${was}`;
    case "write":
      return `write ${place}: ${is}`;
    case "xchg":
      return is === "none" ? `clear ${place}, was ${was}` : `xchg ${place}: ${was} -> ${is}`;
    default:
      return isVain === "true" ? `cmpxchg ${place} fails: ${was}` : `cmpxchg ${place}: ${was} -> ${is}`;
  }
}

function effectText(effect: Exclude<Effect, { old: Pte }>): string {
  switch (effect.op) {
    case "tlbi":
      return `TLBI ${placeText(effect.index, effect.nr)}${effect.local ? ", own CPU only" : effect.sync ? "" : ", not waited for"}`;
    case "lock":
      return "lock ptl";
    case "unlock":
      return "unlock ptl";
    case "ref":
      return `folio of ${effect.pfn.toString(16)}: refcount ${effect.change > 0 ? "+" : "-"}1`;
    case "overrun":
      return `access to [${effect.index}], outside the table`;
    default:
      return effect satisfies never;
  }
}

function mmuText(granule: GranuleName, step: MmuStep): string {
  const access = accessText(step.rw, step.index);
  if (step.result !== "ok") return `${access}: ${step.result.replace(/^fault-(.*)/, "$1 fault")}`;
  if (step.update !== undefined) {
    const { index, old, new: pte } = step.update;
    const before = lettersOf(granule, old);
    const set = lettersOf(granule, pte).filter((letter) => !before.includes(letter));
    return `${access}: sets ${set.join(" and ")} in [${index}]`;
  }
  if (step.rw === "evict") return access;
  return `${access}: ${step.hit ? "TLB hit" : "walk"}`;
}

/** @returns undefined where the step has told it */
function eventText(granule: GranuleName, event: Event): string | undefined {
  switch (event.kind) {
    case "return":
      if (event.value === undefined) return undefined;
      return `returns ${CALLS.get(event.fn)?.returns === "pte" ? looksText({ granule, words: [asPte(event.value)] }) : returnText(event.fn, event.value)}`;
    case "warning":
      return `WARNING: ${event.message}`;
    case "retry":
      return "inconsistent: starts again";
    case "fault":
    case "scope":
      return undefined;
    case "tlb-conflict":
      return `TLB conflict at page ${event.index}${event.violation ? ", which must not be" : ""}`;
    default:
      return event satisfies never;
  }
}
