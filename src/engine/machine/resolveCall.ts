/** Evaluates a call's arguments when it begins: earlier results are known by then. */
import { asPte } from "../hardware/descriptor.ts";
import type { ResolvedCall, RoutineProvider } from "../routine.ts";
import type { Call, PteSource } from "../scenario/scenario.ts";

/** @param returns what this actor's earlier calls returned */
export function resolveCall(provider: RoutineProvider, call: Call, returns: readonly (bigint | undefined)[]): ResolvedCall {
  const { fn, pte, ...args } = call;
  return { fn, args: pte === undefined ? args : { ...args, pte: resolvePte(provider, pte, returns) } };
}

function resolvePte(provider: RoutineProvider, source: PteSource, returns: readonly (bigint | undefined)[]): bigint {
  if (typeof source === "bigint") return source;
  const value = returns[source.result];
  if (value === undefined) throw new Error(`validation let a call through that uses the missing result ${source.result}`);
  return source.apply.reduce((pte, helper) => provider.applyHelper(helper, pte), asPte(value));
}
