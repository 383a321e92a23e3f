/**
 * npm test: everything that must hold, in order, stopping at the first stage that fails.
 * The last line is always `N passed, N failed`: one for each unit test, each browser test, and each of the other checks.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installChromium, installDependencies, installFirefox, root, SetupProblem, tool } from "./setup.mjs";

const stages = [
  ["Setup", setup],
  ["Type check", () => check(tool("tsc", ["-p", "."]))],
  ["Lint", () => check([process.execPath, ["scripts/lint.mjs"], { cwd: root, stdio: "inherit" }])],
  ["Unit tests", unitTests],
  ["Build", () => check([process.execPath, ["scripts/build.mjs"], { cwd: root, stdio: "inherit" }])],
  ["Browser tests in Chromium", () => browserTests("chromium")],
  ["Browser tests in Firefox", browserTestsInFirefox],
];

/** A new folder for the reporters, so that a report left by an earlier run can never be counted. */
const reports = mkdtempSync(join(tmpdir(), "contpte-lab-"));

const total = { passed: 0, failed: 0 };
const summary = [];
for (const [name, stage] of stages) {
  if (total.failed > 0) {
    summary.push(`${name}: not run`);
    continue;
  }
  console.log(`\n=== ${name} ===`);
  const { passed, failed, notRun } = await stage().catch(crash);
  total.passed += passed;
  total.failed += failed;
  if (notRun !== undefined) summary.push(`${name}: not run. ${notRun}`);
  else summary.push(`${name}: ${failed > 0 ? `${failed} failed, ${passed} passed` : passed > 0 ? `${passed} passed` : "done"}`);
}
rmSync(reports, { recursive: true, force: true });

console.log(`\n=== Summary ===\n${summary.join("\n")}\n\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function setup() {
  installDependencies();
  installChromium();
  return { passed: 0, failed: 0 }; // having what the tests need is not a test
}

/** A stage that is one check: it holds or it does not. */
async function check(command) {
  return (await succeeds(command)) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function unitTests() {
  const report = join(reports, "unit.json");
  const args = ["run", "--allowOnly=false", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const succeeded = await succeeds(tool("vitest", args));
  const { numPassedTests, numFailedTests, testResults } = readJson(report);
  // A file that could not be loaded fails without a failed test, and its tests are missing from the other numbers.
  const unloaded = testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed"),
  );
  return count(succeeded, numPassedTests, numFailedTests + unloaded.length);
}

/** Firefox is asked for, not demanded: without one its tests are told as not run. */
async function browserTestsInFirefox() {
  try {
    installFirefox();
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    console.log(error.message);
    return { passed: 0, failed: 0, notRun: error.message };
  }
  return browserTests("firefox");
}

/** The page under test is the built one, on the first port from 4173 that is free. */
async function browserTests(project) {
  const { preview } = await import("vite"); // late: before the setup there may be no Vite
  const server = await preview({ root, preview: { host: "127.0.0.1", port: 4173 } });
  try {
    const report = join(reports, `${project}.json`);
    const env = { ...process.env, BASE_URL: server.resolvedUrls.local[0], PLAYWRIGHT_JSON_OUTPUT_FILE: report };
    const succeeded = await succeeds(
      tool("playwright", ["test", `--project=${project}`, "--forbid-only", "--reporter=list,json"], { env }),
    );
    const { expected, unexpected, flaky } = readJson(report).stats;
    return count(succeeded, expected + flaky, unexpected);
  } finally {
    await server.close();
  }
}

/** What a test runner's report says, made stricter: a run without a test, or one that ends badly for another reason, has failed. */
function count(succeeded, passed, failed) {
  if (passed + failed === 0) console.error("No test ran.");
  else if (succeeded || failed > 0) return { passed, failed };
  else console.error("No test failed, but the run did: see above.");
  return { passed, failed: 1 };
}

/** A stage that cannot even say what failed counts as one failure. */
function crash(error) {
  console.error(error instanceof SetupProblem ? error.message : error);
  return { passed: 0, failed: 1 };
}

/** @returns whether the command ended with exit code 0 */
function succeeds(command) {
  return new Promise((resolve, reject) => {
    spawn(...command)
      .on("error", reject)
      .on("close", (code) => resolve(code === 0));
  });
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
