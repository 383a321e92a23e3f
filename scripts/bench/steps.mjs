/** How long a step takes, from the key press to the paint that shows it, beside a page whose key handler only sets a text. */
import { setTimeout as pause } from "node:timers/promises";
import { quantile } from "./figures.mjs";

const FRAME_MS = 1000 / 60;

/** The race of the first scenario: the reader gathers a part, then the writer takes an entry out of the block. */
const KEYS = [..."2222", ..."1".repeat(36)];
const ROUNDS = 6;

/** Presses on one page before the other has its turn. */
const TURN = 10;

/** @returns lines to print */
export async function stepFigures(browser, address) {
  const lab = await openLab(browser, address);
  const empty = await openEmpty(browser);
  const measured = { empty: [], lab: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    await startRound(lab, round);
    for (let from = 0; from < KEYS.length; from += TURN) {
      const keys = KEYS.slice(from, from + TURN);
      const turns = { empty: await pressAll(empty, keys), lab: await pressAll(lab, keys) };
      if (round === 0) continue; // warm-up
      measured.empty.push(...turns.empty);
      measured.lab.push(...turns.lab);
    }
  }
  await lab.close();
  await empty.close();
  return report(measured);
}

async function openLab(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  await page.getByText(/^step 0 of 0/).evaluate(watchPaint);
  return page;
}

async function openEmpty(browser) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.setContent("<!doctype html><title>empty</title><p>step 0 of 0</p>");
  const counter = page.getByText(/^step 0 of 0/);
  await counter.evaluate((node) => {
    let steps = 0;
    addEventListener("keydown", () => {
      steps++;
      node.firstChild.data = `step ${steps} of ${steps}`;
    });
  });
  await counter.evaluate(watchPaint);
  return page;
}

/** Another title makes another scenario, so that no answer is known from the round before. */
async function startRound(page, round) {
  await page.evaluate(async (title) => {
    await globalThis.contpteLab.ready;
    await globalThis.contpteLab.load(`#v=1&title=${title}`);
  }, `round-${round}`);
  await page.getByText(/^step 0 of 0/).waitFor();
}

async function pressAll(page, keys) {
  await page.bringToFront();
  const results = [];
  for (const key of keys) {
    await pause(20 + Math.random() * 40); // so that presses fall anywhere between two frames
    await page.keyboard.press(key);
    results.push(await page.evaluate(() => globalThis.painted()));
  }
  return results;
}

/**
 * Runs in the page. A message posted in the frame that shows the new counter is received when the main thread has painted
 * that frame. The frame is asked for when the counter has changed and not before: a frame asked for at the key press would
 * come at once, show nothing new, and put off the one that does.
 */
export function watchPaint(counter) {
  let press;
  const afterPaint = new MessageChannel();
  afterPaint.port1.onmessage = () => press.resolve(performance.now() - press.start);
  new MutationObserver(() => {
    if (press === undefined || press.changed) return;
    press.changed = true;
    requestAnimationFrame(() => afterPaint.port2.postMessage(undefined));
  }).observe(counter, { characterData: true, childList: true, subtree: true });
  addEventListener(
    "keydown",
    (event) => {
      press = { start: event.timeStamp, changed: false };
      press.painted = new Promise((resolve, reject) => {
        press.resolve = resolve;
        setTimeout(reject, 10_000, new Error(`${event.key} changed nothing for 10 s`));
      });
    },
    { capture: true },
  );
  globalThis.painted = () => press.painted;
}

function report({ empty, lab }) {
  const figures = (presses) => ({ median: quantile(presses, 0.5), most: quantile(presses, 0.95) });
  const [base, step] = [figures(empty), figures(lab)];
  const extra = { median: step.median - base.median, most: step.most - base.most };
  const ms = (value) => `${value.toFixed(1)} ms (${(value / FRAME_MS).toFixed(2)} f)`.padStart(20);
  const line = (name, { median, most }) => `${name.padEnd(18)}${ms(median)}${ms(most)}`;
  const held = step.median <= FRAME_MS && step.most <= 2 * FRAME_MS;
  return [
    `From key press to paint: ${lab.length} new steps and ${empty.length} presses on an empty page, in turns of ${TURN}. 1 f is a frame.`,
    `${"".padEnd(18)}${["median", "95th percentile"].map((h) => h.padStart(20)).join("")}`,
    line("empty page", base),
    line("a step", step),
    line("difference", extra),
    `On the next frame at the median, at most one late at the 95th percentile: ${held ? "held" : "did not hold"} in this run.`,
    "Measured inside the page, from the key event's time stamp to the task after the frame in which the step counter",
    "had changed: style, layout and paint on the main thread are in it, the keyboard before and the screen after are not.",
  ];
}
