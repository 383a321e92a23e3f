import { expect, type Lab, test } from "./fixtures.ts";

const callsOf = (lab: Lab) => lab.actor("CPU0").getByRole("list", { name: "Calls", exact: true }).last();

test("a caller's code is shown with the line it waits at, and the next step leads back", async ({ lab }) => {
  await lab.open();
  await lab.press("1", "1", "1"); // in contpte_convert, that empties the block
  await lab.expectStep(3, 3);
  const code = (fn: string) => lab.actor("CPU0").getByRole("list", { name: `Code of ${fn}`, exact: true });
  await expect(code("contpte_convert")).toBeVisible();
  const path = lab.actor("CPU0").locator("summary");
  await expect(path).toHaveText(/^ptep_get_and_clear › .*__contpte_try_unfold ›$/);
  await path.focus();
  await lab.press("Enter", "Tab", "Enter");
  await expect(code("ptep_get_and_clear")).toBeVisible();
  await expect(code("contpte_convert")).toHaveCount(0);
  await expect(lab.codeLine("CPU0")).toContainText("contpte_try_unfold");
  await expect(callsOf(lab).getByRole("button", { pressed: true })).toHaveText("ptep_get_and_clear");
  await callsOf(lab).getByRole("button", { name: "contpte_convert" }).click();
  await expect(code("contpte_convert")).toBeVisible();
  await callsOf(lab).getByRole("button", { name: "__contpte_try_unfold" }).click();
  await expect(code("__contpte_try_unfold")).toBeVisible();
  await lab.press("1");
  await expect(code("contpte_convert")).toBeVisible();
});

test("the line where an actor stands stays in sight when a story takes the room below", async ({ lab }) => {
  await lab.open("v=1&story=every-sixteenth&beat=3");
  await expect(lab.story).toContainText("PTE 15 is stored");
  await expect(lab.codeLine("CPU0")).toBeInViewport({ ratio: 1 });
});

test("the line where an actor stands stays in sight when the window gets lower", async ({ lab, page }) => {
  await lab.open("v=1&choices=1x9.0x12&at=21");
  await lab.expectStep(21, 21);
  for (const height of [800, 560, 480, 430]) {
    await page.setViewportSize({ width: 1280, height });
    for (const name of ["CPU0", "CPU1"]) await expect(lab.codeLine(name)).toBeInViewport({ ratio: 1 });
  }
});
