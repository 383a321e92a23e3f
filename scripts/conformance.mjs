/** npm run conformance: our routines against Linux's own code (docs/conformance.md). Installs the compiler that this needs, and nothing else does. */
import { spawnSync } from "node:child_process";
import { installDependencies, root, SetupProblem, tool } from "./setup.mjs";

try {
  installDependencies();
  installDependencies(`${root}conformance/`);
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  console.error(error.message);
  process.exit(1);
}

const { status } = spawnSync(...tool("tsx", ["conformance/main.ts", ...process.argv.slice(2)]));
process.exitCode = status ?? 1;
