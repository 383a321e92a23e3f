/** Scenarios so small that their paths can be walked one by one. */
import fc from "fast-check";
import type { Machine } from "../machine/machine.ts";
import type { MachineState } from "../machine/state.ts";
import type { Choice, Scenario } from "../scenario/scenario.ts";
import { hexWord, hexWords } from "./drawing.ts";
import { type ActorDocument, kernel, lock, mmu, scenarioOf, unlock } from "./scenarioOf.ts";

export interface Path {
  readonly choices: readonly Choice[];
  readonly end: MachineState;
}

/** Every path to its end, one by one, with no notion of equal states. Undefined if there are too many, or one that may have no end. */
export function everyPath(machine: Machine, mostPaths: number, longest: number): readonly Path[] | undefined {
  const paths: Path[] = [];
  let isTooMuch = false;
  const walk = (state: MachineState, made: readonly Choice[]): void => {
    const choices = machine.choices(state);
    if (choices.length === 0) paths.push({ choices: made, end: state });
    for (const choice of choices) {
      if (made.length === longest || paths.length > mostPaths) isTooMuch = true;
      if (isTooMuch) return;
      const next = machine.step(state, choice);
      if (next !== undefined) walk(next.state, [...made, choice]);
    }
  };
  walk(machine.initial, []);
  return isTooMuch || paths.length > mostPaths ? undefined : paths;
}

/** Actors of a few steps each: their paths can be counted out. */
export const fewSteps: fc.Arbitrary<Scenario> = (() => {
  const index = fc.nat(2);
  const pte = fc.constantFrom("W", "Wy", "R").map((token) => hexWord(token));
  const call = fc.oneof(
    fc.record({
      fn: fc.constantFrom("ptep_get", "ptep_get_lockless", "ptep_get_and_clear", "ptep_set_wrprotect", "flush_tlb_page"),
      index,
    }),
    fc.record({ fn: fc.constant("ptep_clear_flush_young"), index }),
    fc.record({ fn: fc.constant("set_ptes"), index, nr: fc.constant(1), pte }),
    fc.constant(lock),
    fc.constant(unlock),
  );
  const access = fc.record({
    rw: fc.constantFrom("read" as const, "write" as const, "any" as const, "evict" as const),
    index: fc.oneof(index, fc.constant("any" as const)),
  });
  const actor: fc.Arbitrary<ActorDocument> = fc.oneof(
    fc.array(call, { minLength: 1, maxLength: 3 }).map((calls) => kernel(...calls)),
    fc.array(access, { minLength: 1, maxLength: 2 }).map((accesses) => mmu(...accesses)),
  );
  const table = fc.constantFrom("W Wy R .*13", "Why Wy .*14", "CWy Wy .*14");
  return fc
    .tuple(table, fc.array(actor, { minLength: 2, maxLength: 3 }))
    .map(([drawing, actors]) => scenarioOf({ machine: { ptes: hexWords(drawing), adUpdate: "any", tlbAnswer: "any" }, actors }));
})();
