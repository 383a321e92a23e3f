import { expect, type Lab, test } from "./fixtures.ts";

const RACE = "v=1&scenario=unfold-race-dirty&choices=2.1x4.2.0x6.1";

const tip = (lab: Lab) => lab.page.getByRole("tooltip");

test("whatever is drawn is explained in a sentence where the pointer rests", { tag: "@everywhere" }, async ({ lab, page }) => {
  await lab.open(`${RACE}&at=11`);
  await lab.expectStep(11, 13);
  await lab.entry(12).hover();
  await expect(tip(lab)).toHaveText(/^entry 12: frame 0x100c, contiguous, writable, young, dirty by hardware\s*0x7800000100cf43$/);
  await lab.table.getByText(/^block of 16 pages/).hover();
  await expect(tip(lab)).toHaveText(/^block of 16 pages · frame 0x1000 · writable · stale for 0/);
  const { x, y, width, height } = (await tip(lab).boundingBox()) ?? { x: -1, y: -1, width: 0, height: 0 };
  expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(1280);
  expect(y + height).toBeLessThanOrEqual(800);
  await page.mouse.move(1, 1);
  await expect(tip(lab)).toBeHidden();
});

test("and where the focus comes to by key", { tag: "@everywhere" }, async ({ lab }) => {
  await lab.open();
  await lab.entry(0).getByRole("button").focus();
  await lab.press("]");
  await expect(tip(lab)).toHaveText(/^entry 1: frame 0x1001/);
  await lab.press("]");
  await expect(tip(lab)).toHaveText(/^entry 2: frame 0x1002/);
  await lab.press("Escape");
  await expect(tip(lab)).toBeHidden();
  await lab.button("Restart").focus();
  await lab.press("Shift+Tab", "Tab");
  await expect(lab.button("Restart")).toHaveAccessibleDescription("Begin again; the run is kept under the timeline");
});

test("a tip goes with what it says", async ({ lab }) => {
  await lab.open();
  await lab.entry(0).hover();
  await expect(tip(lab)).toHaveText(/^entry 0: frame 0x1000/);
  await lab.page.evaluate(() => window.contpteLab.step("CPU0"));
  await lab.page.evaluate(() => window.contpteLab.step("CPU0"));
  await lab.page.evaluate(() => window.contpteLab.step("CPU0"));
  await expect(tip(lab)).toHaveText(/^entry 0: none\s*0x0$/);
});

test("what has been opened is covered by no tip", async ({ lab }) => {
  await lab.open();
  await lab.scenario.hover();
  await expect(tip(lab)).toHaveText("An unfold under a lockless reader");
  await lab.scenario.click();
  await expect(lab.menu).toBeVisible();
  await lab.entry(0).hover();
  await expect(tip(lab)).toHaveText(/^entry 0/);
  await lab.scenario.hover();
  await lab.page.waitForTimeout(600); // longer than it takes a tip to come
  await expect(tip(lab)).toBeHidden();
});
