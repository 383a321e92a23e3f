/**
 * The machine: who may move, and what a move does. State and choice in, state and
 * step out; it holds nothing itself. One shared-memory access is one step, and pure
 * computation belongs to the step before it (design: sequentially consistent memory).
 */

import { isValid } from "../hardware/descriptor.ts";
import { GRANULES } from "../hardware/granule.ts";
import { pageTable } from "../hardware/memory.ts";
import { type AccessOutcome, access, type Mmu, type Rw } from "../hardware/mmu.ts";
import { EMPTY_TLB } from "../hardware/tlb.ts";
import type { Note, RoutineProvider, RoutineState, Suspended } from "../routine.ts";
import {
  actorOf,
  type Call,
  type Choice,
  choiceKey,
  type KernelActorSpec,
  type MmuActorSpec,
  type Scenario,
} from "../scenario/scenario.ts";
import { noOffer, type Offer, offered } from "./offer.ts";
import { perform } from "./operations.ts";
import { resolveCall } from "./resolveCall.ts";
import type { ActorState, KernelState, MachineState, MmuState } from "./state.ts";
import type { Effect, Event, Step } from "./step.ts";
import { landAll, landOne } from "./tlbi.ts";

export interface Transition {
  readonly state: MachineState;
  readonly step: Step;
}

export interface Machine {
  readonly scenario: Scenario;
  readonly initial: MachineState;
  /** What this actor can do now, or why it can do nothing. */
  offer(state: MachineState, actor: number): Offer;
  /** Everything that can happen now, actors in order. Empty: the run has ended. */
  choices(state: MachineState): readonly Choice[];
  /** @returns undefined if the choice is not on offer in this state */
  step(state: MachineState, choice: Choice): Transition | undefined;
}

export function createMachine(scenario: Scenario, provider: RoutineProvider): Machine {
  const mmu: Mmu = { granule: GRANULES[scenario.granule], features: scenario.features };

  /** Enters call number `call`; a call without any access is over at once, and so is the next. */
  function enter(spec: KernelActorSpec, returns: readonly (bigint | undefined)[], events: Event[]): KernelState {
    const done: (bigint | undefined)[] = [...returns];
    for (const call of spec.calls.slice(done.length)) {
      const routine = provider.routine(resolveCall(call as Call, done));
      const state = routine.start;
      events.push(...state.notes.map(eventOf));
      if (state.status === "suspended") return { kind: "kernel", call: done.length, at: { routine, state }, returns: done };
      events.push({ kind: "return", call: done.length, fn: call.fn, value: state.value });
      done.push(state.value);
    }
    return { kind: "kernel", call: done.length, at: undefined, returns: done };
  }

  function initialActor(spec: Scenario["actors"][number]): ActorState {
    if (spec.kind === "kernel") return enter(spec, [], []);
    return { kind: "mmu", next: 0, tlb: EMPTY_TLB, results: [] };
  }

  const initial: MachineState = {
    table: pageTable(scenario.ptes),
    ptl: undefined,
    pending: [],
    actors: scenario.actors.map(initialActor),
  };

  function actorState(state: MachineState, actor: number): ActorState {
    const found = state.actors[actor];
    if (found === undefined) throw new RangeError(`there is no actor ${actor}`);
    return found;
  }

  function withActor(state: MachineState, actor: number, next: ActorState): MachineState {
    return { ...state, actors: state.actors.with(actor, next) };
  }

  /** The accesses that the actor's next access stands for: several when a part of it is a choice. */
  function accesses(state: MachineState, spec: MmuActorSpec, next: number): readonly (readonly [rw: Rw, index: number])[] {
    const wanted = spec.accesses[next];
    if (wanted === undefined) return [];
    const kinds: readonly Rw[] = wanted.rw === "any" ? ["read", "write"] : [wanted.rw];
    const indexes = wanted.index === "any" ? validEntries(state) : [wanted.index];
    return indexes.flatMap((index) => kinds.map((rw) => [rw, index] as const));
  }

  const validEntries = (state: MachineState): readonly number[] => state.table.words().flatMap((pte, i) => (isValid(pte) ? [i] : []));

  interface MmuMove {
    readonly choice: Choice;
    readonly rw: Rw;
    readonly index: number;
    readonly outcome: AccessOutcome;
  }

  function mmuMoves(state: MachineState, actor: number, spec: MmuActorSpec, own: MmuState): readonly MmuMove[] {
    const wanted = spec.accesses[own.next];
    const chosen = wanted?.rw === "any" || wanted?.index === "any";
    return accesses(state, spec, own.next).flatMap(([rw, index]) =>
      access(mmu, state.table, own.tlb, rw, index).map((outcome) => {
        const freedoms = {
          ...(chosen && { access: [rw, index] as const }),
          ...(outcome.answer !== undefined && { answer: outcome.answer }),
          ...(outcome.entry !== undefined && { entry: outcome.entry }),
        };
        const choice: Choice = Object.keys(freedoms).length > 0 ? { actor, ...freedoms } : actor;
        return { choice, rw, index, outcome };
      }),
    );
  }

  function kernelOffer(state: MachineState, actor: number, own: KernelState): Offer {
    const landings = state.pending.flatMap((flush, k) => (flush.actor === actor ? [{ actor, land: k }] : []));
    if (own.at === undefined) return noOffer("finished");
    if (own.at.state.next.op === "lock" && state.ptl !== undefined) {
      return landings.length > 0 ? offered(landings) : noOffer("waits-for-lock", state.ptl);
    }
    return offered([actor, ...landings]);
  }

  function offer(state: MachineState, actor: number): Offer {
    const own = actorState(state, actor);
    const spec = scenario.actors[actor];
    if (own.kind === "kernel") return kernelOffer(state, actor, own);
    if (spec?.kind !== "mmu" || own.next >= spec.accesses.length) return noOffer("finished");
    const moves = mmuMoves(state, actor, spec, own);
    return moves.length > 0 ? offered(moves.map((move) => move.choice)) : noOffer("no-valid-entry");
  }

  function stepMmu(state: MachineState, actor: number, own: MmuState, spec: MmuActorSpec, choice: Choice): Transition | undefined {
    const key = choiceKey(choice);
    const move = mmuMoves(state, actor, spec, own).find((m) => choiceKey(m.choice) === key);
    if (move === undefined) return undefined;
    const { outcome, rw, index } = move;
    const { update, result, conflict } = outcome;
    const events: Event[] = [];
    if (conflict !== undefined) events.push({ kind: "tlb-conflict", index, entries: conflict, violation: scenario.features.bbm === 0 });
    if (result !== "ok") events.push({ kind: "fault", fault: result, index });
    const next: MmuState = { ...own, next: own.next + 1, tlb: outcome.tlb, results: [...own.results, result] };
    const table = update === undefined ? state.table : state.table.write(update.index, update.new);
    const step: Step = {
      kind: "mmu",
      actor,
      choice,
      access: own.next,
      rw,
      index,
      result,
      hit: outcome.hit,
      ...(update && { update }),
      events,
    };
    return { state: withActor({ ...state, table }, actor, next), step };
  }

  function stepKernel(state: MachineState, actor: number, own: KernelState, spec: KernelActorSpec, choice: Choice): Transition | undefined {
    if (own.at === undefined) return undefined;
    const { routine, state: at } = own.at;
    const performed = perform(state, actor, at.next);
    const events: Event[] = [...performed.events];
    const after = performed.ended ? giveUp(own) : resume(spec, own, routine.advance(at, performed.observed), routine, events);
    const moved = withActor(performed.state, actor, after);
    const settled = after.at === undefined ? landAll(moved, actor) : moved;
    const step: Step = {
      kind: "kernel",
      actor,
      choice,
      fn: routine.fn,
      call: own.call,
      label: labelOf(at),
      effect: performed.effect,
      events,
    };
    return { state: settled, step };
  }

  function resume(
    spec: KernelActorSpec,
    own: KernelState,
    next: RoutineState,
    routine: NonNullable<KernelState["at"]>["routine"],
    events: Event[],
  ): KernelState {
    events.push(...next.notes.map(eventOf));
    if (next.status === "suspended") return { ...own, at: { routine, state: next } };
    events.push({ kind: "return", call: own.call, fn: routine.fn, value: next.value });
    return enter(spec, [...own.returns, next.value], events);
  }

  function step(state: MachineState, choice: Choice): Transition | undefined {
    const actor = actorOf(choice);
    const spec = scenario.actors[actor];
    const own = state.actors[actor];
    if (spec === undefined || own === undefined) return undefined;
    if (own.kind === "mmu") return spec.kind === "mmu" ? stepMmu(state, actor, own, spec, choice) : undefined;
    const { choices } = kernelOffer(state, actor, own);
    if (spec.kind !== "kernel" || !choices.some((c) => choiceKey(c) === choiceKey(choice))) return undefined;
    if (typeof choice !== "number" && "land" in choice) return landOne(state, choice);
    return stepKernel(state, actor, own, spec, choice);
  }

  return { scenario, initial, offer, step, choices: (state) => scenario.actors.flatMap((_, actor) => offer(state, actor).choices) };
}

/** An actor that ran off the table does nothing more. */
const giveUp = (own: KernelState): KernelState => ({ ...own, at: undefined });

const eventOf = (note: Note): Event => note;

export function labelOf(at: Suspended): string {
  const innermost = at.stack.at(-1);
  if (innermost === undefined) throw new Error("a suspended routine stands nowhere");
  return innermost.label;
}

export type { Effect };
