/**
 * The machine: who may move, and what a move does. State and choice in, state and
 * step out; it holds nothing itself. One shared-memory access is one step, and pure
 * computation belongs to the step before it. Memory is sequentially consistent.
 */
import { GRANULES } from "../hardware/granule.ts";
import { pageTable } from "../hardware/memory.ts";
import type { Mmu } from "../hardware/mmu.ts";
import type { RoutineProvider } from "../routine.ts";
import { type ActorSpec, actorOf, type Choice, type Scenario } from "../scenario/scenario.ts";
import { initialKernel, kernelOffer, kernelSteps, stepKernel } from "./kernelActor.ts";
import { initialMmu, mmuOffer, mmuSteps, stepMmu } from "./mmuActor.ts";
import type { Offer } from "./offer.ts";
import type { ActorState, MachineState } from "./state.ts";
import type { Transition } from "./step.ts";

export interface Machine {
  readonly scenario: Scenario;
  readonly initial: MachineState;
  /** What this actor can do now, or why it can do nothing. */
  offer(state: MachineState, actor: number): Offer;
  /** Everything that can happen now, actors in order. Empty: the run has ended. */
  choices(state: MachineState): readonly Choice[];
  /** @returns undefined if the choice is not on offer in this state */
  step(state: MachineState, choice: Choice): Transition | undefined;
  /** Every one of `choices` with the step it makes, for those who take them all. */
  steps(state: MachineState): readonly Transition[];
}

export function createMachine(scenario: Scenario, provider: RoutineProvider): Machine {
  const mmu: Mmu = { granule: GRANULES[scenario.granule], features: scenario.features };

  const initial: MachineState = {
    table: pageTable(scenario.ptes),
    ptl: undefined,
    pending: [],
    actors: scenario.actors.map((spec) => (spec.kind === "kernel" ? initialKernel(provider, spec) : initialMmu)),
  };

  function offer(state: MachineState, actor: number): Offer {
    const [spec, own] = actorIn(scenario, state, actor);
    if (spec.kind === "kernel" && own.kind === "kernel") return kernelOffer(state, actor, own);
    if (spec.kind === "mmu" && own.kind === "mmu") return mmuOffer(mmu, state, actor, spec, own);
    throw new Error(`the state of actor ${actor} is not of its kind`);
  }

  function step(state: MachineState, choice: Choice): Transition | undefined {
    const actor = actorOf(choice);
    if (state.actors[actor] === undefined) return undefined;
    const [spec, own] = actorIn(scenario, state, actor);
    if (spec.kind === "kernel" && own.kind === "kernel") return stepKernel(provider, state, actor, spec, own, choice);
    if (spec.kind === "mmu" && own.kind === "mmu") return stepMmu(mmu, state, actor, spec, own, choice);
    throw new Error(`the state of actor ${actor} is not of its kind`);
  }

  function stepsOf(state: MachineState, actor: number): readonly Transition[] {
    const [spec, own] = actorIn(scenario, state, actor);
    if (spec.kind === "kernel" && own.kind === "kernel") return kernelSteps(provider, state, actor, spec, own);
    if (spec.kind === "mmu" && own.kind === "mmu") return mmuSteps(mmu, state, actor, spec, own);
    throw new Error(`the state of actor ${actor} is not of its kind`);
  }

  return {
    scenario,
    initial,
    offer,
    step,
    choices: (state) => scenario.actors.flatMap((_, actor) => offer(state, actor).choices),
    steps: (state) => scenario.actors.flatMap((_, actor) => stepsOf(state, actor)),
  };
}

function actorIn(scenario: Scenario, state: MachineState, actor: number): readonly [ActorSpec, ActorState] {
  const [spec, own] = [scenario.actors[actor], state.actors[actor]];
  if (spec === undefined || own === undefined) throw new RangeError(`there is no actor ${actor}`);
  return [spec, own];
}
