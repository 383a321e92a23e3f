/** One granule's part of the comparison, in a process of its own: gets one `Work`, answers with `Message`s. */
import { moduleOf } from "../linux/code.ts";
import { GRANULES, type GranuleName } from "../src/engine/hardware/granule.ts";
import { codeOf, type KernelChoice } from "../src/engine/kernel/variants/profiles.ts";
import { kernelOf } from "../src/engine/lab.ts";
import { linuxRoutines } from "../src/engine/linux/provider.ts";
import { madeOf, RARE } from "./concurrent.ts";
import { aDocument } from "./documents.ts";
import { ours } from "./kernels.ts";
import { type Sighting, Sightings } from "./places.ts";
import { type Comparison, compare, type Drawing, scenarioOf } from "./sequential.ts";
import { SMALLEST_BLOCK } from "./twoCpus.ts";
import { compareValues, type ValueComparison } from "./values.ts";

export interface Work {
  readonly granule: GranuleName;
  readonly plain: Uint8Array;
  readonly suspendable: Uint8Array;
  readonly drawing: Drawing;
  readonly calls: readonly string[];
  readonly kernel: KernelChoice;
  /** In so many documents the places are noted too. */
  readonly placesIn: number;
}

export interface Done {
  readonly kind: "done";
  readonly comparison: Comparison;
  readonly values: ValueComparison;
  readonly sightings: readonly Sighting[];
}

export type Message = { readonly kind: "progress"; readonly documents: number } | Done;

/** Every so many documents. */
const REPORTED = 5000;

function work({ granule, plain, suspendable, drawing, calls, kernel, placesIn }: Work, post: (message: Message) => void): void {
  const [plainModule, module] = [moduleOf(plain), moduleOf(suspendable)];
  const sightings = new Sightings();
  if (placesIn > 0 && granule === SMALLEST_BLOCK)
    for (const document of RARE.filter((each) => madeOf(each, calls))) sightings.add(plainModule, scenarioOf(document));
  let documents = 0;
  const comparison = compare(
    aDocument(granule, calls, kernel),
    drawing,
    ours,
    (scenario) => linuxRoutines(module, kernelOf(scenario)),
    (scenario) => {
      if (documents++ < placesIn) sightings.add(plainModule, scenario);
      if (documents % REPORTED === 0) post({ kind: "progress", documents });
    },
  );
  post({
    kind: "done",
    comparison,
    values: compareValues(plainModule, GRANULES[granule], codeOf(kernel, 0), drawing.seed),
    sightings: sightings.list,
  });
}

process.once("message", (task: Work) => work(task, (message) => void process.send?.(message)));
