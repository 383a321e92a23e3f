import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts", "conformance/*.test.ts", "linux/*.test.ts"],
    // Else one core is left to nobody.
    maxWorkers: "100%",
  },
});
