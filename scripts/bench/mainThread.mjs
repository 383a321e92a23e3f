/** Where the main thread of a page spends its time, from Chromium's own trace. */

const CATEGORIES = ["-*", "devtools.timeline", "toplevel"];

const SCRIPT = new Set(["EventDispatch", "FunctionCall", "EvaluateScript", "RunMicrotasks", "FireAnimationFrame", "TimerFire"]);
const LAYOUT = new Set(["UpdateLayoutTree", "Layout"]);
const PAINT = new Set(["PrePaint", "Paint", "Layerize", "Commit"]);

/** @returns ms of the processor's time: of script, of style and layout, and of painting, while something is done; layout that a script waits for is not the script's */
export async function mainThread(browser, page, action) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await action();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const main = new Set(
    traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const own = traceEvents.filter(({ ph, pid, tid }) => ph === "X" && main.has(`${pid} ${tid}`)).sort((a, b) => a.ts - b.ts);
  const scripts = outermost(own.filter(({ name }) => SCRIPT.has(name)));
  const layouts = outermost(own.filter(({ name }) => LAYOUT.has(name)));
  const paints = outermost(own.filter(({ name }) => PAINT.has(name)));
  const awaited = layouts.filter(({ from, pid }) =>
    scripts.some((script) => script.pid === pid && script.from <= from && from < script.to),
  );
  return { script: total(scripts) - total(awaited), layout: total(layouts), paint: total(paints) };
}

/** Those that lie in no other of them, of events in order of time. */
function outermost(events) {
  const ends = new Map();
  return events.flatMap(({ pid, ts, dur = 0, tdur = 0 }) => {
    if (ts < (ends.get(pid) ?? 0)) return [];
    ends.set(pid, ts + dur);
    return [{ pid, from: ts, to: ts + dur, spent: tdur }];
  });
}

const total = (spans) => spans.reduce((sum, { spent }) => sum + spent, 0) / 1000;
