/**
 * npm run bench: how fast the built page is in a real browser, each figure beside that of a page with nothing to do in the
 * same run. Prints figures and judges nothing: the exit code is 0 whatever they are. BASE_URL names a server that runs
 * already, as for the browser tests.
 */
import { cpus } from "node:os";
import { chromium } from "@playwright/test";
import { coldStartFigures } from "./bench/coldStart.mjs";
import { longBlockFigures } from "./bench/longBlocks.mjs";
import { memoryFigures } from "./bench/memory.mjs";
import { scrubbingFigures } from "./bench/scrubbing.mjs";
import { stepFigures } from "./bench/steps.mjs";
import { serve } from "./serve.mjs";
import { findChromium } from "./setup.mjs";

const server = process.env["BASE_URL"] ? undefined : await serve();
const executablePath = findChromium();
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ["--no-sandbox", "--disable-gpu"] });
try {
  console.log(`Chromium ${browser.version()}, headless, without a GPU; ${cpus().length} CPUs.`);
  const address = process.env["BASE_URL"] ?? server.resolvedUrls.local[0];
  for (const figures of [coldStartFigures, stepFigures, longBlockFigures, scrubbingFigures, memoryFigures])
    console.log(`\n${(await figures(browser, address)).join("\n")}`);
} finally {
  await browser.close();
  await server?.close();
}
