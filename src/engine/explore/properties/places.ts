/** Where a kernel's step stands, and which call it belongs to: what properties ask of an automaton's nodes and edges. */
import type { Pte } from "../../hardware/descriptor.ts";
import { isTouch, type Touch } from "../../machine/operations.ts";
import { resolveCall } from "../../machine/resolveCall.ts";
import type { RoutineProvider } from "../../routine.ts";
import type { Call, Scenario } from "../../scenario/scenario.ts";
import type { KernelEdge, KernelNode } from "../automata/kernelAutomaton.ts";

/** The call that a node is in, or is about to begin. */
export function callOf(scenario: Scenario, actor: number, { own }: KernelNode): Call | undefined {
  const spec = scenario.actors[actor];
  return spec?.kind === "kernel" ? spec.calls[own.call] : undefined;
}

/** Whether a function is on the node's stack. */
export const isIn = ({ own }: KernelNode, fn: string): boolean =>
  own.at?.state.stack.some(({ label }) => label.slice(0, label.lastIndexOf(".")) === fn) ?? false;

/** What the edge stores, if it changes its entry. */
export function storeOf(edge: KernelEdge): Touch | undefined {
  const { next } = edge.from;
  return next !== undefined && isTouch(next) && edge.new !== edge.old ? next : undefined;
}

/** The return of the call that the edge ends, if it ends one; calls that follow and access nothing end with it. */
export const returnOf = ({ events, from }: KernelEdge): { readonly value: bigint | undefined } | undefined =>
  events.find((event) => event.kind === "return" && event.call === from.own.call) as { readonly value: bigint | undefined } | undefined;

/** The call is over, or its actor ran off the table. */
export const ends = (edge: KernelEdge): boolean => edge.to.own.call !== edge.from.own.call || edge.to.own.at === undefined;

/** The pte that the call was given. */
export function pteArgument(provider: RoutineProvider, scenario: Scenario, actor: number, node: KernelNode): Pte | undefined {
  const call = callOf(scenario, actor, node);
  if (call?.pte === undefined) return undefined;
  return resolveCall(provider, call, node.own.returns).args.pte as Pte;
}
