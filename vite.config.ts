import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { innerLoopPlugin } from "./scripts/innerLoop.mjs";

export default defineConfig({
  base: "./", // relative addresses: the build works from any folder of a static host
  plugins: [react()],
  worker: { format: "es", plugins: () => [innerLoopPlugin] },
  build: { target: "es2022", sourcemap: true },
});
