/** For Vite: a service worker that keeps every file of this build, so that the page works offline after the first visit. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const SOURCE = new URL("./serviceWorker.js", import.meta.url);

/** Not needed by the page: maps for debuggers, and the whole lab as one file. */
const LEFT_OUT = /\.map$|^contpte-lab\.html$/;

/** @param publicDir whose files are copied as they are */
export const offlinePlugin = (publicDir: string): Plugin => ({
  name: "offline",
  apply: "build",
  generateBundle: {
    order: "post",
    handler(_, bundle) {
      const built = Object.values(bundle).map((file) => [file.fileName, file.type === "chunk" ? file.code : file.source] as const);
      const copied = readdirSync(publicDir).map((name) => [name, readFileSync(join(publicDir, name))] as const);
      const files = [...built, ...copied].filter(([name]) => !LEFT_OUT.test(name)).sort(([a], [b]) => (a < b ? -1 : 1));
      const digest = createHash("sha256");
      for (const [name, content] of files) digest.update(name).update(content);
      const source = readFileSync(SOURCE, "utf8")
        .replace('"VERSION"', () => JSON.stringify(digest.digest("hex").slice(0, 16)))
        .replace('["FILES"]', () =>
          JSON.stringify(["./", ...files.map(([name]) => `./${name}`).filter((name) => name !== "./index.html")]),
        );
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  },
});
