/** npm run build: the page for a static host, and the whole of it as one file, both in dist/. */
import { build } from "vite";
import { root } from "./setup.mjs";

export async function buildAll(logLevel = "info") {
  await build({ root, logLevel });
  await build({ root, logLevel, mode: "one-file" });
}

if (process.argv[1] === new URL(import.meta.url).pathname) await buildAll();
