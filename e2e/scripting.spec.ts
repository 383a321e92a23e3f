import type { Page } from "@playwright/test";
import { STORIES } from "../src/stories/stories/index.ts";
import type {} from "../src/ui/scripting/api.ts";
import { expect, test } from "./fixtures.ts";

test.describe("a script", () => {
  test.beforeEach(async ({ lab, page }) => {
    await lab.open();
    await page.evaluate(() => window.contpteLab.ready);
  });

  test("steps an actor, goes on, and seeks; each is painted when it is answered", { tag: "@everywhere" }, async ({ lab, page }) => {
    const last = (step: Promise<{ snapshot: { last?: { text: string } } }>) => step.then(({ snapshot }) => snapshot.last?.text);
    expect(await last(page.evaluate(() => window.contpteLab.step("CPU0")))).toBe("CPU0 takes the page-table lock");
    await expect(lab.status).toContainText("CPU0 takes the page-table lock", { timeout: 1 });
    expect(await last(page.evaluate(() => window.contpteLab.step(1)))).toContain("CPU1 reads entry 9");
    // The inline part has read it; contpte_ptep_get_lockless() reads it again.
    expect(await last(page.evaluate(() => window.contpteLab.step()))).toContain("CPU1 reads entry 9");
    const { step, choices } = await page.evaluate(() => window.contpteLab.seek(1));
    expect([step, choices.length]).toEqual([1, 3]);
    await expect(lab.slider).toHaveAttribute("aria-valuetext", /^step 1 of 3/, { timeout: 1 });
  });

  test("opens a ready scenario, a link and a document", async ({ lab, page }) => {
    await page.evaluate(() => window.contpteLab.load("batch-and-fold"));
    await expect(lab.scenario).toHaveText("A batch, and a fold by the last entry");
    expect((await page.evaluate(() => window.contpteLab.load("https://example.org/#v=1&choices=0x4&at=3"))).step).toBe(3);
    const document = await page.evaluate(() => window.contpteLab.state().document);
    await page.evaluate((own) => window.contpteLab.load({ ...own, title: "Of my own" }), document);
    await expect(lab.scenario).toHaveText("Of my own");
  });

  for (const [what, act, sentence] of [
    ["another actor", () => window.contpteLab.step("CPU9"), "There is no actor CPU9: there are CPU0, CPU1."],
    ["a step that is not", () => window.contpteLab.seek(7), "This run has no step 7: its steps are 0 to 1."],
    ["a move that is not", () => window.contpteLab.step("CPU1", "sleeps"), 'CPU1 has no move "sleeps" here'],
    ["an unknown scenario", () => window.contpteLab.load("nothing"), 'There is no scenario "nothing"'],
    ["a bad link", () => window.contpteLab.load("#v=99"), "newer version"],
    ["a bad document", () => window.contpteLab.load({ version: 1 }), "This scenario cannot be opened: machine should be"],
  ] as const) {
    test(`is told why not, and loses nothing: ${what}`, async ({ lab, page }) => {
      await page.evaluate(() => window.contpteLab.step("CPU0"));
      await expect(page.evaluate(act)).rejects.toThrow(sentence);
      await lab.expectStep(1, 1);
    });
  }
});

test.describe("a script that tells a story", () => {
  test.beforeEach(async ({ lab, page }) => {
    await lab.open();
    await page.evaluate(() => window.contpteLab.ready);
  });

  test("is told which there are, and where each beat stands", { tag: "@everywhere" }, async ({ page }) => {
    const cards = await page.evaluate(() => window.contpteLab.stories());
    expect(cards.map(({ id }) => id)).toEqual(STORIES.map(({ id }) => id));
    const { beats } = await page.evaluate(() => window.contpteLab.story("granules"));
    const own = STORIES.find(({ id }) => id === "granules")?.acts ?? [];
    expect(beats.map(({ caption }) => caption)).toEqual(own.flatMap((act) => act.beats.map(({ caption }) => caption)));
    expect(beats.map(({ actTitle }) => actTitle)).toEqual(own.flatMap(({ title, beats: of }) => of.map(() => title)));
    for (const [n, beat] of beats.entries()) {
      const before = beats[n - 1];
      expect(beat.from).toBe(before?.act === beat.act ? before.at : 0);
      expect(beat.at).toBeGreaterThanOrEqual(beat.from);
      expect(beat.checks.every(({ holds }) => holds)).toBe(true);
    }
  });

  test("shows a beat, a step on the way to it, its question and the answer, and the story goes on from there", {
    tag: "@everywhere",
  }, async ({ lab, page }) => {
    const story = STORIES.find(({ id }) => id === "break-before-make");
    const [, second, third] = story?.acts[0].beats ?? [];
    if (second === undefined || third?.predict === undefined) throw new Error("its third beat is predicted");
    const { from, at } = (await page.evaluate(() => window.contpteLab.story("break-before-make"))).beats[2] ?? { from: 0, at: 0 };
    const plain = (text: string): string => text.replaceAll("`", "");

    const asked = await page.evaluate(() => window.contpteLab.tell("break-before-make", 3, { question: "asked" }));
    expect(asked.step).toBe(from);
    await expect(lab.story).toContainText(plain(third.predict.ask), { timeout: 1 });
    await expect(lab.story).not.toContainText(plain(third.predict.because), { timeout: 1 });
    await page.evaluate(() => window.contpteLab.tell("break-before-make", 3, { question: "answered" }));
    await expect(lab.story).toContainText(plain(third.predict.because), { timeout: 1 });
    await expect(lab.story.getByRole("button", { name: /^✓/ })).toHaveText(`✓ ${plain(third.predict.answers[third.predict.right] ?? "")}`);

    const way = await page.evaluate((step) => window.contpteLab.tell("break-before-make", 3, { at: step }), from + 2);
    expect(way.step).toBe(from + 2);
    await expect(lab.story).toContainText(plain(second.caption), { timeout: 1 });
    await expect(lab.story.getByRole("listitem").first()).toHaveText(/^○/, { timeout: 1 });

    expect((await page.evaluate(() => window.contpteLab.tell("break-before-make", 3))).step).toBe(at);
    await expect(lab.story).toContainText(plain(third.caption), { timeout: 1 });
    await lab.story.getByRole("button", { name: "Next", exact: true }).click();
    await expect(lab.story.getByRole("button", { name: "Beat 4 of" })).toHaveAttribute("aria-current", "step");
  });

  test("leaves a way that a person can go on by hand", async ({ lab, page }) => {
    const { from, at } = (await page.evaluate(() => window.contpteLab.story("break-before-make"))).beats[2] ?? { from: 0, at: 0 };
    await page.evaluate((step) => window.contpteLab.tell("break-before-make", 3, { at: step }), at - 1);
    await lab.press("ArrowRight");
    await expect(lab.story.getByRole("button", { name: "Beat 3 of" })).toHaveAttribute("aria-current", "step");
    await expect(lab.story.getByRole("listitem").first()).toHaveText(/^✓/);
    expect((await page.evaluate(() => window.contpteLab.tell("break-before-make", 2))).step).toBe(from);
  });

  for (const [what, act, sentence] of [
    ["another story", () => window.contpteLab.story("nothing"), /There is no story "nothing"; known are contiguous-bit, .*kernel-folds/],
    ["another beat", () => window.contpteLab.tell("granules", 77), 'The story "granules" has beats 1 to'],
    ["a step elsewhere", () => window.contpteLab.tell("break-before-make", 3, { at: 0 }), "there is no step 0: its steps are"],
    [
      "a question that is not",
      () => window.contpteLab.tell("break-before-make", 2, { question: "asked" }),
      "Nothing is asked before beat 2",
    ],
  ] as const) {
    test(`is told why not, and loses nothing: ${what}`, async ({ lab, page }) => {
      await page.evaluate(() => window.contpteLab.step("CPU0"));
      await expect(page.evaluate<unknown>(act)).rejects.toThrow(sentence);
      await lab.expectStep(1, 1);
    });
  }
});

/** A page of its own around the embedded one, which notes what it is told. */
async function around(page: Page, fields: string): Promise<void> {
  await page.route("**/around.html", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><title>around</title><iframe title="lab" width="900" height="600" src="./?mode=embed#${fields}"></iframe>
        <script>window.told = []; addEventListener("message", ({ data }) => window.told.push(data));</script>`,
    }),
  );
  await page.goto("./around.html");
}

const post = (page: Page, message: unknown) =>
  page.evaluate((sent) => document.querySelector("iframe")?.contentWindow?.postMessage(sent, "*"), message);
const told = (page: Page) => page.evaluate(() => (window as unknown as { told: unknown[] }).told);

test("an embedded page has no chrome, answers PING, questions and mistakes, and tells each step", { tag: "@everywhere" }, async ({
  page,
}) => {
  await around(page, "v=1&choices=0x3");
  const frame = page.frameLocator("iframe");
  await expect(frame.getByRole("heading", { name: "An unfold under a lockless reader" })).toBeVisible();
  await expect(frame.getByRole("button", { name: "Edit…" })).toBeHidden();
  const whole = frame.getByRole("link", { name: "Open in contpte-lab" });
  await expect(whole).toHaveAttribute("href", /\/#v=1&scenario=unfold-race&choices=0x3$/);

  await post(page, "PING");
  await expect.poll(() => told(page)).toEqual(["PONG"]);
  await post(page, { contpteLab: 1, method: "seek", params: [2] });
  await expect.poll(async () => (await told(page)).length).toBe(3);
  const [, shown, answer] = await told(page);
  expect(shown).toEqual({ contpteLab: "shown", step: 2, steps: 3 });
  expect(answer).toMatchObject({ contpteLab: 1, ok: true, answer: { step: 2 } });
  await expect(frame.getByRole("slider", { name: "Step" })).toHaveAttribute("aria-valuetext", /^step 2 of 3/);

  await post(page, { contpteLab: "b", method: "step", params: ["CPU7"] });
  await expect
    .poll(async () => (await told(page)).at(-1))
    .toEqual({ contpteLab: "b", ok: false, error: "There is no actor CPU7: there are CPU0, CPU1." });
  await post(page, { contpteLab: 3, method: "constructor", params: [] });
  await post(page, { contpteLab: 4, method: "state", params: [] });
  await expect.poll(async () => ((await told(page)).at(-1) as { contpteLab: unknown }).contpteLab).toBe(4);
  expect((await told(page)).some((message) => (message as { contpteLab?: unknown }).contpteLab === 3)).toBe(false);
});
