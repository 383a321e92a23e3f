import type { Locator, Page } from "@playwright/test";
import { STORIES } from "../src/stories/stories/index.ts";
import { expect, type Lab, test } from "./fixtures.ts";

const [first] = STORIES;
if (first === undefined) throw new Error("there are stories");

/** Words without the backticks that make them code. */
const plain = (text: string): string => text.replaceAll("`", "");

/** The strip under the picture. */
class Strip {
  readonly region: Locator;
  readonly checks: Locator;
  readonly beats: Locator;

  constructor(page: Page) {
    this.region = page.getByRole("region", { name: "Story" });
    this.checks = this.region.getByRole("list", { name: "Checked by the engine" }).getByRole("listitem");
    this.beats = this.region.getByRole("navigation", { name: "Beats" }).getByRole("button");
  }

  button(name: string): Locator {
    return this.region.getByRole("button", { name, exact: true });
  }

  /** Waits until a beat stands there, every check ticked. */
  async expectBeat(number: number, { caption, checks = [] }: { readonly caption: string; readonly checks?: readonly string[] }) {
    await expect(this.region).toContainText(plain(caption));
    await expect(this.beats.nth(number)).toHaveAttribute("aria-current", "step");
    await expect(this.checks).toHaveText(checks.map((text) => `✓is so: ${text}`));
  }
}

const tell = async (lab: Lab, page: Page, fields: string): Promise<Strip> => {
  await lab.open(fields);
  return new Strip(page);
};

test.describe("a story", () => {
  test("is chosen from the list, read to its end and kept as read", { tag: "@everywhere" }, async ({ lab, page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await lab.open();
    await lab.button("Stories").click();
    await lab.dialog.getByRole("button", { name: first.title }).click();
    await expect(lab.dialog).toBeHidden();
    const strip = new Strip(page);
    const beats = first.acts.flatMap((act) => act.beats);
    for (const [number, beat] of beats.entries()) {
      await strip.expectBeat(number, beat);
      if (number === beats.length - 1) break;
      await strip.button("Next").click();
      const asked = beats[number + 1]?.predict;
      if (asked === undefined) continue;
      await expect(strip.region).toContainText(`What do you expect? ${plain(asked.ask)}`);
      const wrong = asked.answers.findIndex((_, n) => n !== asked.right);
      await strip.button(plain(asked.answers[wrong] ?? "")).click();
      await expect(strip.region).toContainText(`Not so. ${plain(asked.because)}`);
      await expect(strip.region.getByRole("button", { pressed: true, name: plain(asked.answers[wrong] ?? "") })).toContainText("✗");
      await expect(strip.region.getByRole("button", { name: plain(asked.answers[asked.right] ?? "") })).toContainText("✓");
      await strip.button("Next").click();
    }
    await expect(strip.button("Next story")).toBeEnabled();
    await page.reload();
    await expect(lab.slider).toBeVisible();
    await lab.press("s");
    await expect(lab.dialog.getByRole("button", { name: first.title })).toContainText("✓ read");
  });

  test("is a link at every beat, and the page goes back through its history", { tag: "@everywhere" }, async ({ lab, page }) => {
    const strip = await tell(lab, page, `v=1&story=${first.id}&beat=3`);
    const [, second, third, fourth] = first.acts[0].beats;
    if (second === undefined || third === undefined || fourth === undefined) throw new Error("it has four beats");
    await strip.expectBeat(2, third);
    await strip.beats.nth(1).click();
    await strip.expectBeat(1, second);
    await expect(page).toHaveURL(/#v=1&story=[a-z-]+&beat=2$/);
    await page.reload();
    await strip.expectBeat(1, second);
    await lab.choose("An unfold under a lockless reader");
    await expect(strip.region).toBeHidden();
    await page.goBack();
    await strip.expectBeat(1, second);
  });

  test("moves the picture as if by hand, and Next does not wait for it", async ({ lab, page }) => {
    const strip = await tell(lab, page, "v=1&story=lockless-look&beat=2");
    const [, , third] = STORIES.find(({ id }) => id === "lockless-look")?.acts[0].beats ?? [];
    if (third === undefined) throw new Error("it has a third beat");
    await strip.button("Next").click();
    await expect(strip.checks.first()).toHaveText(/^○/);
    const before = Number(await lab.slider.inputValue());
    await expect.poll(async () => Number(await lab.slider.inputValue())).toBeGreaterThan(before);
    await strip.button("Next").click();
    await strip.expectBeat(2, third);
  });

  test("is followed step by step with the arrow keys", { tag: "@everywhere" }, async ({ lab, page }) => {
    const strip = await tell(lab, page, "v=1&story=break-before-make");
    const beats = STORIES.find(({ id }) => id === "break-before-make")?.acts[0].beats ?? [];
    const [one, two] = beats;
    if (one === undefined || two === undefined) throw new Error("it has two beats");
    await strip.expectBeat(0, one);
    const walk = (key: string, to: number): Promise<void> =>
      expect(async () => {
        await lab.press(key);
        await expect(strip.beats.nth(to)).toHaveAttribute("aria-current", "step", { timeout: 300 });
      }).toPass();
    await walk("ArrowRight", 1);
    await strip.expectBeat(1, two);
    await walk("ArrowLeft", 0);
    await strip.expectBeat(0, one);
  });

  test("is left by a choice of one's own, and gone back to", { tag: "@everywhere" }, async ({ lab, page }) => {
    const strip = await tell(lab, page, "v=1&story=lockless-look&beat=3");
    await expect(lab.button("Random step")).toBeHidden();
    await lab.button("Step CPU0").click();
    await expect(strip.region).toContainText("This run is your own.");
    await expect(lab.button("Random step")).toBeVisible();
    await expect(page).toHaveURL(/#v=1&scenario=lockless-look&choices=/);
    const own = page.url();
    await strip.button("Back to the story").click();
    await expect(strip.beats.nth(2)).toHaveAttribute("aria-current", "step");
    await strip.button("Play on your own").click();
    await expect(strip.region).toBeHidden();
    await expect(lab.button("Random step")).toBeVisible();
    await page.goto("about:blank");
    await page.goto(own);
    await expect(lab.scenario).toHaveText("A reader without the lock meets an unfold");
    await expect(strip.region).toBeHidden();
  });

  test("goes on by itself until it is paused", async ({ lab, page }) => {
    await page.clock.install();
    const strip = await tell(lab, page, `v=1&story=${first.id}`);
    const [, second] = first.acts[0].beats;
    if (second === undefined || second.predict !== undefined) throw new Error("its second beat asks nothing");
    await strip.region.getByRole("combobox", { name: "Speed" }).selectOption("2");
    await strip.button("▶ Play").click();
    // A little at a time, because the engine answers in its own time.
    const later = async (): Promise<string | null> => {
      await page.clock.runFor(1000);
      return strip.beats.nth(1).getAttribute("aria-current");
    };
    await expect.poll(later, { intervals: [50] }).toBe("step");
    await strip.button("❚❚ Pause").click();
    await page.clock.runFor(120_000);
    await strip.expectBeat(1, second);
  });

  test("dims what it does not point at", async ({ lab, page }) => {
    const strip = await tell(lab, page, "v=1&story=lockless-look&beat=4");
    await expect(strip.beats.nth(3)).toHaveAttribute("aria-current", "step");
    const isDimmed = (element: Locator): Promise<boolean> => element.evaluate((own) => Number(getComputedStyle(own).opacity) < 1);
    for (const shown of [lab.entry(9), lab.entry(4), lab.actor("CPU1")]) expect(await isDimmed(shown)).toBe(false);
    for (const other of [lab.entry(8), lab.actor("CPU0")]) expect(await isDimmed(other)).toBe(true);
    await lab.entry(8).hover();
    expect(await isDimmed(lab.entry(8))).toBe(false);
    await strip.button("Play on your own").click();
    expect(await isDimmed(lab.actor("CPU0"))).toBe(false);
  });
});

for (const [fields, sentence] of [
  ["v=1&story=nothing", 'there is no story "nothing"'],
  [`v=1&story=${first.id}&beat=77`, "no beat 77"],
  [`v=1&story=${first.id}&beat=2&at=9999`, "should be a step from 0 to"],
] as const) {
  test(`a link to a story that cannot be told says why: ${fields}`, async ({ lab }) => {
    await lab.open(fields);
    await lab.expectAlert(sentence);
    await expect(lab.scenario).toHaveText("An unfold under a lockless reader");
  });
}

for (const story of STORIES) {
  test(`every check of "${story.title}" holds in the page`, async ({ lab, page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    const strip = await tell(lab, page, `v=1&story=${story.id}`);
    for (const [number, beat] of story.acts.flatMap((act) => act.beats).entries()) {
      if (number > 0) await lab.press("PageDown");
      if (beat.predict !== undefined) {
        await expect(strip.region).toContainText(plain(beat.predict.ask));
        await lab.press("PageDown");
        await expect(strip.region).toContainText(plain(beat.predict.because));
        await lab.press("PageDown");
      }
      await strip.expectBeat(number, beat);
    }
    await lab.expectNoAlert();
  });
}
