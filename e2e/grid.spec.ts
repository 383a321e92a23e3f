import { axeFaults } from "./faults.ts";
import { expect, type Lab, test } from "./fixtures.ts";

/** Whoever takes the lock first: CPU0 keeps it, CPU1 gives it back. */
const KEEPS =
  'v=1&scenario=unfold-race&actors=[{"name":"CPU0","kind":"kernel","calls":[{"fn":"ptl_lock"}]},' +
  '{"name":"CPU1","kind":"kernel","calls":[{"fn":"ptl_lock"},{"fn":"ptl_unlock"}]}]';

const MISTAKEN = 'v=1&scenario=unfold-race&kernel={"profile":"6.12","variants":["lockless-no-valid-check"]}';

const panelOf = (lab: Lab) => lab.page.getByRole("region", { name: "Every interleaving" });
const chartOf = (lab: Lab, name: string) => panelOf(lab).getByRole("group", { name, exact: true });
const legendOf = (lab: Lab) => panelOf(lab).getByRole("list", { name: "How cells look" });

/** Explores, and opens the grid. */
async function draw(lab: Lab, fields: string): Promise<void> {
  await lab.open(fields);
  await lab.press("e");
  await panelOf(lab).getByRole("button", { name: "Explore every interleaving" }).click();
  await expect(panelOf(lab).getByRole("region", { name: "Verdict" })).toBeVisible({ timeout: 40_000 });
  await panelOf(lab).getByText("Interleaving grid").click();
  await expect(legendOf(lab)).toBeVisible();
}

test("by mouse: cells say what may come, a click goes along the run or plays one that comes there", { tag: "@everywhere" }, async ({
  lab,
}) => {
  await draw(lab, KEEPS);
  const panel = panelOf(lab);
  const chart = chartOf(lab, "CPU0 down, CPU1 to the right");
  await expect(panel).toContainText("5 cells of 6 can be reached. In 1 every way on fails, in 1 something can; from 1 a step fails.");
  await expect(chart.getByRole("button")).toHaveCount(5);

  const start = chart.getByRole("button", { name: /^CPU0 is at ptl_lock\(\).*; CPU1 is at ptl_lock\(\).*; 1 state can still fail\.$/ });
  const kept = chart.getByRole("button", { name: /^CPU0 has finished; CPU1 is at ptl_lock\(\).*; 1 state doomed; a step from here fails/ });
  const given = chart.getByRole("button", { name: /^CPU0 is at ptl_lock\(\).*; CPU1 has finished; 1 state safe\.$/ });
  await expect(start).toHaveAttribute("aria-current", "step");
  await expect(chart.getByText("~")).toBeVisible();
  await expect(kept.getByText("!")).toBeVisible();

  await given.hover();
  await expect(panel.getByText(/CPU1 has finished; 1 state safe\.$/)).toBeVisible();

  await kept.click();
  await lab.expectStep(1, 1);
  await expect(kept).toHaveAttribute("aria-current", "step");
  await expect(lab.slider).toHaveAttribute("aria-valuetext", /future: doomed$/);
  // This run has been there.
  await start.click();
  await lab.expectStep(0, 1);
  await given.click();
  await lab.expectStep(2, 2);
  await expect(given).toHaveAttribute("aria-current", "step");
  // A step by hand leads on.
  await lab.press("1");
  await expect(chart.getByRole("button", { name: /^CPU0 has finished; CPU1 has finished; 1 state safe\.$/ })).toHaveAttribute(
    "aria-current",
    "step",
  );
});

test("the two actors are chosen, and change places where one is taken for the other", async ({ lab }) => {
  await draw(lab, KEEPS);
  const panel = panelOf(lab);
  await panel.getByRole("combobox", { name: "down" }).selectOption({ label: "CPU1" });
  const chart = chartOf(lab, "CPU1 down, CPU0 to the right");
  await expect(chart.getByRole("button")).toHaveCount(5);
  await expect(panel.getByRole("combobox", { name: "to the right" })).toHaveValue("0");
  await expect(chart.getByRole("button", { name: /^CPU1 is at ptl_lock\(\).*; CPU0 has finished; 1 state doomed/ })).toBeVisible();
});

// Not in the driven Firefox: where its window is not the active one, keys move the focus there and press no button.
test("by keyboard alone: one stop of Tab, arrows from cell to cell, Enter plays", async ({ lab }) => {
  await lab.open(KEEPS);
  const focusIs = (name: RegExp) => expect(lab.page.locator(":focus")).toHaveAccessibleName(name);
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let presses = 0; presses < 60; presses++) {
      await lab.press("Tab");
      const told = await lab.page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
      });
      if (name.test(told)) return;
    }
    throw new Error(`Tab does not come to ${name}`);
  };
  await lab.press("e");
  await expect(panelOf(lab).getByRole("button", { name: "Explore every interleaving" })).toBeVisible();
  await tabTo(/^Explore every interleaving$/);
  await lab.press("Enter");
  await expect(panelOf(lab).getByRole("region", { name: "Verdict" })).toBeVisible({ timeout: 40_000 });
  await tabTo(/^Interleaving grid$/);
  await lab.press("Enter");
  await expect(legendOf(lab)).toBeVisible();
  await tabTo(/^CPU0 is at ptl_lock/);
  await focusIs(/CPU1 is at ptl_lock\(\).*1 state can still fail\.$/);

  await lab.press("ArrowRight");
  await focusIs(/CPU1 is at ptl_unlock\(\).*1 state safe\.$/);
  await lab.expectStep(0, 0);
  await lab.press("ArrowRight", "ArrowDown");
  await focusIs(/^CPU0 has finished; CPU1 has finished/);
  await lab.press("ArrowDown");
  await focusIs(/^CPU0 has finished; CPU1 has finished/);
  await lab.press("ArrowLeft");
  await focusIs(/^CPU0 has finished; CPU1 is at ptl_lock/);
  await lab.press("Enter");
  await lab.expectStep(1, 1);
  await focusIs(/^CPU0 has finished; CPU1 is at ptl_lock/);
  // Tab leaves the grid at once.
  await lab.press("Tab");
  await expect(chartOf(lab, "CPU0 down, CPU1 to the right").locator(":focus")).toHaveCount(0);
});

test("entries of a block are places of their own, and the run goes through them", async ({ lab }) => {
  await draw(lab, MISTAKEN);
  await lab.press("1", "1", "1");
  await lab.expectStep(3, 3);
  const chart = chartOf(lab, "CPU0 down, CPU1 to the right");
  const here = chart.locator("[aria-current=step]");
  await expect(here).toHaveAccessibleName(/^CPU0 is at ptep_get_and_clear\(4\), contpte_convert:\d+ “.*”, entry 1; /);
  await panelOf(lab)
    .getByRole("button", { name: /Play shortest/ })
    .first()
    .click();
  await expect(panelOf(lab)).toContainText("The run is here, and something has failed on it.");
  await lab.press("ArrowLeft");
  await expect(panelOf(lab)).toContainText("The run is here.");
  // Signs are kinds of cells: nobody needs their colours.
  await expect(chart.getByText("!").first()).toBeVisible();
  await expect(chart.getByText("~").first()).toBeVisible();
});

test("an exploration that is kept no longer is said to be, and can be had again", async ({ lab }) => {
  await draw(lab, KEEPS);
  const panel = panelOf(lab);
  await lab.press("2");
  await lab.expectStep(1, 1);
  await panel.getByRole("button", { name: "From here: step 1" }).click();
  await expect(panel.getByRole("region", { name: "Verdict" })).toContainText("From step 1 on.");
  await panel.getByRole("button", { name: "Explore every interleaving" }).click();
  await expect(panel.getByRole("region", { name: "Verdict" })).toContainText("From the start.");
  await lab.press("2", "1");
  await lab.expectStep(3, 3);
  await expect(panel).toContainText("This exploration is kept no longer: explore it again.");
  await panel.getByRole("button", { name: "Explore this again" }).click();
  await expect(chartOf(lab, "CPU0 down, CPU1 to the right").locator("[aria-current=step]")).toHaveAccessibleName(
    /^CPU0 has finished; CPU1 has finished/,
  );
});

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const) {
  test.describe(`${width} wide`, () => {
    test.use({ viewport: { width, height } });

    test("the grid can be used by everybody, and scrolls inside itself", async ({ lab }) => {
      await draw(lab, MISTAKEN);
      for (const colorScheme of ["light", "dark"] as const) {
        await lab.page.emulateMedia({ colorScheme });
        expect(await axeFaults(lab.page), colorScheme).toEqual([]);
      }
      expect(await lab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

      const chart = chartOf(lab, "CPU0 down, CPU1 to the right");
      const last = chart.getByRole("button").last();
      await last.focus();
      await expect(last).toBeInViewport();

      // Where the run is comes in sight by itself.
      await panelOf(lab)
        .getByText("Interleaving grid")
        .evaluate((own) => own.scrollIntoView());
      await lab.control("Run to the end");
      const end = chart.getByRole("button", { name: /^CPU0 has finished; CPU1 has finished/ });
      await expect(end).toHaveAttribute("aria-current", "step");
      await expect
        .poll(() =>
          end.evaluate((own) => {
            const around = own.closest("div")?.getBoundingClientRect();
            const { top, bottom, left, right } = own.getBoundingClientRect();
            return around !== undefined && top >= around.top && bottom <= around.bottom && left >= around.left && right <= around.right;
          }),
        )
        .toBe(true);
      expect(await lab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  });
}
