import type { Locator, Page } from "@playwright/test";
import { axeFaults, scrolledSideways } from "./faults.ts";
import { expect, type Lab, test, write } from "./fixtures.ts";

const MISTAKE = 'v=1&scenario=unfold-race-dirty&kernel={"variants":["convert-no-tlbi"]}';

const anyAccess = '{"rw":"any","index":"any"}';
const mmu = (name: string): string => `{"name":"${name}","kind":"mmu","accesses":[${anyAccess},${anyAccess}]}`;
const unfold = '{"name":"CPU0","kind":"kernel","calls":[{"fn":"ptl_lock"},{"fn":"ptep_get_and_clear","index":4},{"fn":"ptl_unlock"}]}';

/** Far more states than anybody waits for. */
const LONG = `v=1&scenario=unfold-race-dirty&actors=[${unfold},${mmu("CPU1")},${mmu("CPU2")}]`;

/** The panel as a person meets it. */
class Explorer {
  readonly lab: Lab;
  readonly panel: Locator;
  readonly verdict: Locator;
  readonly said: Locator;

  constructor(lab: Lab) {
    this.lab = lab;
    this.panel = lab.page.getByRole("region", { name: "Every interleaving" });
    this.verdict = this.panel.getByRole("region", { name: "Verdict" });
    this.said = this.panel.getByRole("status", { name: "Exploration" });
  }

  async open(fields = ""): Promise<void> {
    await this.lab.open(fields);
    await this.lab.press("e");
    await expect(this.panel).toBeVisible();
  }

  button(name: string | RegExp): Locator {
    return this.panel.getByRole("button", { name });
  }

  /** A property or a question that was answered. */
  finding(name: string): Locator {
    return this.panel.getByRole("listitem", { name, exact: true });
  }

  question(number: number): Locator {
    return this.panel.getByRole("textbox", { name: `Question ${number}` });
  }

  async ask(text: string): Promise<void> {
    await this.button("Add a question").click();
    await this.lab.page.keyboard.type(text);
  }

  async begin(): Promise<void> {
    await this.button("Explore every interleaving").click();
  }

  async explore(): Promise<void> {
    await this.begin();
    await expect(this.verdict).toBeVisible({ timeout: 40_000 });
  }
}

const withExplorer = test.extend<{ explorer: Explorer }>({
  explorer: async ({ lab }, use) => {
    await use(new Explorer(lab));
  },
});

withExplorer("what holds is said to hold over all interleavings, with its limits and its outcomes", async ({ explorer, lab }) => {
  await explorer.open();
  await explorer.explore();
  await expect(explorer.verdict).toContainText(/Holds over all 5\.91 × 10¹⁰ interleavings explored/);
  await expect(explorer.verdict).toContainText("This scenario, on Linux 6.12;");
  await expect(explorer.verdict).toContainText("sequentially consistent memory");
  await expect(explorer.said).toContainText("Holds over all");
  await expect(explorer.finding("no-lost-dirty")).toContainText("holds");
  await expect(explorer.panel).toContainText("Spinning: CPU1 may go round in circles until somebody else makes a step.");

  await explorer.button("All digits of interleavings").click();
  const exact = (await explorer.panel.getByText(/^\d{2},\d{3},\d{3},\d{3}$/).textContent()) ?? "";
  const ways = explorer.panel.getByRole("row").locator("data");
  const counted = await ways.evaluateAll((all) => all.map((one) => one.getAttribute("value") ?? ""));
  expect(counted.reduce((sum, value) => sum + BigInt(value), 0n)).toBe(BigInt(exact.replaceAll(",", "")));

  // Every outcome comes with a run that ends so.
  await explorer.button("Show outcome 1").click();
  await expect(lab.actor("CPU1").getByRole("button", { name: "Step CPU1" })).toHaveText("finished");
  await expect(explorer.panel).toBeVisible();
});

withExplorer(
  "a mistake is found, and its counterexample plays to the step that failed",
  { tag: "@everywhere" },
  async ({ explorer, lab, page }) => {
    await explorer.open(MISTAKE);
    await explorer.explore();
    await expect(explorer.verdict).toContainText("Violated: 2 properties.");
    const failed = explorer.finding("break-before-make");
    await expect(explorer.panel.getByRole("list").nth(0).getByRole("listitem").first()).toHaveAccessibleName("break-before-make");
    await expect(failed).toContainText("CPU0 makes entry 0 valid at contpte_convert.set");

    const shortest = failed.getByRole("button", { name: /Play shortest \(19 steps\)/ });
    await shortest.click();
    await lab.expectStep(19, 19);
    await expect(lab.status).toContainText("CPU0 writes 0x68000001000bc3 to entry 0");
    await expect(lab.entry(0)).toContainText("changed by software in the last step");
    await expect(shortest).toHaveAttribute("aria-current", "true");
    await expect(explorer.panel).toBeVisible();

    await failed.getByRole("button", { name: "Step 3 of the shortest wrote what matters" }).click();
    await lab.expectStep(3, 19);
    await expect(lab.status).toContainText("entry 0");

    // The page's keys go along the run at once.
    await lab.press("ArrowRight");
    await lab.expectStep(4, 19);
    await expect(page).toHaveURL(/choices=0x19&at=4/);
    await explorer
      .finding("no-stale-tlb")
      .getByRole("button", { name: /Play with fewest switches \(1\)/ })
      .click();
    await expect(lab.status).toContainText("CPU0");
    await expect(lab.table).toContainText("stale");
  },
);

withExplorer("who never finishes is named, with a run to play", async ({ explorer, lab }) => {
  await explorer.open('v=1&scenario=unfold-race&actors.1.calls=[{"fn":"ptl_lock"},{"fn":"ptl_lock"}]');
  await explorer.explore();
  await expect(explorer.verdict).toContainText("Violated: 1 property.");
  await expect(explorer.finding("no-deadlock")).toContainText("CPU1 holds the page-table lock");
  const stuck = explorer.panel.getByRole("listitem").filter({ hasText: "Stuck: CPU1 never finishes" });
  await stuck.getByRole("button", { name: /^Play/ }).click();
  await expect(lab.actor("CPU1")).toContainText("CPU1 waits for the page-table lock, which CPU1 holds.");
});

withExplorer("a person's own run is there again after others were played", async ({ explorer, lab }) => {
  await explorer.open(`${MISTAKE}&choices=1x3&at=2`);
  await explorer.explore();
  await explorer.button(/Play shortest \(19/).click();
  await lab.expectStep(19, 19);
  await explorer.button(/Play shortest \(35/).click();
  await lab.expectStep(35, 35);
  await explorer.button("Back to your run").click();
  await lab.expectStep(2, 3);
  await expect(explorer.button("Back to your run")).toBeHidden();
});

withExplorer("questions are answered beside the properties, with an example to play", { tag: "@everywhere" }, async ({ explorer, lab }) => {
  await explorer.open("v=1&scenario=unfold-race-dirty");
  await explorer.button("Ask: CPU1 returned dirty").click();
  await expect(explorer.question(1)).toHaveValue("CPU1 returned dirty");
  await explorer.ask("never CPU2 faulted");
  await explorer.explore();
  await expect(explorer.verdict).toContainText("Violated: 1 question.");
  await expect(explorer.finding("CPU1 returned dirty")).toContainText("sometimes: it happens.");
  await expect(explorer.finding("never CPU2 faulted")).toContainText("never: but it happens.");
  await explorer
    .finding("never CPU2 faulted")
    .getByRole("button", { name: /Play a counterexample/ })
    .click();
  await expect(lab.status).toContainText("fault");
});

withExplorer("a question is refused at its wrong word, and nothing is explored until it is mended", async ({ explorer, page }) => {
  await explorer.open("v=1&scenario=unfold-race-dirty");
  await explorer.ask("CPU1 returned dirtyy");
  const field = explorer.question(1);
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(/dirtyy.*did you mean dirty\?/);
  await expect(explorer.panel.locator("mark")).toHaveText("dirtyy");

  await explorer.begin();
  await expect(field).toBeFocused();
  await expect(explorer.verdict).toBeHidden();

  await field.press("End");
  await field.press("Backspace");
  await expect(field).toHaveAttribute("aria-invalid", "false");
  await page.keyboard.press("Enter");
  await expect(explorer.finding("CPU1 returned dirty")).toContainText("sometimes: it happens.");
});

withExplorer("a bound ends the search early, and that never looks like what holds", async ({ explorer }) => {
  await explorer.open();
  await explorer.panel.getByText("Stops at 10,000,000 states, 600 MB").click();
  const states = explorer.panel.getByRole("textbox", { name: "States" });
  await write(states, "none");
  await expect(states).toHaveAccessibleDescription("A whole number from 1 to 100,000,000.");
  await explorer.begin();
  await expect(states).toBeFocused();
  await write(states, "200");
  await explorer.explore();
  await expect(explorer.verdict).toContainText("Stopped early: the bound on states was reached. Nothing failed so far.");
  await expect(explorer.verdict).not.toContainText("Holds");
  await expect(explorer.panel).toContainText("not counted");
});

interface Waits {
  /** Between one frame and the next. */
  readonly frames: readonly number[];
  /** From a key press to the step it makes. */
  readonly steps: readonly number[];
}

/** @returns a function that gives all waits since, in ms */
async function watchWaits(page: Page): Promise<() => Promise<Waits>> {
  await page.getByText(/^step \d+ of \d+$/).evaluate((position) => {
    const waits = { frames: [] as number[], steps: [] as number[] };
    Object.assign(globalThis, { waits });
    let pressed: number | undefined;
    let before = performance.now();
    const tick = (now: number): void => {
      waits.frames.push(now - before);
      before = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    addEventListener("keydown", (event) => {
      pressed = event.timeStamp;
    });
    new MutationObserver(() => {
      if (pressed !== undefined) waits.steps.push(performance.now() - pressed);
      pressed = undefined;
    }).observe(position, { characterData: true, childList: true, subtree: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as { waits: Waits }).waits);
}

const part = (values: readonly number[], of: number): number => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * of)] ?? 0;

withExplorer("a long exploration leaves the page in use, and keeps what it found when it is stopped", async ({ explorer, lab, page }) => {
  await explorer.open(LONG);
  await explorer.begin();
  const progress = explorer.panel.getByRole("region", { name: "Progress" });
  await expect(progress).toContainText("Searching");
  await expect(progress).toContainText(/Likely more than .* states: it will stop at 10,000,000/);
  await expect(explorer.said).toContainText("states so far");

  const waits = await watchWaits(page);
  for (let step = 1; step <= 8; step++) {
    await lab.press("1");
    await lab.expectStep(step, step);
  }
  const { frames, steps } = await waits();
  const figures = [frames, steps].map((all) => `${part(all, 0.5).toFixed(0)} ms, at most ${part(all, 1).toFixed(0)} ms`);
  const description = `between frames ${figures[0]}; from key to step ${figures[1]}`;
  test.info().annotations.push({ type: "while exploring", description });
  console.log(description);
  // Not the longest: the machine may be busy with other things, once.
  expect(part(frames, 0.9), "nine in ten waits for a frame, in ms").toBeLessThan(200);
  expect(part(steps, 0.5), "half of the waits for a step, in ms").toBeLessThan(200);

  // What is typed now is for the next time: Enter does not stop this one.
  await explorer.ask("CPU0 finished");
  await lab.press("Enter");
  await expect(progress).toContainText("Searching");

  await explorer.button("Stop, and keep what was found").click();
  await expect(explorer.verdict).toContainText("Stopped early: you stopped it. Nothing failed so far.", { timeout: 40_000 });
  await expect(explorer.panel).toContainText("so far");
  await expect(explorer.finding("tlb-unique")).toContainText("not decided");
  await expect(explorer.button("Explore every interleaving")).toBeFocused();
});

withExplorer("another scenario calls the exploration off", { tag: "@everywhere" }, async ({ explorer, lab }) => {
  await explorer.open(LONG);
  await explorer.begin();
  await expect(explorer.panel.getByRole("region", { name: "Progress" })).toContainText("Searching");
  await lab.page.goto("./#v=1&scenario=fault-loop");
  await expect(lab.actor("SMMU")).toBeVisible();
  await expect(explorer.button("Explore every interleaving")).toBeVisible();
  await explorer.explore();
  await expect(explorer.verdict).toContainText("Violated: 1 property.");
});

withExplorer("from here: only what can still happen is explored", async ({ explorer, lab }) => {
  await explorer.open("v=1&scenario=unfold-race&choices=0x41");
  await lab.expectStep(37, 37);
  await explorer.button("From here: step 37").click();
  await expect(explorer.verdict).toContainText("From step 37 on.");
  await expect(explorer.verdict).toContainText("Holds over the one interleaving");
});

withExplorer(
  "closing keeps the result, Escape gives the focus back, and e opens again",
  { tag: "@everywhere" },
  async ({ explorer, lab, page }) => {
    await explorer.open();
    await expect(explorer.button("Explore every interleaving")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(explorer.verdict).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(explorer.panel).toBeHidden();
    await expect(lab.button("Explore e")).toBeFocused();
    await page.keyboard.press("e");
    await expect(explorer.verdict).toContainText("Holds");
    await expect(explorer.button("Explore every interleaving")).toBeFocused();
  },
);

withExplorer("questions and their fields are reached and removed by keyboard", async ({ explorer, page }) => {
  await explorer.open();
  await explorer.ask("CPU1 finished");
  await explorer.ask("CPU0 finished");
  await page.keyboard.press("Tab");
  await expect(explorer.button("Remove question 2")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(explorer.question(1)).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(explorer.button("Add a question")).toBeFocused();
});

for (const width of [1280, 390]) {
  withExplorer(`axe finds nothing to say about the explorer at ${width}, and nothing scrolls sideways`, async ({ explorer, page }) => {
    test.slow();
    await page.setViewportSize({ width, height: width > 600 ? 800 : 844 });
    await explorer.open(MISTAKE);
    await explorer.ask("CPU1 returned dirty");
    await explorer.explore();
    await explorer.button(/Play shortest \(19/).click();
    await explorer.ask("CPU1 returned dirtyy");
    await expect(explorer.question(2)).toHaveAttribute("aria-invalid", "true");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      expect(await axeFaults(page, "#explorer"), colorScheme).toEqual([]);
    }
    expect(await scrolledSideways(page)).toEqual([]);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wider).toBeLessThanOrEqual(0);
  });
}

withExplorer(
  "the page table is in sight beside the explorer, at a desk and on a phone",

  async ({ explorer, lab, page }) => {
    for (const [width, height] of [
      [1280, 800],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.goto("about:blank");
      await explorer.open(MISTAKE);
      await explorer.explore();
      await explorer.button(/Play shortest \(19/).click();
      const [entry, panel] = [await lab.entry(0).boundingBox(), await explorer.panel.boundingBox()];
      if (entry === null || panel === null) throw new Error("one of them is not drawn");
      const isCovered = entry.x < panel.x + panel.width && panel.x < entry.x + entry.width && entry.y + entry.height > panel.y;
      expect(isCovered, `at ${width}`).toBe(false);
      expect(entry.y, `at ${width}`).toBeGreaterThanOrEqual(0);
    }
  },
);
