import type { Locator, Page } from "@playwright/test";
import { expect, Lab, test } from "./fixtures.ts";

/** The writer has taken four entries out of the block, and the reader goes round and round. */
const spinning = (steps: number, at = 0): string => `v=1&choices=1x2.0x6.1x${steps - 8}&at=${at}`;

const STEP = 18;

const picture = (page: Page): Locator => page.getByRole("img", { name: /^Timeline/ });

async function placeOf(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await picture(page).boundingBox();
  if (box === null) throw new Error("the timeline has no place on the page");
  return box;
}

/** The step that the page says it shows. */
async function shownStep(lab: Lab): Promise<number> {
  return Number(/^step (\d+) /.exec((await lab.slider.getAttribute("aria-valuetext")) ?? "")?.[1]);
}

/** Clicks so far from the left edge of the lanes, and waits until that step is shown. */
async function stepAt(lab: Lab, page: Page, x: number): Promise<number> {
  const before = await lab.slider.getAttribute("aria-valuetext");
  await picture(page).click({ position: { x, y: 10 } });
  await expect(lab.slider).not.toHaveAttribute("aria-valuetext", before ?? "");
  return shownStep(lab);
}

test("zooms by its buttons and by keys, about where the run stands, and fits the whole run", { tag: "@everywhere" }, async ({
  lab,
  page,
}) => {
  await lab.open(spinning(10_000));
  const { width } = await placeOf(page);
  const [zoomOut, zoomIn, fit] = [lab.button("Zoom out"), lab.button("Zoom in"), lab.button("Fit the whole run")];
  await expect(zoomOut).toHaveAttribute("aria-disabled", "false");
  expect(await stepAt(lab, page, 10.5 * STEP)).toBe(11);

  await fit.click();
  await expect(fit).toHaveAttribute("aria-disabled", "true");
  await expect(zoomOut).toHaveAttribute("aria-disabled", "true");
  expect(Math.abs((await stepAt(lab, page, width / 2)) - 5000)).toBeLessThan(2 * (10_000 / width));

  // Where the run stands it stays: the same place shows nearly the same step, more finely.
  const before = await shownStep(lab);
  for (let n = 0; n < 20; n++) await lab.press("+");
  await expect(zoomIn).toHaveAttribute("aria-disabled", "true");
  expect(Math.abs((await stepAt(lab, page, width / 2 + 60)) - before)).toBeLessThan(8);

  await lab.press("0");
  await expect(fit).toHaveAttribute("aria-disabled", "true");
  await lab.press("=", "-");
  await expect(fit).toHaveAttribute("aria-disabled", "true");
});

test("zooms by the wheel with Ctrl about the pointer, and goes along the run by the wheel and by dragging", { tag: "@everywhere" }, async ({
  lab,
  page,
}) => {
  await lab.open(spinning(2000));
  const { x, y } = await placeOf(page);
  await page.mouse.move(x + 10 * STEP, y + 10);
  await page.mouse.wheel(990 * STEP, 0);
  expect(await stepAt(lab, page, 10 * STEP + 4)).toBe(1001);

  // By its hand: 20 steps further, without going to a step.
  await page.mouse.move(x + 30 * STEP, y + 10);
  await page.mouse.down();
  await page.mouse.move(x + 20 * STEP, y + 12);
  await page.mouse.move(x + 10 * STEP, y + 12);
  await page.mouse.up();
  await lab.expectStep(1001, 2000);
  expect(await stepAt(lab, page, 10 * STEP + 4)).toBe(1021);

  await page.mouse.move(x + 10 * STEP + 4, y + 10);
  await page.keyboard.down("Control");
  for (let n = 0; n < 4; n++) await page.mouse.wheel(0, 100);
  await page.keyboard.up("Control");
  const far = await stepAt(lab, page, 10 * STEP + 80);
  expect(far).toBeGreaterThan(1021 + 80 / STEP + 5);
  expect(Math.abs((await stepAt(lab, page, 10 * STEP + 4)) - 1021)).toBeLessThan(3);
});

test("is scrubbed along its ruler, and the overview moves what is in sight", { tag: "@everywhere" }, async ({ lab, page }) => {
  await lab.open(spinning(10_000));
  const { x, y, width } = await placeOf(page);
  const ruler = y - 8;
  await page.mouse.move(x + 4, ruler);
  await page.mouse.down();
  await lab.expectStep(1, 10_000);
  for (let n = 2; n <= 20; n++) await page.mouse.move(x + n * STEP + 4, ruler);
  await lab.expectStep(21, 10_000);
  // Past the edge the run moves under the hand.
  await page.mouse.move(x + width + 5, ruler);
  await expect.poll(() => shownStep(lab)).toBeGreaterThan(width / STEP - 2);
  await page.mouse.up();

  const overview = y - 32;
  await page.mouse.click(x + width / 2, overview);
  const middle = await stepAt(lab, page, width / 2);
  expect(Math.abs(middle - 5000)).toBeLessThan(20);
  await page.mouse.move(x + width / 2, overview);
  await page.mouse.down();
  await page.mouse.move(x + width, overview, { steps: 4 });
  await page.mouse.up();
  expect(await stepAt(lab, page, width - 3 * STEP)).toBeGreaterThan(9990);
});

test("a run of ten thousand steps is drawn by a bounded number of elements, and stepped through like a short one", async ({
  lab,
  page,
}) => {
  await lab.open(spinning(10_000, 10_000));
  const elements = () => page.getByRole("region", { name: "Time", exact: true }).locator("*").count();
  await lab.expectStep(10_000, 10_000);
  for (const key of ["", "0", "+", "+", "+", "+", "+", "+", "+", "+", "+", "+", "+"]) {
    if (key !== "") await lab.press(key);
    expect(await elements()).toBeLessThan(700);
  }
  await lab.press("ArrowLeft", "ArrowLeft");
  await lab.expectStep(9998, 10_000);
  await lab.press("Home", "ArrowRight", "ArrowRight", "ArrowRight");
  await lab.expectStep(3, 10_000);
  await expect(lab.status).toContainText("CPU0 takes the page-table lock");
  await expect(page).toHaveURL(/&at=3$/);
});

test("shows what hardware records, tells any step under the mouse, and keeps its place when the page is enlarged", async ({
  lab,
  page,
}) => {
  await lab.open("v=1&scenario=unfold-race-dirty&choices=2.1x4.2.0x6.1&at=0");
  const marked = (letter: string) => picture(page).getByText(letter, { exact: true });
  await expect(marked("Y")).toHaveCount(1);
  await expect(marked("D")).toHaveCount(1);
  await picture(page).hover({ position: { x: 8, y: 40 } });
  await expect(page.getByText("Step 1 CPU2 reads page 12: hardware marks entry 12 accessed.")).toBeVisible();
  await page.mouse.move(10, 10);
  await expect(page.getByText("Step 1 CPU2")).toBeHidden();

  await lab.press("p");
  await expect(lab.button("Leave")).toBeVisible();
  const own = await picture(page).evaluate((node) => [node.clientWidth, node.getBoundingClientRect().width] as const);
  const ratio = own[1] / own[0];
  expect(ratio).toBeGreaterThan(1.1);
  const { x, y } = await placeOf(page);
  await page.mouse.click(x + (6 * STEP + 8) * ratio, y + 10);
  await lab.expectStep(7, 13);
});

test("says what its marks mean", async ({ lab, page }) => {
  await lab.open();
  await lab.button("Legend").click();
  await expect(page.getByRole("dialog", { name: "Legend" })).toContainText("hardware marked an entry young");
  await lab.press("Escape");
  await expect(page.getByRole("dialog", { name: "Legend" })).toBeHidden();
});

const rows = (page: Page): Locator => page.getByRole("list", { name: "Runs kept" }).getByRole("listitem");

test("a run that is left is kept as a row, is compared, taken up again and dropped, by mouse", { tag: "@everywhere" }, async ({
  lab,
  page,
}) => {
  await lab.open("v=1&choices=1x4.0x5.1&at=4");
  await lab.button("Step CPU1").click();
  await lab.expectStep(5, 5);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("parts after step 4, 6 more");
  await expect(rows(page)).toContainText("CPU1 found the block inconsistent and starts again");

  await rows(page).getByRole("button", { name: "Compare run 1" }).click();
  const sides = lab.dialog.getByRole("table");
  await expect(sides.getByRole("row", { name: /^Step 5 / })).toContainText(/CPU1 reads entry 2.*CPU0 takes the page-table lock/);
  await expect(sides.getByRole("row", { name: /^Steps from there / })).toContainText(/1\D*6$/);
  await expect(sides.getByRole("row", { name: /^entry 2 / })).toContainText(/frame 0x1002.*none/);
  await expect(sides.getByRole("row", { name: /^entry 5 / })).toBeHidden();
  await lab.dialog.getByRole("button", { name: "Go to where they part" }).click();
  await lab.expectStep(4, 5);

  // The third step of the kept run after it parts.
  const { x } = await placeOf(page);
  const row = await rows(page).boundingBox();
  await page.mouse.click(x + 6 * STEP + 8, (row?.y ?? 0) + 15);
  await lab.expectStep(7, 10);
  await expect(lab.status).toContainText("CPU0");
  await expect(rows(page)).toContainText("parts after step 4, 1 more");
  await rows(page).getByRole("button", { name: /^Drop/ }).click();
  await expect(rows(page)).toHaveCount(0);

  await lab.button("Restart").click();
  await lab.expectStep(0, 0);
  await expect(rows(page)).toContainText("goes on after step 0, 10 more");
  await lab.choose("A batch, and a fold by the last entry");
  await expect(rows(page)).toHaveCount(0);
});

test("and by keyboard alone", { tag: "@everywhere" }, async ({ lab, page }) => {
  await lab.open("v=1&choices=1x4.0x5&at=4");
  await lab.press("2", "2");
  await lab.expectStep(6, 6);
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let n = 0; n < 60; n++) {
      await lab.press("Tab");
      if (name.test((await page.locator(":focus").getAttribute("aria-label")) ?? "")) return;
    }
    throw new Error(`Tab does not come to ${name}`);
  };
  await tabTo(/^Compare run 1/);
  await lab.press("Enter");
  await expect(lab.dialog).toContainText("The current run and run 1");
  await lab.press("Escape");
  await expect(lab.dialog).toBeHidden();
  await expect(page.locator(":focus")).toHaveAccessibleName(/^Compare run 1/);
  await lab.press("Shift+Tab", "Enter");
  await lab.expectStep(4, 9);
  await expect(rows(page)).toContainText("parts after step 4, 2 more");
  await tabTo(/^Drop run 2/);
  await lab.press("Enter");
  await expect(rows(page)).toHaveCount(0);
  await lab.press("Control+k");
  await page.keyboard.type("fit the whole");
  await lab.press("Enter");
  await expect(lab.button("Fit the whole run")).toHaveAttribute("aria-disabled", "true");
});

test("by touch a tap goes to a step, and a finger that moves moves the run", async ({ browser, errors }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await context.newPage();
  errors.watch(page);
  const lab = new Lab(page);
  await lab.open(spinning(400));
  await picture(page).scrollIntoViewIfNeeded();
  const { x, y } = await placeOf(page);
  await page.touchscreen.tap(x + 4 * STEP + 8, y + 10);
  await lab.expectStep(5, 400);

  await picture(page).scrollIntoViewIfNeeded(); // the code above it has grown
  const lanes = await placeOf(page);
  const touch = await context.newCDPSession(page);
  const finger = (type: "touchStart" | "touchMove" | "touchEnd", at?: number) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints: at === undefined ? [] : [{ x: lanes.x + at, y: lanes.y + 10 }] });
  await finger("touchStart", 12 * STEP);
  for (let n = 11; n >= 2; n--) await finger("touchMove", n * STEP);
  await finger("touchEnd");
  await lab.expectStep(5, 400); // no step was gone to
  await page.touchscreen.tap(lanes.x + 4 * STEP + 8, lanes.y + 10);
  await lab.expectStep(15, 400);
  await context.close();
});
