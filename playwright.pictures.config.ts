import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";

/** For `npm run pictures`: what the main screens look like, held against the PNGs in the repository. */
export default defineConfig({
  ...base,
  testDir: "e2e/pictures",
  testMatch: "screens.ts", // by this name the other browser tests do not take it for one of theirs
  snapshotPathTemplate: "{testDir}/{arg}{ext}",
  expect: { timeout: 15_000, toHaveScreenshot: { maxDiffPixelRatio: 0.02, animations: "disabled", caret: "hide", scale: "css" } },
  projects: (base.projects ?? []).filter(({ name }) => name === "chromium"),
  retries: 0,
});
