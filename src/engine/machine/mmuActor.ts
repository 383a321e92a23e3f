/** An MMU as an actor: one access is one atomic step, and each freedom hardware has in it is a choice. */
import { isValid } from "../hardware/descriptor.ts";
import { type AccessOutcome, access, type Mmu, type Rw } from "../hardware/mmu.ts";
import { EMPTY_TLB } from "../hardware/tlb.ts";
import { type Access, type Choice, choiceKey, type MmuActorSpec } from "../scenario/scenario.ts";
import { noOffer, type Offer, offered } from "./offer.ts";
import { type MachineState, type MmuState, withActor } from "./state.ts";
import type { Event, Transition } from "./step.ts";

export const initialMmu: MmuState = { kind: "mmu", next: 0, tlb: EMPTY_TLB, results: [] };

interface Move {
  readonly choice: Choice;
  readonly rw: Rw;
  readonly index: number;
  readonly outcome: AccessOutcome;
}

export function mmuOffer(mmu: Mmu, state: MachineState, actor: number, spec: MmuActorSpec, own: MmuState): Offer {
  if (own.next >= spec.accesses.length) return noOffer("finished");
  const moves = movesOf(mmu, state, actor, spec, own);
  return moves.length > 0 ? offered(moves.map((move) => move.choice)) : noOffer("no-valid-entry");
}

export function stepMmu(
  mmu: Mmu,
  state: MachineState,
  actor: number,
  spec: MmuActorSpec,
  own: MmuState,
  choice: Choice,
): Transition | undefined {
  const key = choiceKey(choice);
  const move = movesOf(mmu, state, actor, spec, own).find((m) => choiceKey(m.choice) === key);
  return move && make(mmu, state, actor, own, move);
}

/** Every step on offer, made. */
export const mmuSteps = (mmu: Mmu, state: MachineState, actor: number, spec: MmuActorSpec, own: MmuState): readonly Transition[] =>
  movesOf(mmu, state, actor, spec, own).map((move) => make(mmu, state, actor, own, move));

function make(mmu: Mmu, state: MachineState, actor: number, own: MmuState, { choice, outcome, rw, index }: Move): Transition {
  const { update, result, conflict, hit } = outcome;
  const events: Event[] = [];
  if (conflict !== undefined) events.push({ kind: "tlb-conflict", index, entries: conflict, violation: mmu.features.bbm === 0 });
  if (result !== "ok") events.push({ kind: "fault", fault: result, index });
  const table = update === undefined ? state.table : state.table.write(update.index, update.new);
  return {
    state: withActor({ ...state, table }, actor, afterAccess(own, outcome)),
    step: { kind: "mmu", actor, choice, access: own.next, rw, index, result, hit, ...(update && { update }), events },
  };
}

/** Every way the actor's next access may go. */
function movesOf(mmu: Mmu, state: MachineState, actor: number, spec: MmuActorSpec, own: MmuState): readonly Move[] {
  const wanted = spec.accesses[own.next];
  if (wanted === undefined) return [];
  const indexes = wanted.index === "any" ? validEntries(state) : [wanted.index];
  const open = wanted.rw === "any" || wanted.index === "any";
  return indexes.flatMap((index) =>
    kindsOf(wanted).flatMap((rw) =>
      access(mmu, state.table, own.tlb, rw, index).map((outcome) => ({
        choice: choiceOf(actor, open ? [rw, index] : undefined, outcome),
        rw,
        index,
        outcome,
      })),
    ),
  );
}

export const kindsOf = ({ rw }: Access): readonly Rw[] => (rw === "any" ? ["read", "write"] : [rw]);

/** The actor after an access went this way. */
export const afterAccess = (own: MmuState, { tlb, result }: AccessOutcome): MmuState => ({
  ...own,
  next: own.next + 1,
  tlb,
  results: [...own.results, result],
});

const validEntries = (state: MachineState): readonly number[] => state.table.words().flatMap((pte, i) => (isValid(pte) ? [i] : []));

function choiceOf(actor: number, chosen: readonly [rw: Rw, index: number] | undefined, { answer, entry }: AccessOutcome): Choice {
  if (chosen === undefined && answer === undefined && entry === undefined) return actor;
  return {
    actor,
    ...(chosen !== undefined && { access: chosen }),
    ...(answer !== undefined && { answer }),
    ...(entry !== undefined && { entry }),
  };
}
