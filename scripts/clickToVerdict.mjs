/** How long an exploration takes in the built page, from the click to the frame that says what is violated, or that nothing is. */
import { chromium } from "@playwright/test";
import { serve } from "./serve.mjs";
import { findChromium } from "./setup.mjs";

const TITLE = "To be measured";

export async function openLab() {
  const server = await serve();
  const executablePath = findChromium();
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ["--no-sandbox", "--disable-gpu"] });
  const address = server.resolvedUrls.local[0];
  return {
    /** In a page and a worker of their own. @returns milliseconds */
    async clickToVerdict(scenario) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(address);
      const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open…" }).click()]);
      const titled = JSON.stringify({ ...JSON.parse(scenario), title: TITLE });
      await chooser.setFiles({ name: "scenario.json", mimeType: "application/json", buffer: Buffer.from(titled) });
      await page.getByRole("button", { name: `Scenario: ${TITLE}` }).waitFor();
      await page.keyboard.press("e");
      const button = page.getByRole("button", { name: "Explore every interleaving" });
      const milliseconds = await button.evaluate(clickAndWait);
      await page.close();
      return milliseconds;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** Runs in the page. */
function clickAndWait(button) {
  return new Promise((resolve) => {
    const clicked = performance.now();
    button.click();
    const look = () => {
      const isSaid = /No step of any state violates|✗ Violated/.test(document.body.innerText);
      if (isSaid) resolve(performance.now() - clicked);
      else requestAnimationFrame(look);
    };
    look();
  });
}
