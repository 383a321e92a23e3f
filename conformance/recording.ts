/**
 * What Linux did on a fixed list of documents, as short digests: small enough to be kept
 * in the repository, so that our routines can be held against it on any machine, without
 * a kernel tree or a compiler.
 */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { GRANULES, type GranuleName } from "../src/engine/hardware/granule.ts";
import type { ScenarioDocument } from "../src/engine/scenario/document.ts";
import { anyDocument } from "./documents.ts";
import { linesOf, type ProviderOf, scenarioOf } from "./sequential.ts";

export interface Recording {
  /** The kernel's version. */
  readonly linux: string;
  readonly seed: number;
  /** The calls that the documents make. */
  readonly calls: readonly string[];
  /** Of the documents themselves: they must be drawn again exactly. */
  readonly documents: string;
  /** One for each document. */
  readonly digests: readonly string[];
}

export const RECORDED_DOCUMENTS = 2000;

/** The documents, in order; the same seed and calls give the same. */
export function documentsOf({ seed, calls }: Pick<Recording, "seed" | "calls">, most = RECORDED_DOCUMENTS): readonly ScenarioDocument[] {
  return fc.sample(anyDocument(Object.keys(GRANULES) as GranuleName[], calls), { seed, numRuns: most });
}

export const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

export const digestOfRun = (document: ScenarioDocument, providerOf: ProviderOf): string =>
  digestOf(linesOf(scenarioOf(document), providerOf).join("\n"));

export const digestOfDocuments = (documents: readonly ScenarioDocument[]): string => digestOf(JSON.stringify(documents));

export function record(linux: string, seed: number, calls: readonly string[], providerOf: ProviderOf): Recording {
  const documents = documentsOf({ seed, calls });
  return {
    linux,
    seed,
    calls,
    documents: digestOfDocuments(documents),
    digests: documents.map((document) => digestOfRun(document, providerOf)),
  };
}

/** @returns the numbers of the documents on which these routines do not do what Linux did */
export function* differing(recording: Recording, documents: readonly ScenarioDocument[], providerOf: ProviderOf): Generator<number> {
  for (const [number, document] of documents.entries()) {
    if (digestOfRun(document, providerOf) !== recording.digests[number]) yield number;
  }
}
