/**
 * npm run pictures: the main screens, held against the PNGs in e2e/pictures. `npm run pictures -- --update` takes them anew.
 * Prints which differ, by how much and where the picture of the difference is; ends badly if any does.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { serve } from "./serve.mjs";
import { root, tool } from "./setup.mjs";

const update = process.argv.includes("--update");
const report = `${root}test-results/pictures.json`;
const server = await serve();
const args = ["test", "--config=playwright.pictures.config.ts", "--reporter=json", ...(update ? ["--update-snapshots=all"] : [])];
const env = { ...process.env, BASE_URL: server.resolvedUrls.local[0], PLAYWRIGHT_JSON_OUTPUT_FILE: report };
const code = await new Promise((resolve) =>
  spawn(...tool("playwright", args, { env, stdio: ["ignore", "ignore", "inherit"] })).on("close", resolve),
);
await server.close();

const results = specs(JSON.parse(readFileSync(report, "utf8"))).flatMap(({ title, tests }) =>
  tests.flatMap(({ results }) => results.map((result) => ({ title, ...result }))),
);
const failed = results.filter(({ status }) => status !== "passed");
for (const { title, error, attachments } of failed) {
  const difference = attachments.find(({ name }) => name.endsWith("-diff.png"));
  const picture = difference?.name.replace("-diff.png", "") ?? title;
  const ratio = /ratio ([\d.]+)/.exec(error?.message ?? "")?.[1];
  if (ratio === undefined) console.error(`${picture}: ${stripVTControlCharacters(error?.message ?? "not taken").split("\n", 1)}`);
  else console.error(`${picture}: ${Math.round(ratio * 100)} % differs, see ${relative(root, difference?.path ?? root)}`);
}
const passed = results.length - failed.length;
console.log(`${passed} ${update ? "taken" : "as they were"}, ${failed.length} not`);
process.exitCode = code === 0 && passed > 0 ? 0 : 1;

/** @returns the tests of a report, out of whatever they are grouped in */
function specs({ suites = [], specs: own = [] }) {
  return [...own, ...suites.flatMap(specs)];
}
