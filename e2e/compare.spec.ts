import type { Locator } from "@playwright/test";
import { axeFaults, scrolledSideways } from "./faults.ts";
import { expect, type Lab, test } from "./fixtures.ts";

/** The panel's other mode, as a person meets it. */
class Comparing {
  readonly lab: Lab;
  readonly panel: Locator;
  readonly changed: Locator;

  constructor(lab: Lab) {
    this.lab = lab;
    this.panel = lab.page.getByRole("region", { name: "Every interleaving" });
    this.changed = this.panel.getByRole("region", { name: "What changed" });
  }

  async open(fields: string): Promise<void> {
    await this.lab.open(fields);
    await this.lab.press("e");
    await this.panel.getByRole("tab", { name: "Compare two" }).click();
  }

  picker(side: "Before" | "After"): Locator {
    return this.panel.getByRole("group", { name: side, exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.panel.getByRole("button", { name });
  }

  async choose(side: "Before" | "After", shelf: string, variant: string): Promise<void> {
    const picker = this.picker(side);
    const box = picker.getByRole("checkbox", { name: new RegExp(`^${variant} `) });
    await picker.locator("summary").first().click();
    if (!(await box.isVisible())) await picker.getByText(shelf).click();
    await box.check();
  }

  async compare(): Promise<void> {
    await this.button(/^Compare$/).click();
    await expect(this.changed).toBeVisible({ timeout: 40_000 });
  }
}

const withCompare = test.extend<{ comparing: Comparing }>({
  comparing: async ({ lab }, use) => {
    await use(new Comparing(lab));
  },
});

const DIRTY = "v=1&scenario=unfold-race-dirty";

withCompare("a scenario with a variant is compared with the kernel that has none", async ({ comparing }) => {
  await comparing.open(`${DIRTY}&kernel={"variants":["convert-no-tlbi"]}`);
  await comparing.compare();
  await expect(comparing.changed).toContainText("Worse: 2 verdicts.");
});

withCompare(
  "what a mistake changes is told, and either run plays under its own kernel",
  { tag: "@everywhere" },
  async ({ comparing, lab, page }) => {
    await comparing.open(`${DIRTY}&choices=0.1`);
    await comparing.choose("After", "Deliberate mistakes", "convert-no-tlbi");
    await comparing.compare();
    await expect(comparing.changed).toContainText("Worse: 2 verdicts.");
    const worse = comparing.panel.getByRole("listitem", { name: "break-before-make", exact: true });
    await expect(worse).toContainText(/worse:.*holds.* before, .*violated.* after/);
    await expect(comparing.panel.getByRole("region", { name: "Only before" })).toContainText("Only before: 5");
    await expect(comparing.panel.getByRole("region", { name: "Only after" })).toContainText("Only after: 0");

    // The lock, a read of entry 4 and sixteen exchanges are the same; then one side flushes.
    const step = comparing.panel.getByRole("list", { name: "Step 19" });
    await expect(step.getByRole("listitem", { name: "Before" })).toContainText("CPU0 flushes entries 0 to 15");
    await expect(step.getByRole("listitem", { name: "After" })).toContainText("CPU0 writes");

    await comparing.button("Play this run after").click();
    await lab.expectStep(19, 19);
    await expect(lab.button("Linux 6.12 + convert-no-tlbi")).toBeVisible();
    await expect(lab.status).toContainText("CPU0 writes");
    await expect(comparing.button("Play this run after")).toHaveAttribute("aria-current", "true");
    await expect(comparing.button("Play this run before")).not.toHaveAttribute("aria-current", "true");
    await expect(comparing.changed).toBeVisible();

    await comparing.button("Play this run before").click();
    await expect(lab.status).toContainText("CPU0 flushes entries 0 to 15");
    await expect(lab.page.getByRole("button", { name: "Linux 6.12", exact: true })).toBeVisible();
    await comparing
      .button(/Play it after/)
      .first()
      .click();
    await expect(lab.button("Linux 6.12 + convert-no-tlbi")).toBeVisible();

    // The person's own run comes back, with its kernel.
    await comparing.button("Back to your run").click();
    await lab.expectStep(2, 2);
    await expect(page).toHaveURL(/choices=0\.1$/);
    await expect(page).not.toHaveURL(/convert-no-tlbi/);
    await expect(comparing.changed).toBeVisible();
  },
);

withCompare("going back in the history leaves the other kernel, and keeps what was found", async ({ comparing, lab, page }) => {
  await comparing.open(DIRTY);
  await comparing.choose("After", "Deliberate mistakes", "convert-no-tlbi");
  await comparing.compare();
  await comparing.button("Play this run after").click();
  await expect(page).toHaveURL(/convert-no-tlbi/);
  await page.goBack();
  await expect(lab.page.getByRole("button", { name: "Linux 6.12", exact: true })).toBeVisible();
  await expect(comparing.changed).toContainText("Worse: 2 verdicts.");
});

withCompare("two kernels that do the same here are said to, and exchanged they still are", async ({ comparing }) => {
  await comparing.open(DIRTY);
  await comparing.picker("After").getByRole("combobox", { name: "Linux" }).selectOption("6.17");
  await comparing.compare();
  await expect(comparing.changed).toContainText(/Nothing changed: the same verdicts, and the same \d+ outcomes\./);
  await expect(comparing.panel).toContainText("It does not part");
  await comparing.button("Exchange the two").click();
  await expect(comparing.picker("Before").getByRole("combobox", { name: "Linux" })).toHaveValue("6.17");
  await comparing.compare();
  await expect(comparing.changed).toContainText("Before: This scenario, on Linux 6.17;");
});

withCompare("a kernel that cannot be is refused beside its name, and nothing begins", async ({ comparing }) => {
  await comparing.open(DIRTY);
  await comparing.choose("Before", "Deliberate mistakes", "convert-no-tlbi");
  await comparing
    .picker("Before")
    .getByRole("checkbox", { name: /^convert-late-tlbi / })
    .check();
  await expect(comparing.picker("Before")).toContainText("convert-late-tlbi should be left out: it excludes convert-no-tlbi");
  await comparing.button(/^Compare$/).click();
  await expect(comparing.picker("Before").getByRole("combobox", { name: "Linux" })).toBeFocused();
  await expect(comparing.changed).toBeHidden();
});

const anyAccess = '{"rw":"any","index":"any"}';
const mmu = (name: string): string => `{"name":"${name}","kind":"mmu","accesses":[${anyAccess},${anyAccess}]}`;
const unfold = '{"name":"CPU0","kind":"kernel","calls":[{"fn":"ptl_lock"},{"fn":"ptep_get_and_clear","index":4},{"fn":"ptl_unlock"}]}';

withCompare("a long comparison says which side it is at, and stops when it is told to", async ({ comparing, lab }) => {
  await comparing.open(`${DIRTY}&actors=[${unfold},${mmu("CPU1")},${mmu("CPU2")}]`);
  await comparing.button(/^Compare$/).click();
  await expect(comparing.panel.getByRole("region", { name: "Progress" })).toContainText("Before: Searching");
  // The page stays in use meanwhile.
  await lab.button("Step CPU0").click();
  await lab.expectStep(1, 1);
  await comparing.button(/^Stop/).click();
  await expect(comparing.changed).toContainText("Stopped early. Nothing got worse so far.", { timeout: 40_000 });
  await expect(comparing.changed).toContainText("you stopped it");
});

for (const width of [1280, 390]) {
  withCompare(`axe finds nothing to say about a comparison at ${width}, and nothing scrolls sideways`, async ({ comparing, page }) => {
    test.slow();
    await page.setViewportSize({ width, height: width > 600 ? 800 : 844 });
    await comparing.open(DIRTY);
    await comparing.choose("After", "Deliberate mistakes", "convert-no-tlbi");
    await comparing.compare();
    await comparing.button("Play this run after").click();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      expect(await axeFaults(page, "#explorer"), colorScheme).toEqual([]);
    }
    expect(await scrolledSideways(page)).toEqual([]);
  });
}

withCompare("the modes are switched by keyboard", async ({ comparing, lab, page }) => {
  await lab.open(DIRTY);
  await lab.press("e");
  await expect(comparing.panel).toBeVisible();
  await page.keyboard.press("Shift+Tab");
  await expect(comparing.panel.getByRole("tab", { name: "One kernel" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  const tab = comparing.panel.getByRole("tab", { name: "Compare two" });
  await expect(tab).toHaveAttribute("aria-selected", "true");
  // What the other mode shows takes no place.
  const [above, below] = [await tab.boundingBox(), await comparing.picker("Before").boundingBox()];
  expect((below?.y ?? 0) - (above?.y ?? 0) - (above?.height ?? 0)).toBeLessThan(40);
  await lab.expectStep(0, 0);
});

for (const [width, columns] of [
  [1280, 8],
  [1920, 16],
] as const) {
  withCompare(`beside the explorer in a window of ${width} no frame number is cut`, async ({ comparing, lab, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await comparing.open(DIRTY);
    await expect(lab.table.getByRole("list", { name: /^Entries \d/ })).toHaveCount(16 / columns);
    const cut = await lab.table.evaluate((table) =>
      [...table.querySelectorAll("li span span")].filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.textContent),
    );
    expect(cut).toEqual([]);
  });
}
