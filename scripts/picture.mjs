/** npm run picture: takes the README's pictures of the page anew, from the last build. */
import { chromium } from "@playwright/test";
import { preview } from "vite";
import { findChromium, root } from "./setup.mjs";

/** CPU2 has filled its TLB, CPU0 has cleared six entries, CPU1 has met a hole and started again. */
const PLACE = "#v=1&scenario=unfold-race-dirty&choices=2x2.1x2.0x7.1x2.0";

const server = await preview({ root, preview: { host: "127.0.0.1", port: 4300 } });
const executablePath = findChromium();
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ["--no-sandbox", "--disable-gpu"] });
for (const colorScheme of ["light", "dark"]) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme });
  await page.goto(`${server.resolvedUrls.local[0]}${PLACE}`);
  await page.getByRole("status", { name: "Last step" }).waitFor();
  await page.screenshot({ path: `${root}docs/page-${colorScheme}.png` });
}
await browser.close();
await server.close();
