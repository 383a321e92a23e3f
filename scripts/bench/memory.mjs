/** Whether memory stays flat over 100,000 steps back and forth, made by the same actions as a person's. */
const STEPS = 100_000;

const WARM_UP = 10_000;

/** So many one way, then as many back. */
const RUN = 1_000;

/** Longer than the page keeps answers that it does not show. */
const KEPT_MS = 6_500;

export async function memoryFigures(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  await page.evaluate(prepare, RUN);
  const heaps = await heapsOf(page);
  const readings = [];
  const began = performance.now();
  // Before the first reading is a warm-up: what it leaves behind is there once.
  for (const steps of [WARM_UP, STEPS / 2, STEPS / 2]) {
    await page.evaluate(backAndForth, { steps, run: RUN });
    await page.waitForTimeout(KEPT_MS);
    readings.push(await heaps());
  }
  const seconds = (performance.now() - began) / 1000;
  await page.close();
  const MB = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  const line = (name, of) => {
    const [start, middle, end] = readings.map((reading) => reading[of]);
    const growth = ((end - start) / (STEPS / 10_000) / 1000).toFixed(0);
    return `${name}: ${MB(start)} at the start, ${MB(middle)} in the middle, ${MB(end)} at the end: ${growth} kB more for every 10,000 steps.`;
  };
  return [
    `${STEPS.toLocaleString("en")} steps back and forth along ${RUN.toLocaleString("en")}, ${Math.round(seconds)} s; heaps after a forced collection (asked: flat).`,
    line("The page", "page"),
    line("The worker", "worker"),
  ];
}

/** Runs in the page: the race of the first scenario, as long as that. */
async function prepare(run) {
  await globalThis.contpteLab.ready;
  const reader = { kind: "kernel", calls: Array.from({ length: 280 }, () => ({ fn: "ptep_get_lockless", index: 3 })) };
  await globalThis.contpteLab.load({
    version: 1,
    machine: { folios: [{ pfn: "0x1000", pages: 16 }], ptes: [{ index: 0, count: 16, pfn: "0x1000", prot: "rw", flags: ["cont"] }] },
    actors: [reader, reader],
    choices: Array.from({ length: run }, () => 0),
  });
}

/** Runs in the page: a key for each step. They are made one after another, and drawn as fast as frames come. */
async function backAndForth({ steps, run }) {
  for (let made = 0; made < steps; made += run) {
    const key = (made / run) % 2 === 0 ? "ArrowLeft" : "ArrowRight";
    for (let n = 0; n < run; n++) window.dispatchEvent(new KeyboardEvent("keydown", { key }));
    await globalThis.contpteLab.idle();
  }
}

/** @returns a function that collects garbage and reads how much is left, of the page and of its worker */
async function heapsOf(page) {
  const session = await page.context().newCDPSession(page);
  const worker = await workerOf(session);
  const left = async (send) => {
    for (let n = 0; n < 2; n++) await send("HeapProfiler.collectGarbage"); // what a finalizer frees is left to the second
    return (await send("Runtime.getHeapUsage")).usedSize;
  };
  return async () => ({ page: await left((method) => session.send(method)), worker: await left(worker) });
}

/** @returns a function that sends a message to the engine's worker, through the page that it belongs to */
async function workerOf(session) {
  const attached = new Promise((resolve) =>
    session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => targetInfo.type === "worker" && resolve(sessionId)),
  );
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const sessionId = await attached;
  let last = 0;
  return (method) => {
    const id = ++last;
    return new Promise((resolve, reject) => {
      const onMessage = ({ message }) => {
        const { id: answered, result, error } = JSON.parse(message);
        if (answered !== id) return;
        session.off("Target.receivedMessageFromTarget", onMessage);
        if (error) reject(new Error(error.message));
        else resolve(result);
      };
      session.on("Target.receivedMessageFromTarget", onMessage);
      session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method, params: {} }) }).catch(reject);
    });
  };
}
