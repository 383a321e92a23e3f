import { expect, type Lab, test } from "./fixtures.ts";

async function openEditor(lab: Lab): Promise<void> {
  await lab.button("Edit…").click();
  await expect(lab.dialog).toHaveAccessibleName("Edit the scenario");
}

const variant = (lab: Lab, id: string) => lab.dialog.getByRole("checkbox", { name: new RegExp(`^${id} `) });

test.beforeEach(({ lab }) => lab.open());

test("a variant changes the code that runs, its card says where it comes from, and the link holds it", { tag: "@everywhere" }, async ({
  lab,
  page,
}) => {
  await openEditor(lab);
  await lab.dialog.getByText("Deliberate mistakes").click();
  await variant(lab, "convert-no-tlbi").check();
  await lab.dialog.getByRole("button", { name: "Open this scenario" }).click();
  await expect(lab.dialog).toBeHidden();
  await expect(page).toHaveURL(/kernel/);

  await lab.button("Linux 6.12 + convert-no-tlbi").click();
  await expect(lab.dialog).toContainText("contpte_convert does not flush.");
  await expect(lab.dialog).toContainText("Break-before-make");
  await page.keyboard.press("Escape");

  // One step takes the lock, one reads; then the block is cleared, entry by entry.
  await lab.press("1", "1", "1");
  const code = lab.actor("CPU0").getByRole("list", { name: "Code of contpte_convert" });
  await expect(code).toContainText("old ← xchg(slot i, 0)");
  await expect(code).not.toContainText("flush");

  await lab.address();
  await page.reload();
  await expect(lab.button("Linux 6.12 + convert-no-tlbi")).toBeVisible();
  await expect(code).not.toContainText("flush");
});

test("another kernel is chosen by its version", async ({ lab }) => {
  await expect(lab.button("Linux 6.12")).toBeVisible();
  await openEditor(lab);
  await lab.dialog.getByRole("combobox", { name: "Linux" }).selectOption("6.17");
  await lab.dialog.getByRole("button", { name: "Open this scenario" }).click();
  await lab.button("Linux 6.17").click();
  await expect(lab.dialog).toContainText("lockless-early-exit");
});

test("two variants that exclude each other are refused beside the second, and nothing is lost", async ({ lab }) => {
  await openEditor(lab);
  await lab.dialog.getByText("Deliberate mistakes").click();
  await variant(lab, "convert-no-tlbi").check();
  await variant(lab, "convert-nosync-tlbi").check();
  await expect(lab.dialog).toContainText("Should be left out: it excludes convert-no-tlbi, which changes the same piece of code.");
  await expect(lab.dialog.getByRole("button", { name: "Open this scenario" })).toBeDisabled();
  await variant(lab, "convert-no-tlbi").uncheck();
  await expect(lab.dialog.getByRole("button", { name: "Open this scenario" })).toBeEnabled();
  await expect(variant(lab, "convert-nosync-tlbi")).toBeChecked();
});

const kernelOf = (kernel: object, more = "") => `v=1&kernel=${encodeURIComponent(JSON.stringify(kernel))}${more}`;
const card = (lab: Lab, id: string) => lab.dialog.getByRole("listitem").filter({ has: lab.page.getByText(id, { exact: true }) });

test("the kernel's card says of what its profile brings what is not used, and why", async ({ lab }) => {
  await lab.open(kernelOf({ profile: "6.17" }));
  await lab.button("Linux 6.17").click();
  await expect(card(lab, "convert-bbml2")).toContainText("not used: needs bbm 2");
  await expect(card(lab, "convert-bbml2").locator("s")).toHaveText("convert-bbml2");
  await expect(card(lab, "lockless-early-exit").locator("s")).toHaveCount(0);
  await lab.press("Escape");

  await lab.open(kernelOf({ profile: "6.17", variants: ["convert-no-tlbi", "mkwrite-hw-dirty"] }, "&machine.bbm=2"));
  await lab.button("Linux 6.17 + convert-no-tlbi + 1").click();
  await expect(card(lab, "convert-bbml2")).toContainText("replaced by convert-no-tlbi");
  await expect(card(lab, "mkwrite-hw-dirty")).toContainText("already part of 6.17");
});

test("the editor says at a variant that it would change nothing", async ({ lab }) => {
  await openEditor(lab);
  await lab.dialog.getByText("Earlier and later kernels").click();
  await expect(lab.dialog.getByText("already part of")).toHaveCount(0);
  await lab.dialog.getByRole("combobox", { name: "Linux" }).selectOption("6.17");
  await expect(card(lab, "lockless-early-exit")).toContainText("already part of 6.17");
  await lab.dialog.getByRole("combobox", { name: "Linux" }).selectOption("6.9");
  await expect(card(lab, "lockless-early-exit")).not.toContainText("already part");
  await expect(card(lab, "clear-young-dirty-overrun")).toContainText("6.9 has no clear_young_dirty_ptes");
});

for (const width of [360, 390, 1280]) {
  test(`the number of variants can be read in a window of ${width}`, async ({ lab, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await lab.open(kernelOf({ profile: "6.17", variants: ["set-access-flags-no-tlbi", "convert-no-tlbi", "fold-any-slot"] }));
    const chip = lab.button("Linux 6.17 + ");
    const count = chip.getByText("+ 2", { exact: true });
    await expect(count).toBeInViewport({ ratio: 1 });
    const [inside, around] = [await count.boundingBox(), await chip.boundingBox()];
    expect((inside?.x ?? 0) + (inside?.width ?? 0)).toBeLessThanOrEqual((around?.x ?? 0) + (around?.width ?? 0));
    await expect(chip).toContainText("Linux 6.17");
  });
}
