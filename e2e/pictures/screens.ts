/** The main screens, each a picture. */
import type { Locator } from "@playwright/test";
import { pinFonts } from "../../scripts/pinnedFonts.ts";
import { test as base, expect, type Lab } from "../fixtures.ts";
import { LONG_BLOCK } from "../places.ts";

/** CPU2 has filled its TLB, CPU0 has cleared six entries, CPU1 has met a hole and started again. */
const PLACE = "v=1&scenario=unfold-race-dirty&choices=2x2.1x2.0x7.1x2.0";
const MISTAKE = 'v=1&scenario=unfold-race-dirty&kernel={"variants":["convert-no-tlbi"]}';
const GRID = 'v=1&scenario=unfold-race&kernel={"profile":"6.12","variants":["lockless-no-valid-check"]}';
const LONG_BLOCKS = `${LONG_BLOCK}&choices=1x3.0x40`;

const test = base.extend<{ picture: (name: string, part?: Locator) => Promise<void> }>({
  picture: async ({ page }, use) => {
    await pinFonts(page);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await use(async (name, part) => {
      await page.evaluate(() => document.fonts.ready);
      await (part === undefined ? expect(page) : expect(part)).toHaveScreenshot(`${name}.png`);
    });
  },
});

const explorerOf = (lab: Lab) => lab.page.getByRole("region", { name: "Every interleaving" });

async function explore(lab: Lab, fields: string): Promise<void> {
  await lab.open(fields);
  await lab.press("e");
  await explorerOf(lab).getByRole("button", { name: "Explore every interleaving" }).click();
  await expect(explorerOf(lab).getByRole("region", { name: "Verdict" })).toBeVisible({ timeout: 40_000 });
}

for (const colorScheme of ["light", "dark"] as const)
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
    [390, 844],
  ] as const) {
    test.describe(`${colorScheme} ${width}`, () => {
      test.use({ colorScheme, viewport: { width, height } });

      test("the workbench", async ({ lab, picture }) => {
        await lab.open(PLACE);
        await lab.expectStep(14, 14);
        await picture(`workbench-${colorScheme}-${width}`);
      });
    });
  }

test("a block of 128 entries", async ({ lab, picture }) => {
  await lab.open(LONG_BLOCKS);
  await lab.expectStep(43, 43);
  await picture("long-blocks");
});

test("the explorer with a verdict", async ({ lab, picture }) => {
  await explore(lab, MISTAKE);
  await explorerOf(lab)
    .getByRole("button", { name: /Play shortest \(19/ })
    .click();
  await lab.expectStep(19, 19);
  await picture("explorer");
});

test("two kernels compared", async ({ lab, page, picture }) => {
  await lab.open(MISTAKE);
  await lab.press("e");
  await explorerOf(lab).getByRole("tab", { name: "Compare two" }).click();
  await explorerOf(lab)
    .getByRole("button", { name: /^Compare$/ })
    .click();
  const changed = page.getByRole("region", { name: "What changed" });
  await expect(changed).toBeVisible({ timeout: 40_000 });
  await changed.evaluate((own) => own.scrollIntoView());
  await picture("compare");
});

test("the grid", async ({ lab, picture }) => {
  await explore(lab, GRID);
  const grid = explorerOf(lab).getByText("Interleaving grid");
  await grid.click();
  await expect(explorerOf(lab).getByRole("list", { name: "How cells look" })).toBeVisible();
  await grid.evaluate((own) => own.scrollIntoView());
  await picture("grid");
});

test("the inspector of an entry that was chosen", async ({ lab, page, picture }) => {
  await lab.open(PLACE);
  await lab.entry(3).getByRole("button").click();
  await expect(page.getByRole("region", { name: "Entry 3" })).toBeVisible();
  await picture("inspector");
});

test("the palette", async ({ lab, page, picture }) => {
  await lab.open(PLACE);
  await lab.press("Control+k");
  await expect(lab.dialog).toBeVisible();
  await page.keyboard.type("run");
  await picture("palette", lab.dialog);
});

test("the list of keys", async ({ lab, picture }) => {
  await lab.open(PLACE);
  await lab.press("?");
  await expect(lab.dialog).toBeVisible();
  await picture("keys", lab.dialog);
});

test("the editor", async ({ lab, picture }) => {
  await lab.open(PLACE);
  await lab.button("Edit…").click();
  await expect(lab.dialog).toBeVisible();
  await picture("editor", lab.dialog);
});

test("the diagram for a mail", async ({ lab, picture }) => {
  await lab.open(PLACE);
  await lab.takeAway(/iagram/);
  await expect(lab.dialog.getByRole("textbox", { name: "Diagram" })).toHaveValue(/ptl_lock/);
  await picture("diagram", lab.dialog);
});

test("a presentation", async ({ lab, picture }) => {
  await lab.open(PLACE);
  await lab.press("p");
  await expect(lab.button("Leave")).toBeVisible();
  await picture("presentation");
});

test("embedded in another page", async ({ page, picture }) => {
  await page.route("**/around.html", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><title>around</title><style>body { margin: 40px; background: white }</style>
        <iframe title="lab" width="900" height="600" src="./?mode=embed#${PLACE}"></iframe>`,
    }),
  );
  await page.goto("./around.html");
  await expect(page.frameLocator("iframe").getByRole("slider", { name: "Step" })).toBeVisible();
  await picture("embed");
});
