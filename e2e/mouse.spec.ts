import { expect, type Lab, test, write } from "./fixtures.ts";

test("the race plays by mouse, there and back", { tag: "@everywhere" }, async ({ lab }) => {
  await lab.open();
  const initial = await lab.entries();
  const [reader, writer] = [lab.button("Step CPU1"), lab.button("Step CPU0")];
  for (let n = 0; n < 4; n++) await reader.click();
  for (let n = 0; n < 5; n++) await writer.click();
  await reader.click();
  await lab.expectStep(10, 10);
  await expect(lab.status).toContainText("starts again");
  const retried = await lab.whole();

  for (let n = 0; n < 10; n++) await lab.button("Back").click();
  await lab.expectStep(0, 10);
  await expect(lab.button("Back")).toBeDisabled();
  await expect(lab.button("To the start")).toBeDisabled();
  expect(await lab.entries()).toEqual(initial);

  for (let n = 0; n < 10; n++) await lab.button("Forward").click();
  await lab.expectStep(10, 10);
  expect(await lab.whole()).toBe(retried);

  await lab.button("Forward").click(); // past the end: the actor that moved last goes on
  await lab.expectStep(11, 11);
  await expect(lab.status).toContainText("CPU1 reads entry 9");
  await lab.button("To the start").click();
  await lab.expectStep(0, 11);
  await lab.button("Restart").click();
  await lab.expectStep(0, 0);
  expect(await lab.entries()).toEqual(initial);
});

test("Run to the end finishes every actor", async ({ lab }) => {
  await lab.open();
  await lab.button("Run to the end").click();
  await expect(lab.button("Step CPU0")).toHaveText("finished");
  await expect(lab.button("Step CPU1")).toHaveText("finished");
  await expect(lab.button("Step CPU1")).toHaveAttribute("aria-disabled", "true");
  await expect(lab.entry(4)).toContainText("none");
  await expect(lab.entry(5)).toContainText("frame 0x1005");
  await expect(lab.entry(5)).not.toContainText("contiguous");
  await expect(lab.actor("CPU0").getByRole("list", { name: "Calls" })).toContainText("ptep_get_and_clear(4) →");
});

test("the slider goes to any step, by mouse and by its keys", { tag: "@everywhere" }, async ({ lab, page }) => {
  await lab.open("v=1&choices=1x4.0x20");
  await lab.expectStep(24, 24);
  const box = await lab.slider.boundingBox();
  if (box === null) throw new Error("the slider has no place on the page");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await lab.expectStep(12, 24);
  await lab.press("ArrowLeft");
  await lab.expectStep(11, 24);
  await lab.press("End");
  await lab.expectStep(24, 24);
  await lab.slider.fill("5");
  await lab.expectStep(5, 24);
  await expect(lab.status).toContainText("CPU0 takes the page-table lock");
});

test("a click on the timeline shows the step that was clicked", async ({ lab, page }) => {
  await lab.open("v=1&choices=1x4.0x20");
  await page.getByRole("img", { name: /^Timeline/ }).click({ position: { x: 7 * 18 + 8, y: 10 } });
  await lab.expectStep(8, 24);
});

async function randomRun(lab: Lab, seed: number, steps: number): Promise<readonly string[]> {
  await lab.button("Restart").click();
  await lab.expectStep(0, 0);
  await write(lab.page.getByRole("spinbutton", { name: "seed" }), String(seed));
  const told: string[] = [];
  for (let n = 1; n <= steps; n++) {
    await lab.button("Random step").click();
    await lab.expectStep(n, n);
    told.push(await lab.status.innerText());
  }
  return told;
}

test("random steps repeat with the same seed, and differ with another", async ({ lab }) => {
  await lab.open();
  const first = await randomRun(lab, 7, 10);
  const last = await lab.whole();
  expect(await randomRun(lab, 8, 10)).not.toEqual(first);
  expect(await randomRun(lab, 7, 10)).toEqual(first);
  expect(await lab.whole()).toBe(last);
});

test("a list of moves opens by mouse, and a click picks one", { tag: "@everywhere" }, async ({ lab }) => {
  await lab.open("v=1&scenario=unfold-race-dirty&choices=2x2");
  await lab.button("Step CPU2: 2 moves").click();
  await lab.menu.getByRole("menuitem", { name: "reads page 3" }).click();
  await lab.expectStep(3, 3);
  await expect(lab.status).toContainText("CPU2 reads page 3");
});

test("another scenario opens from the list", async ({ lab }) => {
  await lab.open();
  await lab.choose("A batch, and a fold by the last entry");
  await expect(lab.table.getByRole("listitem")).toHaveCount(32);
  await expect(lab.table).toContainText("block 1 · single entries");
  await lab.button("Run to the end").click();
  await expect(lab.table).toContainText("block 1 · folded: one contiguous block");
});

test("a block whose entries do not go together is told for what it is", async ({ lab }) => {
  await lab.open("v=1&scenario=fork-race&choices=0x20");
  await lab.expectStep(20, 20);
  await expect(lab.table).toContainText("block 0 · mixed: protections differ");
  await expect(lab.table).not.toContainText("not valid");
});
