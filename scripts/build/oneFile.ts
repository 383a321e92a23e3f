/** For Vite: the whole page as one HTML file that opens from disk, the worker inside it. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { policyText } from "./policy.ts";

const ONE_FILE = "contpte-lab.html";

/** @param publicDir where the icon is */
export const oneFilePlugin = (publicDir: string): Plugin => ({
  name: "one-file",
  apply: "build",
  enforce: "pre",
  resolveId: (id, importer) =>
    id.endsWith("/engineWorker.ts") && importer ? join(importer, "..", id.replace(".ts", "Inside.ts")) : undefined,
  generateBundle: {
    order: "post",
    handler(_, bundle) {
      const files = Object.values(bundle);
      const scripts = files.flatMap((file) => (file.type === "chunk" ? [file.code] : []));
      const assetOf = (ending: string): string => {
        const found = files.find(({ fileName }) => fileName.endsWith(ending));
        if (found?.type !== "asset") throw new Error(`the build has no ${ending}`);
        return String(found.source);
      };
      const [only, ...others] = scripts;
      if (only === undefined || others.length > 0) throw new Error(`the page as one file needs one script, not ${scripts.length}`);
      const script = only.replace(/\n\/\/# sourceMappingURL=.*/, "").replaceAll("</script", "<\\/script");
      const style = assetOf(".css");
      const icon = `data:image/svg+xml;base64,${readFileSync(join(publicDir, "icon.svg")).toString("base64")}`;
      const policy = policyText({
        "script-src": [hashOf(script), "'wasm-unsafe-eval'"],
        "worker-src": ["blob:"],
        "style-src": [hashOf(style)],
      });
      const licenses = assetOf("licenses.md").replaceAll("--", "- -"); // which would end the comment
      const source = assetOf("index.html")
        .replace(/<script[^>]*src=[^>]*><\/script>/, "")
        .replace(/<link[^>]*rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`)
        .replace(/href="[^"]*icon\.svg"/, () => `href="${icon}"`)
        .replace("<head>", () => `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`)
        .replace("</body>", () => `  <script type="module">${script}</script>\n  </body>`)
        .concat(`\n<!--\n${licenses}\n-->\n`);
      for (const { fileName } of files) delete bundle[fileName];
      this.emitFile({ type: "asset", fileName: ONE_FILE, source });
    },
  },
});

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
