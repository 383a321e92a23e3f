/** How many frames come while a hand drags along 10,000 steps, beside those of a page with nothing to do. */
import { median } from "./figures.mjs";

const SECONDS = 3;
const ROUNDS = 5;

/** Two readers of a folded block, one call after another: 18 accesses each. */
const reader = { kind: "kernel", calls: Array.from({ length: 280 }, () => ({ fn: "ptep_get_lockless", index: 3 })) };
const DOCUMENT = {
  version: 1,
  title: "Ten thousand steps",
  machine: { folios: [{ pfn: "0x1000", pages: 16 }], ptes: [{ index: 0, count: 16, pfn: "0x1000", prot: "rw", flags: ["cont"] }] },
  actors: [reader, reader],
};

export async function scrubbingFigures(browser, address) {
  const lab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await lab.goto(address);
  const steps = await lab.evaluate(async (document) => {
    await globalThis.contpteLab.ready;
    await globalThis.contpteLab.load(document);
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "End" }));
    const { choices } = await globalThis.contpteLab.idle().then(() => globalThis.contpteLab.state());
    return choices.length;
  }, DOCUMENT);
  const empty = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await empty.setContent("<!doctype html><title>empty</title><input type=range min=0 max=10000>");
  const counts = { lab: [], empty: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    const turn = {};
    for (const [name, page] of [
      ["empty", empty],
      ["lab", lab],
    ]) {
      await page.bringToFront();
      turn[name] = await page.evaluate(drag, SECONDS);
    }
    if (round > 0) for (const name of ["lab", "empty"]) counts[name].push(turn[name]); // the first is a warm-up
  }
  await lab.close();
  await empty.close();
  const ratios = counts.lab.map((frames, n) => frames / counts.empty[n]);
  return [
    `Scrubbing along ${steps.toLocaleString("en")} steps for ${SECONDS} s, ${ROUNDS} times: ${median(counts.lab)} frames, an empty page ${median(counts.empty)} (medians).`,
    `Of its frames ${(100 * median(ratios)).toFixed(0)} % at the median, ${(100 * Math.min(...ratios)).toFixed(0)} % at the least (asked: 97).`,
  ];
}

/** Runs in the page: the slider is moved in every frame. @returns frames */
function drag(seconds) {
  const slider = document.querySelector("input[type=range]");
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const most = Number(slider.max);
  return new Promise((resolve) => {
    const began = performance.now();
    let frames = 0;
    const next = (now) => {
      const passed = (now - began) / 1000 / seconds;
      if (passed >= 1) return resolve(frames);
      frames++;
      setValue.call(slider, Math.round(most * (0.5 - 0.5 * Math.cos(4 * Math.PI * passed))));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}
