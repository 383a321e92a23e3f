import { expect, type Lab, test } from "./fixtures.ts";

const NAME = "a name as long as a name may ever become";

/** Many actors, one of them with a long name, that each read a whole block. */
function manyActors(many: number): string {
  const actors = Array.from({ length: many }, (_, n) => ({
    name: n === 1 ? NAME : `CPU${n}`,
    kind: "kernel",
    calls: [{ fn: "ptep_get_lockless", index: 3 }],
  }));
  return `v=1&actors=${encodeURIComponent(JSON.stringify(actors))}`;
}

const code = (lab: Lab) => lab.page.getByRole("region", { name: "Code" });
const time = (lab: Lab) => lab.page.getByRole("region", { name: "Time" });
const lanes = (lab: Lab) => lab.page.getByRole("region", { name: "Lanes" });

for (const many of [6, 8, 12, 16]) {
  test(`the timeline of ${many} actors leaves the code its place`, async ({ lab }) => {
    await lab.open(manyActors(many));
    const [above, below] = [await code(lab).boundingBox(), await time(lab).boundingBox()];
    if (above === null || below === null) throw new Error("a panel has no place on the page");
    expect(above.y + above.height).toBeLessThanOrEqual(below.y + 1);
    expect(above.height).toBeGreaterThanOrEqual(200);
    await expect(lab.button("Restart")).toBeInViewport({ ratio: 1 });
  });
}

test("the lane of the actor that moved scrolls into sight, and a long name is cut and told whole", async ({ lab, page }) => {
  await lab.open(manyActors(16));
  const lane = (name: string) => lanes(lab).locator(`[data-tip="${name}"]`);
  await expect(lane("CPU15")).not.toBeInViewport();
  await lab.button("Step CPU15").click();
  await expect(lane("CPU15")).toBeInViewport({ ratio: 1 });
  await lab.press("2");
  await expect(lane(NAME)).toBeInViewport({ ratio: 1 });
  const [cut, marks] = [await lane(NAME).boundingBox(), await page.getByRole("img", { name: /^Timeline/ }).boundingBox()];
  expect((cut?.x ?? 0) + (cut?.width ?? 0)).toBeLessThanOrEqual(marks?.x ?? 0);
  expect(
    await lane(NAME)
      .locator("span")
      .evaluate((name) => name.clientHeight),
  ).toBeLessThan(25);
});

for (const { width, height, columns } of [
  { width: 1280, height: 800, columns: 16 },
  { width: 640, height: 400, columns: 8 }, // 1280 by 800 at 200 %
  { width: 390, height: 844, columns: 8 },
]) {
  test(`a window of ${width} by ${height} has ${columns} entries in a row`, async ({ lab, page }) => {
    await page.setViewportSize({ width, height });
    await lab.open();
    await expect(lab.table.getByRole("list", { name: /^Entries \d/ })).toHaveCount(16 / columns);
    await expect(lab.table.getByRole("list", { name: `Entries 0 to ${columns - 1}` }).getByRole("listitem")).toHaveCount(columns);
  });
}

test("in a low frame of another page every lane is in sight, and the TLB under the entries it answers for", async ({ lab, page }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await page.goto("./?mode=embed#v=1&scenario=unfold-race-dirty&choices=2x2.1x2.0x7.1x2.0");
  await lab.expectStep(14, 14);
  for (const name of ["CPU0", "CPU1", "CPU2"]) await expect(lanes(lab).locator(`[data-tip="${name}"]`)).toBeInViewport({ ratio: 1 });
  await expect(lab.table.getByText(/^block of 16 pages/).first()).toBeInViewport({ ratio: 1 });
});
