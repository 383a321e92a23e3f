/**
 * Says in one sentence what failed in a run, at which step and entry, and which earlier
 * step wrote the value that matters. Reads the run that the machine replays; what failed
 * has been found by the watches.
 */
import { hex, type Pte } from "../hardware/descriptor.ts";
import { GRANULES, pfnOf } from "../hardware/granule.ts";
import { covers } from "../hardware/tlb.ts";
import { folioOf } from "../kernel/kernel.ts";
import { isDirty, isPresent, isYoung } from "../kernel/pte.ts";
import type { Machine } from "../machine/machine.ts";
import { type Run, replay } from "../machine/run.ts";
import type { MachineState } from "../machine/state.ts";
import { changeOf, type KernelStep, placeText, type Step, tellingPlace } from "../machine/step.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { Failure } from "./explore.ts";
import type { PropertyId } from "./properties/property.ts";

export interface Explanation {
  readonly sentence: string;
  /** The step that failed, from 0; undefined where the end of the run itself is the failure. */
  readonly step?: number;
  readonly entry?: number;
  /** The earlier step that wrote the value that matters; undefined where it stood there from the start. */
  readonly wrote?: number;
}

/** A run up to the step that failed. */
interface Scene {
  readonly scenario: Scenario;
  readonly steps: readonly Step[];
  readonly states: readonly MachineState[];
  /** The failing step: the last one. */
  readonly last: Step | undefined;
  readonly end: MachineState;
  readonly entry: number;
  name(actor: number): string;
}

export function explain(machine: Machine, { property, entry, choices }: Failure): Explanation {
  const run = replay(machine, choices);
  const scene = sceneOf(machine.scenario, run, entry);
  const { sentence, at = entry, wrote } = TELLERS[property](scene);
  const writer = wrote ?? (at >= 0 ? lastWriter(scene, at) : undefined);
  return {
    sentence,
    ...(property !== "no-deadlock" && property !== "reader-progress" && { step: run.steps.length - 1 }),
    ...(at >= 0 && { entry: at }),
    ...(writer !== undefined && { wrote: writer }),
  };
}

function sceneOf(scenario: Scenario, run: Run, entry: number): Scene {
  const { steps, states } = run;
  const end = states.at(-1);
  if (end === undefined) throw new Error("a run has at least its first state");
  return { scenario, steps, states, last: steps.at(-1), end, entry, name: (actor) => scenario.actors[actor]?.name ?? `actor ${actor}` };
}

interface Told {
  readonly sentence: string;
  /** The entry that matters, if it is another one than was reported. */
  readonly at?: number;
  readonly wrote?: number;
}

/** The step before the last that changed an entry. */
const lastWriter = ({ steps }: Scene, entry: number): number | undefined => {
  const found = steps.slice(0, -1).findLastIndex((step) => changeOf(step)?.index === entry);
  return found < 0 ? undefined : found;
};

const wordOf = (pte: bigint): string => (pte === 0n ? "none" : hex(pte));
const pteNow = ({ end }: Scene, entry = -1): string => wordOf(end.table.read(entry));

const who = (scene: Scene): string => (scene.last === undefined ? "the start" : scene.name(scene.last.actor));
const where = ({ last }: Scene): string => (last?.kind === "kernel" ? placeOf(last) : "hardware");

/** The label, or the line of a kernel tree. */
function placeOf({ label, source }: KernelStep): string {
  const place = source && tellingPlace(source);
  return place === undefined ? label : placeText(place);
}

const isIn = (step: Step | undefined, fn: string): boolean =>
  step?.kind === "kernel" && (step.source?.some((place) => place.fn === fn) ?? step.label.startsWith(`${fn}.`));

const TELLERS: Readonly<Record<PropertyId, (scene: Scene) => Told>> = {
  "no-lost-dirty": (scene) => lostMark(scene, "dirty", isDirty),
  "no-lost-young": (scene) => lostMark(scene, "young", isYoung),
  "lockless-value": (scene) => ({
    sentence: `${who(scene)}'s ptep_get_lockless(${scene.entry}) returned ${returned(scene)}, which entry ${scene.entry} did not hold at any instant of the call.`,
  }),
  "lockless-keeps-ad": (scene) => missedMark(scene),
  "lockless-no-foreign-ad": (scene) => foreignMark(scene),
  "reader-progress": (scene) => ({
    sentence: `From here on the lockless read of entry ${scene.entry} starts again for ever: no writer is in a call, and its block does not fit together.`,
  }),
  "block-homogeneous": (scene) => brokenBlock(scene),
  "break-before-make": (scene) => ({
    sentence: `${who(scene)} makes entry ${scene.entry} valid at ${where(scene)}, but no flush of the whole block has completed since all its entries were invalid.`,
  }),
  "tlb-unique": (scene) => {
    const { last, end, entry } = scene;
    const own = last === undefined ? undefined : end.actors[last.actor];
    const held =
      own?.kind === "mmu"
        ? own.tlb.filter((e) => covers(e, entry)).map((e) => `${e.count === 1 ? "a page" : `${e.count} pages`} from ${e.start}`)
        : [];
    return { sentence: `${who(scene)}'s TLB holds ${held.length} entries over page ${entry}: ${held.join(" and ")}.` };
  },
  "tightening-complete": (scene) => ({
    sentence: `${who(scene)}'s TLB now grants more over page ${scene.entry} than its PTE ${pteNow(scene, scene.entry)} does, although a flush has covered the page since it was tightened.`,
  }),
  scope: (scene) => ({
    sentence: `${who(scene)} accesses entry ${scene.entry} at ${where(scene)}, which is in no block of the range it was called for.`,
  }),
  "cont-confined": (scene) => ({
    sentence: `${who(scene)} stores ${pteNow(scene, scene.entry)}, with CONT, in entry ${scene.entry} at ${where(scene)}: only contpte_set_ptes and contpte_convert may.`,
  }),
  "cont-implies-valid": (scene) => ({
    sentence: `${who(scene)} stores ${pteNow(scene, scene.entry)}, with CONT, in entry ${scene.entry} at ${where(scene)}, although what is mapped there must not be valid.`,
  }),
  "fault-progress": (scene) => ({
    sentence: `${who(scene)}'s ptep_set_access_flags has returned, and entry ${scene.entry}, ${pteNow(scene, scene.entry)}, or a TLB entry over it still does not allow the access that faulted.`,
  }),
  "one-folio-aligned": (scene) => ({
    sentence: `${who(scene)} stores ${pteNow(scene, scene.entry)}, with CONT, in entry ${scene.entry} at ${where(scene)}: that is not one folio of a process, aligned and not special.`,
  }),
  "no-stale-tlb": (scene) => ({
    sentence: isIn(scene.last, "contpte_convert")
      ? `${who(scene)}'s contpte_convert is through, and a TLB still holds an entry of the whole block over page ${scene.entry}, whose PTE ${pteNow(scene, scene.entry)} has no CONT.`
      : `A TLB still answers for page ${scene.entry} with what its PTE, ${pteNow(scene, scene.entry)}, does not hold any more, and nobody owes a flush of it.`,
  }),
  "legal-dirty-encoding": (scene) => ({
    sentence: `${who(scene)} stores ${pteNow(scene, scene.entry)} in entry ${scene.entry} at ${where(scene)}: WRITE and DIRTY are set, and so is RDONLY.`,
  }),
  "no-deadlock": (scene) => {
    const { ptl } = scene.end;
    return {
      sentence: `Nobody can move and not everybody has finished${ptl === undefined ? "" : `: ${scene.name(ptl)} holds the page-table lock`}.`,
    };
  },
};

function returned({ last }: Scene): string {
  const event = last?.events.find(({ kind }) => kind === "return");
  return event?.kind === "return" && event.value !== undefined ? wordOf(event.value) : "nothing";
}

type Mark = (pte: Pte) => boolean;

/** The step that took a folio's last mark, and the one that had made it. */
function lostMark(scene: Scene, name: string, has: Mark): Told {
  const { scenario, steps, states } = scene;
  const granule = GRANULES[scenario.granule];
  const marked = (state: MachineState): ReadonlySet<bigint> =>
    new Set(
      state.table
        .words()
        .filter((pte) => isPresent(pte) && has(pte))
        .map((pte) => folioOf(scenario, pfnOf(granule, pte)).pfn),
    );
  const now = marked(scene.end);
  for (let n = steps.length - 1; n >= 0; n--) {
    const [before, step] = [states[n], steps[n]];
    const change = step && changeOf(step);
    if (before === undefined || step === undefined || change === undefined || !isPresent(change.old) || !has(change.old)) continue;
    const folio = folioOf(scenario, pfnOf(granule, change.old)).pfn;
    if (now.has(folio) || !marked(before).has(folio) || marked(states[n + 1] ?? before).has(folio)) continue;
    const made = steps.slice(0, n).findLastIndex((other) => {
      const to = changeOf(other);
      return to !== undefined && to.index === change.index && has(to.new) && !has(to.old);
    });
    const place = step.kind === "kernel" ? ` at ${placeOf(step)}` : "";
    return {
      sentence: `The folio of frame ${hex(folio)} was ${name} and no PTE says so any more: ${scene.name(step.actor)} took the last mark out of entry ${change.index}${place}, and no call gave it back.`,
      at: change.index,
      ...(made >= 0 && { wrote: made }),
    };
  }
  return { sentence: `A folio was ${name} and no PTE says so any more.` };
}

function missedMark(scene: Scene): Told {
  const { steps, entry } = scene;
  const { contPtes } = GRANULES[scene.scenario.granule];
  const start = entry - (entry % contPtes);
  const made = steps.slice(0, -1).findLastIndex((step) => {
    const change = changeOf(step);
    return change !== undefined && change.index >= start && change.index < start + contPtes && marks(change.new) > marks(change.old);
  });
  return {
    sentence: `${who(scene)}'s ptep_get_lockless(${entry}) returned ${returned(scene)}, without a mark that the entry or its block had all through the call.`,
    ...(made >= 0 && { wrote: made }),
  };
}

function foreignMark(scene: Scene): Told {
  const { steps, entry } = scene;
  const { contPtes } = GRANULES[scene.scenario.granule];
  const start = entry - (entry % contPtes);
  const made = steps.slice(0, -1).findLastIndex((step) => {
    const change = changeOf(step);
    return change !== undefined && change.index >= start && change.index < start + contPtes && marks(change.new) > 0;
  });
  return {
    sentence: `${who(scene)}'s ptep_get_lockless(${entry}) returned ${returned(scene)} with a mark that no entry of that frame's run and protection had: it comes from another mapping.`,
    ...(made >= 0 && { wrote: made }),
  };
}

const marks = (pte: Pte): number => (isPresent(pte) ? (isDirty(pte) ? 1 : 0) + (isYoung(pte) ? 1 : 0) : 0);

function brokenBlock(scene: Scene): Told {
  const { contPtes } = GRANULES[scene.scenario.granule];
  const end = scene.entry + contPtes - 1;
  const call = scene.last?.kind === "kernel" ? scene.last.fn : "a call";
  const last = scene.steps.findLastIndex((step) => {
    const change = changeOf(step);
    return change !== undefined && change.index >= scene.entry && change.index <= end;
  });
  const index = changeOf(scene.steps[last] as Step)?.index;
  return {
    sentence: `${who(scene)}'s ${call} is over, and some of the entries ${scene.entry} to ${end} have CONT, but they are not one run of valid entries with one protection.`,
    ...(index !== undefined && { at: index, wrote: last }),
  };
}
