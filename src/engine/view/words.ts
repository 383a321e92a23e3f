/** The sentences in which steps, events and moves are told. */
import { hex } from "../hardware/descriptor.ts";
import type { Rw } from "../hardware/mmu.ts";
import { CALLS } from "../kernel/calls.ts";
import type { Offer } from "../machine/offer.ts";
import { type Effect, type Event, type KernelStep, placeText, type Step, tellingPlace } from "../machine/step.ts";
import type { Access, Call, Choice } from "../scenario/scenario.ts";

export function stepText(name: string, step: Step): string {
  switch (step.kind) {
    case "kernel":
      return `${name} ${effectText(step.effect)}${sourceText(step.source)}`;
    case "mmu":
      return `${name} ${accessText(step.rw, step.index)}: ${mmuResult(step)}`;
    case "land":
      return `A TLB invalidation by ${name} reaches every CPU: ${range(step.index, step.nr)}`;
    default:
      return step satisfies never;
  }
}

/** Of compiled code it is told where it stands: no listing beside it shows that. */
function sourceText(source: KernelStep["source"] = []): string {
  const place = tellingPlace(source);
  return place === undefined ? "" : ` at ${placeText(place)}`;
}

const range = (index: number, nr: number): string => (nr === 1 ? `entry ${index}` : `entries ${index} to ${index + nr - 1}`);

function effectText(effect: Effect): string {
  switch (effect.op) {
    case "read":
      return `reads entry ${effect.index}: ${wordText(effect.old)}`;
    case "write":
      return `writes ${wordText(effect.new)} to entry ${effect.index}`;
    case "xchg":
      return `takes ${wordText(effect.old)} out of entry ${effect.index} and leaves ${wordText(effect.new)}`;
    case "cmpxchg":
      return effect.new === effect.old
        ? `finds entry ${effect.index} changed and stores nothing`
        : `replaces entry ${effect.index} by ${wordText(effect.new)}`;
    case "tlbi":
      return `${effect.sync ? "flushes" : "starts flushing"} ${range(effect.index, effect.nr)} from ${effect.local ? "its CPU's own TLB" : "every TLB"}`;
    case "lock":
      return "takes the page-table lock";
    case "unlock":
      return "releases the page-table lock";
    case "ref":
      return `${effect.change > 0 ? "takes" : "drops"} a reference on the folio of frame ${hex(effect.pfn)}`;
    case "overrun":
      return `reaches for entry ${effect.index}, outside the page table`;
    default:
      return effect satisfies never;
  }
}

/** What a call returned, as people read it. */
export function returnText(fn: string, value: bigint): string {
  switch (CALLS.get(fn)?.returns) {
    case "number":
      return value.toString();
    case "frame":
      return value === 0n ? "0" : `frame ${hex(value)}`;
    default:
      return wordText(value);
  }
}

const wordText = (word: bigint): string => (word === 0n ? "none" : hex(word));

const RW_WORDS: Readonly<Record<Rw, string>> = {
  read: "reads page",
  write: "writes page",
  speculate: "walks ahead to page",
  evict: "evicts page",
};

export const accessText = (rw: Rw, index: number): string => `${RW_WORDS[rw]} ${index}`;

function mmuResult(step: Extract<Step, { kind: "mmu" }>): string {
  if (step.result !== "ok") return FAULT_WORDS[step.result];
  if (step.rw === "evict") return "dropped from the TLB";
  if (step.hit) return "the TLB answers";
  if (step.update === undefined) return step.rw === "speculate" ? "no access, no update" : "the walk succeeds, nothing to update";
  const flags = step.rw === "write" ? "accessed and dirty" : "accessed";
  return `hardware marks entry ${step.update.index} ${flags}`;
}

const FAULT_WORDS = {
  "fault-translation": "translation fault, the entry is not valid",
  "fault-access": "access flag fault",
  "fault-permission": "permission fault",
} as const;

export function eventText(name: string, event: Event): string {
  switch (event.kind) {
    case "return":
      return event.value === undefined ? `${event.fn} returns` : `${event.fn} returns ${returnText(event.fn, event.value)}`;
    case "warning":
      return `Warning: ${event.message}`;
    case "retry":
      return `${name} found the block inconsistent and starts again`;
    case "fault":
      return `${FAULT_WORDS[event.fault]} at page ${event.index}`;
    case "tlb-conflict":
      return `TLB conflict: entries of different size answer for page ${event.index}${event.violation ? ", which break-before-make forbids" : ""}`;
    case "scope":
      return `Entry ${event.index} is outside the page table: ${name} ends here`;
    default:
      return event satisfies never;
  }
}

const PROT_WORDS = { rw: "read and write", ro: "read only", none: "no access" } as const;

const FLAG_WORDS = { 1: "young", 2: "dirty", 3: "young and dirty" } as const;

export function callText(call: Call): string {
  const { fn, index, nr, pte, flags, full, dirty, write, type, prot } = call;
  const args = [
    index !== undefined && `${index}`,
    pte !== undefined && (typeof pte === "bigint" ? hex(pte) : [`result ${pte.result}`, ...pte.apply].join(" ")),
    nr !== undefined && `${nr}`,
    flags !== undefined && FLAG_WORDS[flags],
    full !== undefined && (full ? "full" : "not full"),
    dirty !== undefined && (dirty ? "dirty" : "not dirty"),
    write !== undefined && (write ? "to write" : "to read"),
    type !== undefined && `swap area ${type}`,
    prot !== undefined && PROT_WORDS[prot],
  ].filter((arg) => arg !== false);
  return `${fn}(${args.join(", ")})`;
}

export const programAccessText = ({ rw, index }: Access): string =>
  `${rw === "any" ? "read or write" : rw} ${index === "any" ? "any valid page" : `page ${index}`}`;

export function idleText(name: string, offer: Offer, names: readonly string[]): string {
  switch (offer.idle) {
    case "finished":
      return `${name} has finished`;
    case "waits-for-lock":
      return `${name} waits for the page-table lock, which ${names[offer.holder ?? -1] ?? "nobody"} holds`;
    case "no-valid-entry":
      return `${name} waits: no entry is valid now`;
    case undefined:
      return `${name} can move`;
    default:
      return offer.idle satisfies never;
  }
}

/** What tells this choice from the actor's other choices. */
export function choiceText(choice: Choice, next: string): string {
  if (typeof choice === "number") return next;
  if ("land" in choice) return `pending flush ${choice.land} takes effect`;
  const { access, answer, entry } = choice;
  return [
    access ? accessText(access[0], access[1]) : next,
    answer !== undefined && `TLB answer ${answer}`,
    entry !== undefined && `hardware updates entry ${entry}`,
  ]
    .filter((part) => part !== false)
    .join("; ");
}

/** What a kernel actor's next operation will do, before it is known what it observes. */
export function intentText(op: { readonly op: string; readonly index?: number; readonly nr?: number }): string {
  const where = op.index === undefined ? "" : op.nr === undefined ? ` entry ${op.index}` : ` ${range(op.index, op.nr)}`;
  return `${op.op}${where}`;
}
