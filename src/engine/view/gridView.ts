/** The interleaving grid as the page shows it: places in words and lines of listings. */
import { failedFrom, type Standpoint } from "../explore/futures.ts";
import type { Grid, Place } from "../explore/grid.ts";
import type { GridView, PlaceView } from "../protocol.ts";
import type { ActorSpec, Scenario } from "../scenario/scenario.ts";
import type { Places } from "./places.ts";
import { callText, programAccessText } from "./words.ts";

export function gridView(
  { actors: specs }: Scenario,
  places: Places,
  actors: readonly [number, number],
  { axes, cells, at }: Grid,
  standpoints: readonly (Standpoint | undefined)[],
): GridView {
  const axisView = (axis: 0 | 1): readonly PlaceView[] => axes[axis].map((place) => placeView(specs[actors[axis]], places, place));
  return {
    axes: [axisView(0), axisView(1)],
    cells,
    path: standpoints.map((standpoint) => standpoint && at(standpoint.state)),
    ...failedFrom(standpoints),
  };
}

function placeView(spec: ActorSpec | undefined, places: Places, { call, calls, label, entry, finished }: Place): PlaceView {
  if (finished || spec === undefined) return { call: "finished" };
  const place = label === undefined ? undefined : (places.get(label) ?? { fn: label });
  return {
    ...{ number: call, call: stepText(spec, call), ...place },
    ...(calls !== undefined && { calls }),
    ...(entry !== undefined && { entry }),
  };
}

function stepText(spec: ActorSpec, number: number): string {
  if (spec.kind === "mmu") {
    const access = spec.accesses[number];
    return access === undefined ? "" : programAccessText(access);
  }
  const call = spec.calls[number];
  return call === undefined ? "" : callText(call);
}
