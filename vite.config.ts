import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { licensePlugins } from "./scripts/build/licenses.ts";
import { offlinePlugin } from "./scripts/build/offline.ts";
import { oneFilePlugin } from "./scripts/build/oneFile.ts";
import { policyPlugin } from "./scripts/build/policy.ts";
import { innerLoopPlugin } from "./scripts/innerLoop.mjs";

const publicDir = fileURLToPath(new URL("public", import.meta.url));

/** `vite build` makes the page; `vite build --mode one-file` adds it as one file to what was built before. */
export default defineConfig(({ mode }) => {
  const isOneFile = mode === "one-file";
  const licenses = licensePlugins();
  return {
    base: "./", // relative addresses: the build works from any folder of a static host
    // Everything names React; drawn it is by Preact (docs/decisions/0011-preact-draws.md).
    resolve: {
      alias: [
        { find: /^react$/, replacement: fileURLToPath(new URL("src/ui/react.ts", import.meta.url)) },
        { find: /^react\/jsx-(dev-)?runtime$/, replacement: "preact/jsx-runtime" },
        { find: /^react-dom$/, replacement: "preact/compat" },
        { find: /^react-dom\/client$/, replacement: "preact/compat/client" },
      ],
    },
    plugins: [innerLoopPlugin, licenses.page, ...(isOneFile ? [oneFilePlugin(publicDir)] : [policyPlugin, offlinePlugin(publicDir)])],
    // A worker made from a page on disk can be no module.
    worker: {
      format: isOneFile ? "iife" : "es",
      plugins: () => [innerLoopPlugin, licenses.worker],
      rolldownOptions: { output: { codeSplitting: !isOneFile } },
    },
    // Vite does not look into workers for packages: found late, they would make the page of `npm start` load twice.
    optimizeDeps: { include: ["valibot"] },
    build: {
      target: "es2022",
      sourcemap: !isOneFile,
      rolldownOptions: {
        // "use client" tells servers something; there is none.
        onwarn: (warning, warn) => warning.code !== "MODULE_LEVEL_DIRECTIVE" && warn(warning),
        ...(isOneFile && { output: { codeSplitting: false } }),
      },
      ...(isOneFile && { emptyOutDir: false, copyPublicDir: false, assetsInlineLimit: Number.POSITIVE_INFINITY }),
    },
  };
});
