import { expect, type Lab, test } from "./fixtures.ts";

/** Whoever takes the lock first: CPU0 keeps it, CPU1 gives it back. */
const KEEPS =
  'v=1&scenario=unfold-race&actors=[{"name":"CPU0","kind":"kernel","calls":[{"fn":"ptl_lock"}]},' +
  '{"name":"CPU1","kind":"kernel","calls":[{"fn":"ptl_lock"},{"fn":"ptl_unlock"}]}]';

const panelOf = (lab: Lab) => lab.page.getByRole("region", { name: "Every interleaving" });

async function explore(lab: Lab, fields: string): Promise<void> {
  await lab.open(fields);
  await lab.press("e");
  await panelOf(lab).getByRole("button", { name: "Explore every interleaving" }).click();
  await expect(panelOf(lab).getByRole("region", { name: "Verdict" })).toBeVisible({ timeout: 40_000 });
}

test("after an exploration every step says what the future holds, and the step that decides is told", { tag: "@everywhere" }, async ({
  lab,
}) => {
  await explore(lab, KEEPS);
  const future = panelOf(lab).getByRole("region", { name: "From here on" });
  await expect(lab.slider).toHaveAttribute("aria-valuetext", "step 0 of 0, future: can still fail");
  await expect(future).toContainText("can still fail At step 0");

  await lab.press("1");
  await expect(lab.slider).toHaveAttribute("aria-valuetext", /^step 1 of 1, CPU0 .*, future: doomed$/);
  await expect(future).toContainText("doomed At step 1");
  await expect(future).toContainText("This run is doomed by step 1");
  await expect(lab.page.getByText("After step 1: doomed, every way on fails")).toBeAttached();

  // Another way from the same place.
  await lab.press("ArrowLeft", "2");
  await expect(lab.slider).toHaveAttribute("aria-valuetext", /^step 1 of 1, CPU1 .*, future: safe$/);
  await expect(future).toContainText("This run is safe after step 1");
});

test("from here: what came before is not judged, and what the engine keeps no longer can be explored again", async ({ lab }) => {
  await explore(lab, KEEPS);
  await lab.press("2");
  await lab.expectStep(1, 1);
  const panel = panelOf(lab);
  await panel.getByRole("button", { name: "From here: step 1" }).click();
  await expect(panel.getByRole("region", { name: "Verdict" })).toContainText("From step 1 on.");
  await expect(lab.slider).toHaveAttribute("aria-valuetext", /future: safe$/);
  await lab.press("ArrowLeft");
  await expect(lab.slider).toHaveAttribute("aria-valuetext", "step 0 of 1, future: not known");

  // Answered from memory, but the engine keeps the last one only.
  await panel.getByRole("button", { name: "Explore every interleaving" }).click();
  await lab.press("1");
  await lab.expectStep(1, 1);
  await panel.getByRole("button", { name: "Explore this again" }).click();
  await expect(lab.slider).toHaveAttribute("aria-valuetext", /future: doomed$/);
});
