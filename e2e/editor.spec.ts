import type { Locator } from "@playwright/test";
import { expect, type Lab, test, write } from "./fixtures.ts";

/** A row of the editor, by what it stands for: `actor 1`, `call 2`, `run 3`. */
const row = (within: Locator, name: string): Locator => within.getByRole("listitem", { name, exact: true });

async function openEditor(lab: Lab): Promise<void> {
  await lab.button("Edit…").click();
  await expect(lab.dialog).toHaveAccessibleName("Edit the scenario");
  await expect(lab.dialog.locator(":focus")).toHaveCount(1); // from here on it also notices a click beside it
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

test("another index, other flags and another call open as another scenario, whose link names them", { tag: "@everywhere" }, async ({
  lab,
  page,
}) => {
  await openEditor(lab);
  const [writer, reader] = [row(lab.dialog, "actor 1"), row(lab.dialog, "actor 2")];
  await write(row(writer, "call 2").getByRole("spinbutton", { name: "Entry" }), "7");
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

test("actors, calls, accesses and entries are added, moved and removed", { tag: "@everywhere" }, async ({ lab }) => {
  await openEditor(lab);
  await lab.button("Add an MMU").click();
  const mmu = row(lab.dialog, "actor 3");
  await write(mmu.getByRole("textbox", { name: "MMU of" }), "GPU");
  await write(row(mmu, "access 1").getByRole("spinbutton", { name: "Page" }), "5");
  await mmu.getByRole("button", { name: "Add an access" }).click();
  await row(mmu, "access 2").getByRole("combobox", { name: "Where" }).selectOption("any valid page (a choice)");
  await mmu.getByRole("button", { name: "Move access 2 up" }).click();

  await lab.button("Add a kernel CPU").click();
  const added = row(lab.dialog, "actor 4");
  await added.getByRole("button", { name: "Add a call" }).click();
  await row(added, "call 1").getByRole("combobox", { name: "Call 1" }).selectOption("set_ptes");
  await write(row(added, "call 1").getByRole("spinbutton", { name: "How many" }), "3");
  await write(row(added, "call 1").getByRole("textbox", { name: "Word" }), "0x68000001000bc3");

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
  await write(entry, "16");
  await expect(entry).toHaveAccessibleDescription(/an entry inside the table, 0 to 15/);
  await expect(entry).toHaveAttribute("aria-invalid", "true");
  await expect(lab.dialog.getByRole("status")).toHaveText(/^Actor 2, call 1, Entry should be an entry inside the table, 0 to 15/);
  await expect(open).toBeDisabled();
  await write(entry, "15");
  await expect(entry).toHaveAttribute("aria-invalid", "false");
  await expect(open).toBeEnabled();

  await lab.dialog.getByRole("button", { name: "Remove actor CPU0" }).click();
  await lab.dialog.getByRole("button", { name: "Remove actor CPU1" }).click();
  await expect(lab.dialog.getByRole("status")).toHaveText(/^Actors should be at least one actor/);
  await expect(open).toBeDisabled();
});

test("Cancel and Escape change nothing, and the next edit starts from what is open", async ({ lab }) => {
  const before = await lab.whole();
  for (const leave of ["Cancel", "Escape"]) {
    await openEditor(lab);
    await write(lab.dialog.getByRole("textbox", { name: "Title" }), "Something else");
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

/** A scenario whose only actor stores what its first call returned, changed by helpers. */
const STORES = `v=1&actors=${encodeURIComponent(
  JSON.stringify([
    {
      name: "CPU0",
      kind: "kernel",
      calls: [
        { fn: "ptep_get", index: 0 },
        { fn: "set_pte", index: 1, pte: { result: 0, apply: ["mkold", "wrprotect"] } },
        { fn: "set_pte", index: 2, pte: { result: 0, apply: ["mkyoung"] } },
        { fn: "set_pte", index: 3, pte: "0x0" },
      ],
    },
  ]),
)}`;

const helpers = (call: Locator) => call.getByRole("list", { name: "Helpers" }).getByRole("listitem");

test("a call keeps its helpers where others are removed and moved before it", async ({ lab }) => {
  await lab.open(STORES);
  await openEditor(lab);
  const call = (n: number) => row(lab.dialog, `call ${n}`);
  await expect(helpers(call(2))).toHaveText([/^mkold/, /^wrprotect/]);
  await call(3).getByRole("combobox", { name: "Then" }).selectOption("mkclean");
  await call(3).getByRole("button", { name: "Move call 3 up" }).click();
  await expect(helpers(call(2))).toHaveText([/^mkyoung/, /^mkclean/]);
  await expect(helpers(call(3))).toHaveText([/^mkold/, /^wrprotect/]);
  await call(2).getByRole("button", { name: "Remove call 2" }).click();
  await expect(helpers(call(2))).toHaveText([/^mkold/, /^wrprotect/]);
  await expect(call(2).getByRole("spinbutton", { name: "Entry" })).toHaveValue("1");
  await call(2).getByRole("button", { name: "Remove helper 1, mkold" }).click();
  await apply(lab);
  await expect(lab.actor("CPU0")).toContainText("set_pte(1, result 0 wrprotect)");
});

test("a field half filled in stays with its row when the one before it goes", async ({ lab }) => {
  await openEditor(lab);
  const frame = row(lab.dialog, "run 2").getByRole("textbox", { name: "First frame" });
  await write(frame, "0x");
  const before = await frame.elementHandle();
  await row(lab.dialog, "run 1").getByRole("button", { name: "Remove run 1" }).click();
  const after = row(lab.dialog, "run 1").getByRole("textbox", { name: "First frame" });
  await expect(after).toHaveValue("0x");
  expect(await after.evaluate((now, then) => now === then, before)).toBe(true);
});

for (const [name, width, height] of [
  ["a phone", 390, 844],
  ["a page magnified twice", 640, 400],
] as const) {
  test(`in the window of ${name} the editor does not scroll sideways, and a problem is told in its width`, async ({ lab, page }) => {
    await page.setViewportSize({ width, height });
    await lab.open(STORES);
    await openEditor(lab);
    for (const shelf of ["What the mail thread weighed", "Earlier and later kernels", "Deliberate mistakes"])
      await lab.dialog.getByText(shelf).click();
    await write(row(lab.dialog, "call 1").getByRole("spinbutton", { name: "Entry" }), "99");
    const told = lab.dialog.getByRole("status");
    await expect(told).toContainText("Actor 1, call 1, Entry should be");
    expect(await lab.dialog.evaluate((sheet) => sheet.scrollWidth - sheet.clientWidth)).toBe(0);
    expect((await told.boundingBox())?.width).toBeGreaterThan(width * 0.5);
    expect((await told.boundingBox())?.height).toBeLessThan(70);
  });
}

test("after the editor, the focus is where it was opened", async ({ lab }) => {
  for (const leave of ["Escape", "Cancel", "Open this scenario"]) {
    await lab.button("Edit…").focus();
    await lab.press("Enter");
    await expect(lab.dialog).toBeVisible();
    if (leave === "Escape") await lab.press("Escape");
    else await lab.dialog.getByRole("button", { name: leave }).press("Enter");
    await expect(lab.dialog).toBeHidden();
    await expect(lab.button("Edit…")).toBeFocused();
  }
});

test("after a row was removed, the focus is on what removes the next, or on what adds one", async ({ lab }) => {
  await openEditor(lab);
  const remove = async (name: string, next: string): Promise<void> => {
    await lab.dialog.getByRole("button", { name }).press("Enter");
    await expect(lab.dialog.getByRole("button", { name: next, exact: true }).and(lab.page.locator(":focus"))).toBeVisible();
  };
  await remove("Remove call 2", "Remove call 2");
  await remove("Remove call 2", "Add a call");
  await remove("Remove run 1", "Remove run 1");
  await remove("Remove run 2", "Add entries");
  await remove("Remove folio 1", "Add a folio");
  await remove("Remove actor CPU0", "Remove actor CPU1");
  await remove("Remove actor CPU1", "Add a kernel CPU");
});

test("a click beside the editor leaves it, unless something was changed", async ({ lab, page }) => {
  await openEditor(lab);
  await page.mouse.click(5, 5);
  await expect(lab.dialog).toBeHidden();
  await openEditor(lab);
  const title = lab.dialog.getByRole("textbox", { name: "Title" });
  await write(title, "my work");
  await page.mouse.click(5, 5);
  await expect(title).toHaveValue("my work");
  await write(title, "An unfold under a lockless reader");
  await page.mouse.click(5, 5);
  await expect(lab.dialog).toBeHidden();
});

test("entries given as words are edited line by line, and given up for runs", async ({ lab }) => {
  await lab.open('v=1&machine.ptes=["0x68000001000bc3","0x68000001001bc3"]&machine.entries=16');
  await openEditor(lab);
  const words = lab.dialog.getByRole("textbox", { name: "One word per entry, a line each" });
  const told = lab.dialog.getByRole("status");
  const open = lab.dialog.getByRole("button", { name: "Open this scenario" });
  const byRuns = lab.dialog.getByRole("button", { name: "Describe entries by runs instead" });
  await expect(words).toHaveValue("0x68000001000bc3\n0x68000001001bc3");
  await expect(byRuns).toBeHidden();

  await write(words, "0x68000001000bc3\n0x68000001001bc3\n0x0\n\n");
  await expect(words).toHaveAttribute("aria-invalid", "false");
  await expect(open).toBeEnabled();
  await write(words, "0x68000001000bc3\nnothing\n");
  await expect(words).toHaveAttribute("aria-invalid", "true");
  await expect(words).toHaveAccessibleDescription(/^Line 2 should be an unsigned hex string/);
  await expect(told).toHaveText(/^Entries at the start, line 2 should be an unsigned hex string/);
  await expect(open).toBeDisabled();

  await write(words, "");
  await expect(open).toBeEnabled();
  await byRuns.press("Enter");
  await expect(words).toBeHidden();
  await expect(lab.dialog.getByRole("group", { name: "Entries at the start" })).toBeFocused();
  await lab.dialog.getByRole("button", { name: "Add entries" }).click();
  await apply(lab);
  await expect(lab.entry(0)).toContainText("frame 0x2000");
  await expect(lab.table.getByRole("listitem")).toHaveCount(16);
});

test("a problem marks the field it is about, and is told in the words of the labels", async ({ lab }) => {
  await lab.open("v=1&machine.entries=16");
  await openEditor(lab);
  const told = lab.dialog.getByRole("status");
  const third = row(lab.dialog, "run 3");
  await write(third.getByRole("spinbutton", { name: "Count" }), "4");
  await expect(third.getByRole("spinbutton", { name: "Count" })).toHaveAccessibleDescription(/^Should be at most 3 entries from entry 13/);
  await expect(third.getByRole("spinbutton", { name: "From entry" })).toHaveAttribute("aria-invalid", "false");
  await expect(told).toHaveText(/^Run 3, Count should be/);
  await write(third.getByRole("spinbutton", { name: "Count" }), "3");

  await row(lab.dialog, "run 2").getByRole("combobox", { name: "Protection" }).selectOption("ro");
  await expect(row(lab.dialog, "run 2").getByRole("group", { name: "Flags" })).toHaveAccessibleDescription(/^hwdirty should be left out/);
  await expect(told).toHaveText(/^Run 2, Flags should be left out/);
  await row(lab.dialog, "run 2").getByRole("combobox", { name: "Protection" }).selectOption("rw");

  await lab.button("Add a folio").click();
  await write(row(lab.dialog, "folio 2").getByRole("textbox", { name: "First frame" }), "0x1001");
  await expect(row(lab.dialog, "folio 2")).toContainText("Should be frames outside the folio of frame 0x1000.");
  await expect(told).toHaveText(/^Folio 2 should be/);
});

test("too many helpers are told at the helpers", async ({ lab }) => {
  await lab.open(STORES);
  await openEditor(lab);
  const add = row(lab.dialog, "call 2").getByRole("combobox", { name: "Then" });
  for (let n = 2; n < 17; n++) await add.selectOption("mkold");
  await expect(add).toHaveAttribute("aria-invalid", "true");
  await expect(add).toHaveAccessibleDescription(/at most 16 pte helpers/);
  await expect(lab.dialog.getByRole("status")).toHaveText(/^Actor 1, call 2, Helpers should be at most 16/);
});

test("an actor that is added has a name of its own", async ({ lab }) => {
  await openEditor(lab);
  await lab.button("Remove actor CPU0").click();
  await lab.button("Add a kernel CPU").click();
  await lab.button("Add an MMU").click();
  const names = lab.dialog.getByRole("textbox", { name: /^(Kernel on|MMU of)$/ });
  const given = await names.evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
  expect(given).toHaveLength(3);
  expect(new Set(given).size).toBe(3);
});

test("a scenario without a title is untitled, one opened as it was keeps its name", async ({ lab }) => {
  await openEditor(lab);
  await apply(lab);
  await expect(lab.scenario).toHaveText("An unfold under a lockless reader");

  await openEditor(lab);
  await write(lab.dialog.getByRole("textbox", { name: "Title" }), "");
  await apply(lab);
  await expect(lab.scenario).toHaveText("Untitled");
  await openEditor(lab);
  await apply(lab);
  await expect(lab.scenario).toHaveText("Untitled");
});
