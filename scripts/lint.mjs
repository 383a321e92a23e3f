/** npm run lint: Biome for the files, dependency-cruiser for the arrows between them. */
import { spawnSync } from "node:child_process";
import { tool } from "./setup.mjs";

const biome = spawnSync(...tool("biome", ["check", "--error-on-warnings"]));

const cruiser = spawnSync(
  ...tool("depcruise", ["src", "conformance", "linux", "--config", ".dependency-cruiser.cjs", "--output-type", "json"], {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
    maxBuffer: Number.POSITIVE_INFINITY,
  }),
);
const arrows = readArrows(cruiser.stdout);
for (const { from, to, rule } of arrows.violations) console.error(`${rule.severity}: ${from} -> ${to} (${rule.name})`);
console.log(
  `${arrows.totalCruised} modules and ${arrows.totalDependenciesCruised} arrows between them, ${arrows.violations.length} forbidden`,
);

// dependency-cruiser ends well with nothing read when it does not support the TypeScript it finds, so an empty result is a failure.
if (arrows.totalCruised === 0) console.error("dependency-cruiser read no modules: is a TypeScript that it supports installed?");

process.exitCode = biome.status === 0 && cruiser.status === 0 && arrows.error === 0 && arrows.totalCruised > 0 ? 0 : 1;

/** @returns dependency-cruiser's summary, or an empty one when it crashed before it could write any */
function readArrows(json) {
  try {
    return JSON.parse(json).summary;
  } catch {
    return { violations: [], error: 0, totalCruised: 0, totalDependenciesCruised: 0 };
  }
}
