import { expect, type Lab, test } from "./fixtures.ts";

const program = (lab: Lab, actor: string, what: "Calls" | "Accesses") =>
  lab.actor(actor).getByRole("list", { name: what }).getByRole("listitem");

test("the device's fault loop, as its scenario says to play it, and its mending", async ({ lab }) => {
  await lab.open("v=1&scenario=fault-loop");
  await expect(lab.status).toContainText("Press 2: a device writes page 5 and faults");
  await lab.press("2");
  await expect(lab.status).toHaveText("SMMU writes page 5: permission fault.");
  await lab.press("End");
  await expect(program(lab, "CPU0", "Calls")).toHaveText([/→/]);
  await expect(program(lab, "SMMU", "Accesses")).toHaveText([/→ fault-permission$/, /→ fault-permission$/]);
  await expect(lab.entry(5)).toContainText("clean");

  await lab.button("Edit…").click();
  await lab.dialog.getByRole("checkbox", { name: /^set-access-flags-gathered / }).uncheck();
  await lab.dialog.getByRole("button", { name: "Open this scenario" }).click();
  await lab.expectStep(0, 0);
  await lab.press("2", "End");
  await expect(program(lab, "SMMU", "Accesses")).toHaveText([/→ fault-permission$/, /→ ok$/]);
  await expect(lab.entry(5)).toContainText("dirty");
});

test("run to the end from the start, too, the device faults, and without the variant writes", async ({ lab }) => {
  await lab.open("v=1&scenario=fault-loop");
  await lab.button("Run to the end").click();
  await expect(program(lab, "SMMU", "Accesses")).toHaveText([/→ fault-permission$/, /→ fault-permission$/]);
  await lab.open("v=1&scenario=fault-loop&kernel=");
  await expect(lab.button("Linux 6.12")).toHaveText("Linux 6.12");
  await lab.button("Run to the end").click();
  await expect(program(lab, "SMMU", "Accesses")).toHaveText([/→ ok$/, /→ ok$/]);
});

test("a PROT_NONE page has its place in the folio lane", async ({ lab }) => {
  await lab.open("v=1&scenario=fork-race");
  await expect(lab.entry(16)).toContainText("PROT_NONE");
  await expect(lab.table.locator('[data-tip="frame 0x2000, a folio of one page"]')).toBeVisible();
});
