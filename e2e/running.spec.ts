import { expect, type Lab, test } from "./fixtures.ts";

const until = (lab: Lab) => lab.page.getByRole("dialog", { name: "Run until" });

async function addStop(lab: Lab, kind: string, about: string): Promise<void> {
  await lab.button(/^Run until…/).click();
  await until(lab).getByRole("combobox", { name: "Until" }).selectOption(kind);
  await until(lab)
    .getByRole("combobox", { name: /^(which|who)/ })
    .selectOption(about);
  await until(lab).getByRole("button", { name: "Add" }).click();
}

test("a run goes on until an entry changes, and back to where it did", async ({ lab }) => {
  await lab.open();
  await addStop(lab, "an entry changes", "entry 9");
  await until(lab)
    .getByRole("button", { name: /^Run to the next/ })
    .click();
  await lab.expectAlert("Stopped: entry 9 changes.");
  await expect(lab.status).toContainText("CPU0 takes 0x78000001009bc3 out of entry 9 and leaves none");
  await lab.expectStep(12, 12); // the lock, the read of entry 4, and entries 0 to 9
  await until(lab)
    .getByRole("button", { name: /^Run to the next/ })
    .click();
  await expect(lab.status).toContainText("writes 0x");
  await until(lab)
    .getByRole("button", { name: /Back to the one before/ })
    .click();
  await lab.expectStep(12, 29); // the other six, the flush, and entries 0 to 9 written;
  await lab.press("Escape");
  await lab.press("n");
  await lab.expectStep(29, 29);
  await lab.press("n");
  await lab.expectAlert("The run has ended, and nothing that it was to stop at came.");
});

test("stops by keyboard: an actor that starts again, and a line", async ({ lab, page }) => {
  await lab.open();
  await lab.press("n");
  await lab.expectAlert("No stop is set");
  await lab.press(..."2222", ..."11111", "2"); // the reader is in the middle of the block when its entries go
  await lab.expectStep(10, 10);
  await lab.button(/^Run until…/).focus();
  await lab.press("Enter");
  await page.keyboard.press("Tab"); // the form begins with what to stop at
  await expect(until(lab)).toBeVisible();
  await until(lab).getByRole("combobox", { name: "Until" }).selectOption("an actor starts again");
  await until(lab).getByRole("button", { name: "Add" }).press("Enter");
  await lab.press("Escape", "Home", "n");
  await lab.expectAlert("Stopped: anybody starts again.");
  await lab.expectStep(10, 10);
  await expect(lab.status).toContainText("CPU1 found the block inconsistent and starts again");

  await lab.press("Home", "1", "1", "b");
  await lab.expectStep(2, 2);
  await expect(lab.actor("CPU0").getByRole("button", { name: /^Stop at line \d+ of contpte_convert$/, pressed: true })).toHaveCount(1);
});

test("a line stops the run by mouse, once for each time an actor comes to it, and no more when pressed again", {
  tag: "@everywhere",
}, async ({ lab }) => {
  await lab.open("v=1&choices=0x2");
  await lab.expectStep(2, 2);
  const line = lab.codeLine("CPU0").getByRole("button", { name: /^Stop at line/ });
  await line.click();
  await lab.press("n");
  await lab.expectStep(3, 3);
  await lab.press("n");
  await lab.expectStep(4, 4);
  await line.click();
  await lab.press("n");
  await lab.expectAlert("No stop is set");
});

test("a step can be a whole call, forward and back, and the actor alone", async ({ lab }) => {
  await lab.open();
  await lab.press("g", "1", "1");
  await expect(lab.status).toContainText("ptep_get_and_clear returns");
  const all = Number((await lab.slider.getAttribute("max")) ?? 0);
  expect(all).toBeGreaterThan(30);
  await lab.press("ArrowLeft");
  await lab.expectStep(1, all);
  await lab.press("ArrowLeft");
  await lab.expectStep(0, all);
  await lab.press("ArrowRight", "ArrowRight");
  await lab.expectStep(all, all);
  await lab.page.getByRole("combobox", { name: "A step is" }).selectOption("each access");
  await lab.press("2");
  await lab.expectStep(all + 1, all + 1);
});

test("an actor that waits for another cannot make its call, and says so", async ({ lab }) => {
  await lab.open('v=1&actors.1.calls=[{"fn":"ptl_lock"},{"fn":"ptl_unlock"}]');
  await lab.press("g", "1", "2");
  await lab.expectAlert("CPU1 waits for the page-table lock, which CPU0 holds.");
});

test("the run plays like a film, and pauses for any step of one's own", { tag: "@everywhere" }, async ({ lab, page }) => {
  await lab.open("v=1&choices=1x4.0x6&at=0");
  await page.getByRole("combobox", { name: /^Speed/ }).selectOption("20/s");
  await lab.press(" ");
  await lab.expectStep(10, 10);
  await expect(lab.button("▶ Play")).toBeVisible();
  await lab.press("Home");
  await page.getByRole("combobox", { name: /^Speed/ }).selectOption("2/s");
  await page.getByRole("heading", { name: "contpte-lab" }).click();
  await lab.press(".");
  await expect(lab.button("❚❚ Pause")).toBeVisible();
  await lab.press("End");
  await expect(lab.button("▶ Play")).toBeVisible();
  await lab.expectStep(10, 10);
});

test("what the last step changed of an actor's variables is marked", async ({ lab }) => {
  await lab.open("v=1&choices=0x4");
  await lab.expectStep(4, 4);
  await expect(lab.actor("CPU0")).toContainText("● i = 2 (changed)");
  await lab.press("2");
  await expect(lab.actor("CPU0")).not.toContainText("(changed)");
});

test("a flush is drawn over its pages in every TLB, on its way and when it has come there", async ({ lab }) => {
  await lab.open("v=1&story=weak-flush&beat=3");
  await expect(lab.story).toContainText("✓");
  await expect(lab.table).toContainText("CPU0's flush of pages 0–15 is pending");
  await lab.open("v=1&scenario=unfold-race-dirty&choices=2.0x19&at=20");
  await lab.expectStep(20, 20);
  await expect(lab.table).toContainText("CPU0 has flushed pages 0–15");
  await lab.press("ArrowLeft");
  await lab.expectStep(19, 20);
  await expect(lab.table).not.toContainText("flushed");
});
