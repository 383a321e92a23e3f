import { expect, type Lab, test } from "./fixtures.ts";

const RACE = "v=1&scenario=unfold-race-dirty&choices=2.1x4.2.0x6.1";

const inspector = (lab: Lab) => lab.page.getByRole("region", { name: /^Entry \d+$/ });
const fields = (lab: Lab) => inspector(lab).getByRole("list", { name: "Fields, from bit 63 down" });

test("it follows the run: the word before and after, bit by bit, and who wrote it", async ({ lab }) => {
  await lab.open(`${RACE}&at=6`);
  await expect(inspector(lab)).toHaveAccessibleName("Entry 12");
  await expect(inspector(lab)).toContainText("0x7800000100cfc3 → became 0x7800000100cf43"); // RDONLY, bit 7, is cleared: 0x80
  await expect(fields(lab).getByRole("listitem").filter({ hasText: "became" })).toHaveText(
    /^7RDONLY1 → became0● writable, so dirty, AP\[2\]$/,
  );
  await expect(inspector(lab)).toContainText("◆ hardware CPU2 writes page 12");
  await lab.press("ArrowLeft", "ArrowLeft");
  await lab.expectStep(4, 13);
  await expect(inspector(lab)).toHaveAccessibleName("Entry 0"); // which CPU1 has read
  await expect(inspector(lab)).toContainText("nobody yet");
});

test("an entry is chosen by mouse, stays while the run goes on, and its changes lead to their steps", { tag: "@everywhere" }, async ({
  lab,
}) => {
  await lab.open(RACE);
  await lab.expectStep(13, 13);
  await lab.entry(12).getByRole("button").click();
  await expect(inspector(lab)).toHaveAccessibleName("Entry 12");
  await expect(lab.entry(12).getByRole("button")).toHaveAttribute("aria-pressed", "true");
  await inspector(lab).getByRole("button", { name: "step 1", exact: true }).click();
  await lab.expectStep(1, 13);
  await expect(inspector(lab)).toHaveAccessibleName("Entry 12");
  await inspector(lab).getByRole("button", { name: "Follow the run" }).click();
  await lab.press("End");
  await lab.expectStep(13, 13);
  await expect(inspector(lab)).toHaveAccessibleName("Entry 2");
});

test("entries are walked by keyboard, from wherever the focus is, and the focus goes along the table", { tag: "@everywhere" }, async ({
  lab,
  page,
}) => {
  await lab.open();
  await lab.press("]", "]");
  await expect(inspector(lab)).toHaveAccessibleName("Entry 2");
  await lab.entry(2).getByRole("button").focus();
  await lab.press("[", "[", "[");
  await expect(inspector(lab)).toHaveAccessibleName("Entry 15"); // round the end
  await expect(page.locator(":focus")).toHaveAccessibleName(/^entry 15:/);
  await lab.press("i");
  await expect(inspector(lab)).toHaveAccessibleName("Entry 0");
  await expect(inspector(lab)).toContainText("follows the run");
});

test("a lookup says what a stale TLB entry still answers, and that a page of its own would walk", async ({ lab }) => {
  await lab.open(`${RACE}&at=11`);
  await lab.entry(1).getByRole("button").click();
  await expect(inspector(lab)).toContainText("A lookup of page 1 now");
  await expect(inspector(lab)).toContainText("CPU2 ✓ hit: the block of 0–15, frame 0x1001, writable");
  await expect(inspector(lab)).toContainText("read: frame 0x1001 from the TLB · write: frame 0x1001 from the TLB");
  await expect(inspector(lab)).toContainText("0x78000001001bc3 → became 0x0");
  await expect(inspector(lab)).toContainText("→ became 0x0 · it held:");
  await expect(
    inspector(lab).getByRole("list", { name: "Fields that it had" }).getByRole("listitem").filter({ hasText: "valid" }),
  ).toHaveText("0valid1hardware translates it");
  await lab.press("Home");
  await expect(inspector(lab)).toContainText("CPU2 – miss");
  await expect(inspector(lab)).toContainText("read: a walk to frame 0x1001 that marks entry 1");
});
