import { expect, type Lab, test } from "./fixtures.ts";

async function openEditor(lab: Lab): Promise<void> {
  await lab.button("Edit…").click();
  await expect(lab.dialog).toHaveAccessibleName("Edit the scenario");
}

const variant = (lab: Lab, id: string) => lab.dialog.getByRole("checkbox", { name: new RegExp(`^${id} `) });

test.beforeEach(({ lab }) => lab.open());

test("a variant changes the code that runs, its card says where it comes from, and the link holds it", async ({ lab, page }) => {
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
