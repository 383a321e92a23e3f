import { defineConfig } from "@playwright/test";
import { findChromium, findFirefox } from "./scripts/setup.mjs";

/** BASE_URL names a server that runs already, as in `npm test`; without it Playwright serves the last build itself. */
const running = process.env["BASE_URL"];
const own = "http://127.0.0.1:4173/";
const chromium = findChromium();
const firefox = findFirefox();

export default defineConfig({
  testDir: "e2e",
  fullyParallel: true,
  workers: 2,
  // For a machine that is busy with other things: a test that needed its second try is reported as flaky.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  retries: 1,
  reporter: "list",
  use: {
    baseURL: running ?? own,
    viewport: { width: 1280, height: 800 },
  },
  projects: [
    {
      name: "chromium",
      use: {
        browserName: "chromium",
        launchOptions: {
          ...(chromium ? { executablePath: chromium } : {}),
          args: [
            "--no-sandbox", // Chromium will not start as root, as in most containers, without this
            "--disable-gpu",
            // the rest keeps the browser from reaching for the network on its own account
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
          ],
        },
      },
    },
    {
      name: "firefox",
      grep: /@everywhere/, // each capability once; what needs emulated colours, motion or touch cannot be had there
      use: {
        browserName: "firefox",
        channel: "moz-firefox", // a Firefox as it is shipped, by WebDriver BiDi; Playwright's own build cannot be had everywhere
        launchOptions: { ...(firefox ? { executablePath: firefox } : {}), downloadsPath: "test-results/downloads" },
      },
    },
  ],
  ...(running ? {} : { webServer: { command: "node_modules/.bin/vite preview --host 127.0.0.1 --port 4173 --strictPort", url: own } }),
});
