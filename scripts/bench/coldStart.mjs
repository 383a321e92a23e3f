/** From the click on a link to the picture of its step, beside the first paint of a page that mounts React with one line; and what is loaded for it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, preview } from "vite";
import { root } from "../setup.mjs";
import { median } from "./figures.mjs";

const ROUNDS = 7;
const PLACE = "#v=1&scenario=unfold-race-dirty&choices=2x2.1x2.0x7.1x2.0";

export async function coldStartFigures(browser, address) {
  const line = await oneLine();
  const times = { lab: [], line: [] };
  let sizes = new Map();
  try {
    for (let round = 0; round < ROUNDS; round++) {
      times.line.push(await firstPaint(browser, line.resolvedUrls.local[0]));
      const started = await firstPicture(browser, `${address}${PLACE}`);
      times.lab.push(started.ms);
      sizes = started.sizes;
    }
  } finally {
    await line.close();
  }
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  return [
    `From a cold start to the picture of a step: ${median(times.lab).toFixed(0)} ms; a page with one line of React paints after ${median(times.line).toFixed(0)} ms (medians of ${ROUNDS}).`,
    `${(median(times.lab) / median(times.line)).toFixed(1)} times as long (asked: at most 3).`,
    `Loaded for it, gzip -9: ${kB(total)} of script and style (asked: at most 180 kB): ${[...sizes].map(([name, size]) => `${name.replace(/-[^-]*\./, ".")} ${kB(size)}`).join(", ")}.`,
  ];
}

/** Builds and serves the page with one line. */
async function oneLine() {
  const folder = join(root, "node_modules/.cache/contpte-lab/one-line");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "index.html"),
    '<!doctype html><title>one line</title><div id="root"></div><script type="module" src="./main.js"></script>',
  );
  const line = 'createRoot(document.getElementById("root")).render(createElement("p", null, "one line"));';
  writeFileSync(
    join(folder, "main.js"),
    `import { createElement } from "react";\nimport { createRoot } from "react-dom/client";\n${line}\n`,
  );
  await build({ root: folder, configFile: false, logLevel: "error" });
  return preview({ root: folder, configFile: false, preview: { host: "127.0.0.1", port: 4190 } });
}

async function firstPaint(browser, address) {
  const page = await browser.newPage();
  await page.goto(address);
  const ms = await page.evaluate(
    () =>
      new Promise((resolve) => {
        new PerformanceObserver((list) => {
          const entry = list.getEntriesByName("first-contentful-paint")[0];
          if (entry) resolve(entry.startTime);
        }).observe({ type: "paint", buffered: true });
      }),
  );
  await page.close();
  return ms;
}

async function firstPicture(browser, address) {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  const bodies = [];
  page.on("response", (response) => {
    if (/\.(js|css)$/.test(response.url()))
      bodies.push(response.body().then((body) => [new URL(response.url()).pathname.split("/").pop(), gzipSync(body, { level: 9 }).length]));
  });
  // What comes when the page has nothing else to do is not of the first picture.
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await page.goto(address);
  const ms = await page.evaluate(() => globalThis.contpteLab.ready.then(() => performance.now()));
  const sizes = new Map(await Promise.all(bodies));
  await context.close();
  return { ms, sizes };
}
