import { expect, test } from "./fixtures.ts";
import { LONG_BLOCK } from "./places.ts";

test("a block of 128 entries unfolds, and folds again on the way back", { tag: "@everywhere" }, async ({ lab, page }) => {
  await lab.open(LONG_BLOCK);
  const entries = lab.table.getByRole("listitem");
  await expect(entries).toHaveCount(128);
  await expect(page.getByRole("heading", { name: "Page table · 16K pages · user mm" })).toBeVisible();
  await expect(lab.table).toContainText("block 0 · folded: one contiguous block");
  const initial = await lab.entries();
  expect(initial).toHaveLength(128);

  await lab.press("2", "2", "2");
  await lab.expectStep(3, 3);
  await lab.button("Run to the end").click();
  await expect(lab.button("Step CPU0")).toHaveText("finished");
  await expect(lab.button("Step CPU1")).toHaveText("finished");
  await expect(lab.entry(77)).toContainText("none");
  await expect(lab.entry(127)).toContainText("frame 0x107f, writable");
  await expect(lab.slider).toHaveAttribute("aria-valuetext", /^step (\d{3}) of \1,/);

  await lab.slider.fill("70");
  await expect(lab.slider).toHaveAttribute("aria-valuetext", /^step 70 of/);
  await expect(lab.table).toContainText("mixed: some entries not valid");
  await page.getByRole("button", { name: "To the start" }).click();
  await expect(lab.table).toContainText("folded: one contiguous block");
  expect(await lab.entries()).toEqual(initial);
});

test("at the end of a long run the timeline has moved along", async ({ lab, page }) => {
  await lab.open(`${LONG_BLOCK}&choices=0x260`);
  await lab.expectStep(260, 260);
  const picture = page.getByRole("img", { name: /^Timeline/ });
  await picture.click({ position: { x: 30, y: 10 } });
  await expect(lab.slider).toHaveAttribute("aria-valuetext", /^step (19|2[0-5])\d of 260/);
  await lab.press("Home");
  await lab.expectStep(0, 260);
  await picture.click({ position: { x: 30, y: 10 } });
  await lab.expectStep(2, 260);
});
