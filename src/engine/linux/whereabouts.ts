/** Where in the kernel tree compiled code stands, by its debug information. */
import type { Kernel } from "../kernel/kernel.ts";
import type { ResolvedCall, SourcePlace } from "../routine.ts";
import { isHelper } from "./helpers.ts";
import type { CallPlaces } from "./toolchain.ts";
import { tracerOf } from "./traces.ts";

/** @returns the functions under way at the operation that follows these observations, innermost first; none if the shim makes it */
export type Whereabouts = (call: ResolvedCall, observed: readonly bigint[]) => readonly SourcePlace[];

export function whereaboutsIn(plain: WebAssembly.Module, places: CallPlaces, kernel: Kernel): Whereabouts {
  const tracer = tracerOf(plain, kernel);
  return (call, observed) =>
    tracer
      .stackAfter(call, observed)
      .flatMap((offset) => places.get(offset) ?? [])
      .map((place) => ({ ...place, ...(isHelper(place.fn) && { helper: true }) }));
}

/** The functions in which something is accessed or called. */
export const functionsIn = (places: CallPlaces): ReadonlySet<string> =>
  new Set([...places.values()].flatMap((frames) => frames.map(({ fn }) => fn)));
