/** npm run conformance: our routines against Linux's own code (docs/conformance.md), which installs its compiler when it needs one. */
import { spawnSync } from "node:child_process";
import { installDependencies, SetupProblem, tool } from "./setup.mjs";

try {
  installDependencies();
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  console.error(error.message);
  process.exit(1);
}

const { status } = spawnSync(...tool("tsx", ["conformance/main.ts", ...process.argv.slice(2)]));
process.exitCode = status ?? 1;
