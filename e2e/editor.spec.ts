import type { Locator } from "@playwright/test";
import { expect, type Lab, test } from "./fixtures.ts";

/** A row of the editor, by what it stands for: `actor 1`, `call 2`, `run 3`. */
const row = (within: Locator, name: string): Locator => within.getByRole("listitem", { name, exact: true });

async function openEditor(lab: Lab): Promise<void> {
  await lab.button("Edit…").click();
  await expect(lab.dialog).toHaveAccessibleName("Edit the scenario");
}

async function apply(lab: Lab): Promise<void> {
  await lab.dialog.getByRole("button", { name: "Open this scenario" }).click();
  await expect(lab.dialog).toBeHidden();
}

test.beforeEach(async ({ lab }) => {
  await lab.open();
  await lab.press("1", "1");
  await lab.expectStep(2, 2);
});

test("another index, other flags and another call open as another scenario, whose link names them", async ({ lab, page }) => {
  await openEditor(lab);
  const [writer, reader] = [row(lab.dialog, "actor 1"), row(lab.dialog, "actor 2")];
  await row(writer, "call 2").getByRole("spinbutton", { name: "Entry" }).fill("7");
  await row(lab.dialog, "run 1").getByRole("checkbox", { name: "young" }).check();
  await row(lab.dialog, "run 2").getByRole("checkbox", { name: "hwdirty" }).uncheck();
  await row(reader, "call 1").getByRole("combobox", { name: "Call 1" }).selectOption("ptep_get");
  await apply(lab);
  await lab.expectStep(0, 0);
  await expect(lab.actor("CPU0")).toContainText("ptep_get_and_clear(7)");
  await expect(lab.actor("CPU1")).toContainText("ptep_get(9)");
  await expect(lab.entry(0)).toContainText("young, clean");
  await expect(lab.entry(12)).toContainText("young, clean");
  await expect(lab.scenario).toHaveText("An unfold under a lockless reader (changed)");
  await expect(page).toHaveURL(/actors\.0\.calls\.1\.index=7/);

  await page.goBack();
  await lab.expectStep(2, 2);
  await expect(lab.actor("CPU0")).toContainText("ptep_get_and_clear(4)");
});

test("actors, calls, accesses and entries are added, moved and removed", async ({ lab }) => {
  await openEditor(lab);
  await lab.button("Add an MMU").click();
  const mmu = row(lab.dialog, "actor 3");
  await mmu.getByRole("textbox", { name: "MMU of" }).fill("GPU");
  await row(mmu, "access 1").getByRole("spinbutton", { name: "Page" }).fill("5");
  await mmu.getByRole("button", { name: "Add an access" }).click();
  await row(mmu, "access 2").getByRole("combobox", { name: "Where" }).selectOption("any valid page (a choice)");
  await mmu.getByRole("button", { name: "Move access 2 up" }).click();

  await lab.button("Add a kernel CPU").click();
  const added = row(lab.dialog, "actor 4");
  await added.getByRole("button", { name: "Add a call" }).click();
  await row(added, "call 1").getByRole("combobox", { name: "Call 1" }).selectOption("set_ptes");
  await row(added, "call 1").getByRole("spinbutton", { name: "How many" }).fill("3");
  await row(added, "call 1").getByRole("textbox", { name: "Word" }).fill("0x68000001000bc3");

  await lab.dialog.getByRole("button", { name: "Remove actor CPU1" }).click();
  await row(lab.dialog, "actor 1").getByRole("button", { name: "Remove call 3" }).click();
  await lab.button("Add entries").click();
  await apply(lab);

  await expect(lab.page.getByRole("article")).toHaveCount(3);
  await expect(lab.table.getByRole("listitem")).toHaveCount(32);
  await expect(lab.actor("GPU").getByRole("list", { name: "Accesses" }).getByRole("listitem")).toHaveText([
    /read any valid page/,
    /write page 5/,
  ]);
  await expect(lab.actor("CPU3")).toContainText("set_ptes(0, 0x68000001000bc3, 3)");
  await expect(lab.actor("CPU0").getByRole("list", { name: "Calls" }).getByRole("listitem")).toHaveCount(2);
  await lab.press("2");
  await expect(lab.menu.getByRole("menuitem")).toHaveCount(32);
});

test("a mistake is told at its field, and cannot be applied", async ({ lab }) => {
  await openEditor(lab);
  const entry = row(row(lab.dialog, "actor 2"), "call 1").getByRole("spinbutton", { name: "Entry" });
  const open = lab.dialog.getByRole("button", { name: "Open this scenario" });
  await entry.fill("16");
  await expect(entry).toHaveAccessibleDescription(/an entry inside the table, 0 to 15/);
  await expect(entry).toHaveAttribute("aria-invalid", "true");
  await expect(lab.dialog.getByRole("status")).toHaveText(/^actors\.1\.calls\.0\.index should be an entry inside the table, 0 to 15/);
  await expect(open).toBeDisabled();
  await entry.fill("15");
  await expect(entry).toHaveAttribute("aria-invalid", "false");
  await expect(open).toBeEnabled();

  await lab.dialog.getByRole("button", { name: "Remove actor CPU0" }).click();
  await lab.dialog.getByRole("button", { name: "Remove actor CPU1" }).click();
  await expect(lab.dialog.getByRole("status")).toHaveText(/^actors should be at least one actor/);
  await expect(open).toBeDisabled();
});

test("Cancel and Escape change nothing, and the next edit starts from what is open", async ({ lab }) => {
  const before = await lab.whole();
  for (const leave of ["Cancel", "Escape"]) {
    await openEditor(lab);
    await lab.dialog.getByRole("textbox", { name: "Title" }).fill("Something else");
    await lab.dialog.getByRole("button", { name: "Remove actor CPU1" }).click();
    if (leave === "Escape") await lab.press("Escape");
    else await lab.dialog.getByRole("button", { name: leave }).click();
    await expect(lab.dialog).toBeHidden();
    await lab.expectStep(2, 2);
    expect(await lab.whole()).toBe(before);
  }
  await openEditor(lab);
  await expect(lab.dialog.getByRole("textbox", { name: "Title" })).toHaveValue("An unfold under a lockless reader");
});
