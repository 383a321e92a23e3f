/** The built page on a local port, for those who measure it. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { preview } from "vite";
import { buildAll } from "./build.mjs";
import { root } from "./setup.mjs";

/** Builds if the last build is older than what it is made of, and serves it on a free port. */
export async function serve() {
  const sources = ["src", "public", "index.html", "scripts/build", "vite.config.ts", "package-lock.json"];
  const built = statSync(`${root}dist/index.html`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (sources.some((name) => newest(join(root, name)) > built)) await buildAll("warn");
  return preview({ root, preview: { host: "127.0.0.1", port: 4173 } }); // a busy port moves Vite on to the next
}

/** @returns when a file, or anything in a folder, was changed last */
function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
