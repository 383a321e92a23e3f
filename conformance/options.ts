/** The command line of `npm run conformance`. */
import { parseArgs } from "node:util";
import { GRANULES, type GranuleName } from "../src/engine/hardware/granule.ts";
import { LinuxProblem } from "../src/engine/linux/compile.ts";

export interface Options {
  /** Of all granules together. */
  readonly documents: number;
  readonly seed: number;
  /** fast-check's path to one document of that seed. */
  readonly path?: string;
  /** The root of a kernel tree. */
  readonly linux?: string;
  readonly granules: readonly GranuleName[];
  /** Which kernel of ours; left out, the profile that is nearest to the tree. */
  readonly profile?: string;
  readonly variants: readonly string[];
  readonly record: boolean;
  /** Look at this document of the recording. */
  readonly document?: number;
}

export const USAGE = `usage: npm run conformance [-- OPTIONS]
  --documents N      random documents, of all granules together (30000)
  --seed S           where the documents come from (1)
  --path P           with --seed and --granule: only the document that a difference named
  --linux DIR        a kernel tree to compare with (Debian's linux-source-6.12)
  --granule 4K,16K   some granules only
  --profile P        our kernel of this profile (the latest that is not newer than the tree)
  --variants A,B     changed by these variants
  --record           write down what Linux does, for the unit test
  --document N       show what both do on document N of the recording`;

/** @throws LinuxProblem with the usage */
export function optionsFrom(args: readonly string[]): Options {
  const { documents, seed, path, linux, granule, profile, variants, record, document } = parsed(args);
  const number = (text: string): number => (/^\d+$/.test(text) ? Number(text) : refuse(`${text} is no number`));
  return {
    documents: number(documents),
    seed: number(seed),
    granules: granule.split(",").map((name) => (name in GRANULES ? (name as GranuleName) : refuse(`${name} is no granule`))),
    record,
    variants: variants === "" ? [] : variants.split(","),
    ...(profile !== undefined && { profile }),
    ...(path !== undefined && { path }),
    ...(linux !== undefined && { linux }),
    ...(document !== undefined && { document: number(document) }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        documents: { type: "string", default: "30000" },
        seed: { type: "string", default: "1" },
        path: { type: "string" },
        linux: { type: "string" },
        granule: { type: "string", default: Object.keys(GRANULES).join(",") },
        profile: { type: "string" },
        variants: { type: "string", default: "" },
        record: { type: "boolean", default: false },
        document: { type: "string" },
      },
    }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function refuse(why: string): never {
  throw new LinuxProblem(`${why}\n${USAGE}`);
}
