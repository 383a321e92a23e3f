/** One actor as the page shows it: where it stands, what it can do, or why it can do nothing. */
import { hex } from "../hardware/descriptor.ts";
import type { Machine } from "../machine/machine.ts";
import type { KernelState, MachineState, MmuState } from "../machine/state.ts";
import type { ActorView, FrameView } from "../protocol.ts";
import type { Frame, LocalValue } from "../routine.ts";
import type { ActorSpec } from "../scenario/scenario.ts";
import type { Places } from "./places.ts";
import { callText, choiceText, idleText, intentText, programAccessText, returnText } from "./words.ts";

/** @param before the state before the last step, for what it changed */
export function actorView(
  machine: Machine,
  places: Places,
  state: MachineState,
  actor: number,
  before: MachineState | undefined,
): ActorView {
  const spec = machine.scenario.actors[actor] as ActorSpec;
  const own = state.actors[actor] as KernelState | MmuState;
  const offer = machine.offer(state, actor);
  const names = machine.scenario.actors.map((a) => a.name);
  const program = programOf(spec, own);
  const next =
    own.kind === "kernel"
      ? own.at === undefined
        ? ""
        : intentText(own.at.state.next)
      : (program.find((line) => line.state === "now")?.text ?? "");
  return {
    actor,
    name: spec.name,
    kind: spec.kind,
    status: offer.idle === undefined ? "ready" : offer.idle === "finished" ? "finished" : "waiting",
    ...(offer.idle !== undefined && { why: idleText(spec.name, offer, names) }),
    moves: offer.choices.map((choice) => ({ choice, text: choiceText(choice, next) })),
    program,
    frames: stackOf(own).map((frame, depth) => frameView(frame, places, before && stackOf(before.actors[actor])[depth])),
  };
}

type ProgramLine = ActorView["program"][number];

function programOf(spec: ActorSpec, own: KernelState | MmuState): readonly ProgramLine[] {
  const line = (text: string, n: number, now: number, result: string | undefined): ProgramLine => ({
    text,
    state: n < now ? "done" : n === now ? "now" : "later",
    ...(result !== undefined && { result }),
  });
  if (spec.kind === "kernel" && own.kind === "kernel") {
    return spec.calls.map((call, n) => {
      const value = own.returns[n];
      return line(callText(call), n, own.call, value === undefined ? undefined : returnText(call.fn, value));
    });
  }
  if (spec.kind === "mmu" && own.kind === "mmu") {
    return spec.accesses.map((access, n) => line(programAccessText(access), n, own.next, own.results[n]));
  }
  throw new Error("an actor's state is not of its specification's kind");
}

/** Innermost last. */
const stackOf = (own: KernelState | MmuState | undefined): readonly Frame[] =>
  own?.kind === "kernel" && own.at !== undefined ? own.at.state.stack : [];

/** @param before the frame in its place before the last step */
function frameView(frame: Frame, places: Places, before: Frame | undefined): FrameView {
  const place = placeOf(frame, places);
  const old = before !== undefined && placeOf(before, places).fn === place.fn ? before.locals : undefined;
  const isNew = (name: string, value: LocalValue): boolean =>
    old !== undefined && old.find((local) => local.name === name)?.value !== value;
  return {
    ...place,
    locals: frame.locals.map(({ name, value }) => ({ name, value: localText(value), ...(isNew(name, value) && { changed: true }) })),
  };
}

function placeOf({ label }: Frame, places: Places) {
  const place = places.get(label);
  if (place === undefined) throw new Error(`no listing has the label ${label}`);
  return place;
}

function localText(value: LocalValue): string {
  if (typeof value === "bigint") return hex(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}
