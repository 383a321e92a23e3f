/**
 * What a step costs with blocks of 128 entries, beside a page that makes the same changes by direct writes to its DOM: the
 * script on the main thread, and the time from the key press to the paint.
 */
import { setTimeout as pause } from "node:timers/promises";
import { median, quantile } from "./figures.mjs";
import { watchChanges, writeByHand } from "./handWritten.mjs";
import { mainThread } from "./mainThread.mjs";
import { watchPaint } from "./steps.mjs";

const ROUNDS = 3;

/** Presses on one page before the other has its turn. */
const STEPS = 10;

/** Longer than anything that a step leads to afterwards, as in the inspector. */
const QUIET_MS = 160;

const DOCUMENT = {
  version: 1,
  machine: {
    granule: "16K",
    folios: [{ pfn: "0x1000", pages: 256 }],
    ptes: [{ index: 0, count: 256, pfn: "0x1000", prot: "rw", flags: ["cont"] }],
  },
  actors: [
    {
      kind: "kernel",
      calls: [
        { fn: "ptl_lock" },
        { fn: "ptep_get_and_clear", index: 127 },
        { fn: "set_ptes", index: 127, pte: { result: 1 }, nr: 1 },
        { fn: "ptl_unlock" },
      ],
    },
    { kind: "kernel", calls: [{ fn: "ptep_get_lockless", index: 130 }] },
    {
      kind: "mmu",
      accesses: [
        { rw: "read", index: 5 },
        { rw: "read", index: 200 },
      ],
    },
  ],
};

const [WRITER, READER, MMU] = [0, 1, 2];
const times = (count, actor) => Array.from({ length: count }, () => actor);

/** The TLB holds a block when the run comes to each of these, and whoever moved last goes on. */
const PLACES = {
  "the reader gathers": [MMU, ...times(60, READER)],
  "an unfold clears": [MMU, ...times(20, READER), ...times(50, WRITER)],
  "an unfold sets": [MMU, ...times(20, READER), ...times(180, WRITER)],
  "a fold clears": [MMU, ...times(20, READER), ...times(600, WRITER)],
};

export async function longBlockFigures(browser, address) {
  const lab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await lab.goto(address);
  await lab.evaluate(() => globalThis.contpteLab.ready);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const measured = Object.fromEntries(Object.keys(PLACES).map((place) => [place, { lab: [], hand: [] }]));
  const presses = { lab: [], hand: [] };
  let nodes = 0;
  for (const [place, choices] of Object.entries(PLACES)) {
    const recorded = await record(lab, choices);
    nodes = Math.max(nodes, recorded.nodes);
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [name, own, begin] of [
        ["hand", page, () => startByHand(page, recorded)],
        ["lab", lab, () => open(lab, choices, `round ${round}`)],
      ]) {
        await begin();
        const cost = await mainThread(browser, own, () => pressAll(own));
        await begin();
        await own.getByText(/^step \d+ of \d+$/).evaluate(watchPaint);
        const painted = await pressAll(own, () => own.evaluate(() => globalThis.painted()));
        if (round === 0) continue; // warm-up
        measured[place][name].push(cost);
        presses[name].push(...painted);
      }
    }
  }
  await lab.close();
  await page.close();
  return report(measured, presses, nodes);
}

/** Another title makes another scenario, so that no answer is known from before. */
async function open(page, choices, title) {
  await page.bringToFront();
  await page.evaluate((document) => globalThis.contpteLab.load(document), { ...DOCUMENT, title, choices });
  await pause(QUIET_MS);
}

async function record(lab, choices) {
  await open(lab, choices, "recorded");
  const start = await lab.evaluate(watchChanges);
  const steps = await pressAll(lab, () => pause(QUIET_MS).then(() => lab.evaluate(() => globalThis.changes())));
  const nodes = await lab.evaluate(() => document.querySelectorAll("*").length);
  await lab.reload();
  await lab.evaluate(() => globalThis.contpteLab.ready);
  return { start, steps, nodes };
}

async function startByHand(page, { start, steps }) {
  await page.bringToFront();
  await page.goto("about:blank");
  await page.setContent("<!doctype html><title>by hand</title>");
  await page.evaluate(writeByHand, { start, steps });
  await pause(QUIET_MS);
}

/** @param afterEach what is to be known of each press */
async function pressAll(page, afterEach = () => undefined) {
  const known = [];
  for (let n = 0; n < STEPS; n++) {
    await page.keyboard.press("ArrowRight");
    known.push(await afterEach());
    await pause(QUIET_MS);
  }
  return known;
}

function report(measured, presses, nodes) {
  const ms = (value) => value.toFixed(2).padStart(9);
  const line = (name, { lab, hand }) => {
    const of = (side, what) => median(side.map((cost) => cost[what] / STEPS));
    const [own, least] = [of(lab, "script"), of(hand, "script")];
    const others = ["layout", "paint"].map((what) => ms(of(lab, what)) + ms(of(hand, what)));
    return `${name.padEnd(20)}${ms(own)}${ms(least)}${(own / least).toFixed(1).padStart(7)}${others.join("")}`;
  };
  const all = { lab: [], hand: [] };
  for (const sides of Object.values(measured)) for (const side of ["lab", "hand"]) all[side].push(...sides[side]);
  const paint = (side, part) => `${quantile(presses[side], part).toFixed(1)} ms`;
  return [
    `With blocks of 128 entries (${nodes} elements), ms of the main thread a step, beside direct writes that make the same changes (medians of ${ROUNDS} turns of ${STEPS}):`,
    `${"".padEnd(20)}${"script".padStart(9)}${"by hand".padStart(9)}${"ratio".padStart(7)}${"layout".padStart(9)}${"by hand".padStart(9)}${"paint".padStart(9)}${"by hand".padStart(9)}`,
    ...Object.entries(measured).map(([place, sides]) => line(place, sides)),
    line("all", all),
    "Script asked: at most 3 times that by hand.",
    `From key press to paint: ${paint("lab", 0.5)} at the median, ${paint("lab", 0.95)} at the 95th percentile; by hand ${paint("hand", 0.5)} and ${paint("hand", 0.95)}.`,
  ];
}
