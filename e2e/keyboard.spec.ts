import { expect, type Lab, test, write } from "./fixtures.ts";

const FOLDED = "block 0 · folded: one contiguous block";
const BROKEN = "block 0 · mixed: some entries not valid";

/** The reader gathers part of the block, the writer takes the lock and clears three slots, and the reader notices. */
const RACE = [..."2222", ..."11111", "2"];

async function playRace(lab: Lab): Promise<void> {
  await lab.open();
  await lab.press(...RACE);
  await lab.expectStep(RACE.length, RACE.length);
}

test("the race of the first scenario plays by the digits of its actors", { tag: "@everywhere" }, async ({ lab, page }) => {
  await lab.open();
  await expect(page.getByRole("heading", { name: "contpte-lab" })).toBeVisible();
  await expect(lab.table).toContainText(FOLDED);
  await expect(lab.table.getByRole("listitem")).toHaveCount(16);
  await expect(lab.entry(4)).toContainText("frame 0x1004, contiguous, writable, old, clean");
  await expect(lab.status).toContainText("At the start.");

  await lab.press("2", "2", "2", "2");
  await lab.expectStep(4, 4);
  await expect(lab.status).toContainText("CPU1 reads entry 1");
  await expect(lab.codeLine("CPU1")).toHaveCount(1);

  await lab.press("1");
  await lab.expectStep(5, 5);
  await expect(lab.status).toContainText("CPU0 takes the page-table lock");
  await expect(lab.actor("CPU0")).toContainText("holds PTL");
  await expect(page.getByText("PTL held by CPU0")).toBeVisible();

  await lab.press("1", "1", "1");
  await lab.expectStep(8, 8);
  await expect(lab.entry(0)).toContainText("none");
  await expect(lab.entry(1)).toContainText("none, changed by software in the last step");
  await expect(lab.table).toContainText(BROKEN);

  await lab.press("1", "2");
  await lab.expectStep(10, 10);
  await expect(lab.status).toContainText("CPU1 reads entry 2: none. CPU1 found the block inconsistent and starts again.");
  await expect(lab.codeLine("CPU1")).toHaveText("orig ← read target");
  await expect(page.getByRole("img", { name: "Timeline: step 10 of 10, CPU1 reads entry 2: none" })).toBeVisible();
});

test("back to the start gives the initial entries again, and forward the same states", async ({ lab }) => {
  await lab.open();
  const states = [await lab.whole()];
  const initial = await lab.entries();
  expect(initial).toHaveLength(16);
  for (const [n, digit] of RACE.entries()) {
    await lab.press(digit);
    await lab.expectStep(n + 1, n + 1);
    states.push(await lab.whole());
  }
  expect(new Set(states).size).toBe(states.length);

  for (let at = RACE.length - 1; at >= 0; at--) {
    await lab.press("ArrowLeft");
    await lab.expectStep(at, RACE.length);
    expect(await lab.whole()).toBe(states[at]);
  }
  expect(await lab.entries()).toEqual(initial);

  for (let at = 1; at <= RACE.length; at++) {
    await lab.press("ArrowRight");
    await lab.expectStep(at, RACE.length);
    expect(await lab.whole()).toBe(states[at]);
  }
});

test("Home goes to the start, End to the last step and from there to the end of the run", async ({ lab }) => {
  await playRace(lab);
  await lab.press("Home");
  await lab.expectStep(0, RACE.length);
  await expect(lab.table).toContainText(FOLDED);
  await lab.press("End");
  await lab.expectStep(RACE.length, RACE.length);
  await lab.press("End");
  await expect(lab.actor("CPU0").getByRole("button", { name: "Step CPU0" })).toHaveText("finished");
  await expect(lab.actor("CPU1").getByRole("button", { name: "Step CPU1" })).toHaveText("finished");
  await expect(lab.status).toContainText("returns");
  await lab.press("Backspace");
  await expect(lab.slider).toHaveAttribute("aria-valuetext", /^step 4\d of 4\d,/);
});

test("many quick presses are all counted", async ({ lab }) => {
  await lab.open();
  await lab.press(..."222", ..."1".repeat(20), ...Array<string>(7).fill("ArrowLeft"), "ArrowRight");
  await lab.expectStep(17, 23);
});

test("another step from the middle of a run begins another run there", async ({ lab }) => {
  await playRace(lab);
  await lab.press("Home", "2");
  await lab.expectStep(1, RACE.length); // the same step as recorded: the run is kept
  await lab.press("1");
  await lab.expectStep(2, 2);
});

test("a digit whose actor cannot move says why", async ({ lab }) => {
  await lab.open('v=1&actors.1.calls=[{"fn":"ptl_lock"},{"fn":"ptl_unlock"}]');
  await lab.press("1", "2");
  await lab.expectAlert("CPU1 waits for the page-table lock, which CPU0 holds.");
  await expect(lab.actor("CPU1")).toContainText("CPU1 waits for the page-table lock, which CPU0 holds.");
  await lab.expectStep(1, 1);
  await lab.press("1");
  await lab.expectStep(2, 2);
  await lab.expectNoAlert();

  await lab.press("End");
  await lab.press("2");
  await lab.expectAlert("CPU1 has finished.");
  await lab.press("ArrowRight");
  await lab.expectAlert("The run has ended: no actor can move.");
  await lab.press("r");
  await lab.expectAlert("The run has ended: no actor can move.");
});

test("a digit without an actor says so", async ({ lab }) => {
  await lab.open();
  await lab.press("7");
  await lab.expectAlert("There is no actor 7: this scenario has 2.");
  await lab.expectStep(0, 0);
});

test.describe("an actor with several moves", () => {
  test.beforeEach(async ({ lab }) => {
    await lab.open("v=1&scenario=unfold-race-dirty&choices=2x2");
    await lab.expectStep(2, 2);
    await lab.press("3");
    await expect(lab.menu).toHaveAccessibleName("Step CPU2: 2 moves");
    await expect(lab.menu.getByRole("menuitem")).toHaveText(["reads page 3", "writes page 3"]);
    await expect(lab.menu.getByRole("menuitem", { name: "reads page 3" })).toBeFocused();
  });

  test("opens a list, in which arrows and Enter pick one", { tag: "@everywhere" }, async ({ lab }) => {
    await lab.press("ArrowDown");
    await expect(lab.menu.getByRole("menuitem", { name: "writes page 3" })).toBeFocused();
    await lab.press("Enter");
    await expect(lab.menu).toBeHidden();
    await lab.expectStep(3, 3);
    await expect(lab.status).toContainText("CPU2 writes page 3");
    await expect(lab.actor("CPU2").getByRole("listitem").filter({ hasText: "read or write page 3" })).toContainText("→");
  });

  test("opens a list that Escape closes without a move", async ({ lab }) => {
    await lab.press("Escape");
    await expect(lab.menu).toBeHidden();
    await lab.expectStep(2, 2);
    await lab.press("1"); // and the page's keys work again
    await lab.expectStep(3, 3);
  });

  test("keeps the page's keys to itself while its list is open", async ({ lab }) => {
    await lab.press("1", "ArrowLeft", "?");
    await expect(lab.dialog).toBeHidden();
    await lab.press("Escape");
    await lab.expectStep(2, 2);
  });
});

test("? opens the list of keys, Escape closes it, and no key acts behind it", { tag: "@everywhere" }, async ({ lab }) => {
  await lab.open();
  await lab.press("1");
  await lab.expectStep(1, 1);
  await lab.press("?");
  await expect(lab.dialog).toHaveAccessibleName("Keys");
  await expect(lab.dialog.getByRole("row", { name: "Home Go to the start" })).toBeVisible();
  await lab.press("1", "ArrowLeft", "r");
  await lab.press("Escape");
  await expect(lab.dialog).toBeHidden();
  await lab.expectStep(1, 1);
  await lab.press("1");
  await lab.expectStep(2, 2);
});

test("the palette finds a command by its words, says why one cannot be done, and does one", { tag: "@everywhere" }, async ({
  lab,
  page,
}) => {
  await lab.open();
  await lab.press("1", "2", "Control+k");
  await expect(lab.dialog).toHaveAccessibleName("Find a command");
  await page.keyboard.type("redo");
  await expect(lab.dialog.getByRole("option")).toHaveCount(1);
  await expect(lab.dialog.getByRole("option", { name: /^Redo/ })).toContainText("Nothing has been undone.");
  await write(page.getByRole("combobox"), "start");
  await lab.press("Enter");
  await expect(lab.dialog).toBeHidden();
  await lab.expectStep(0, 2);
  await lab.press("Control+k");
  await page.keyboard.type("nothing like it");
  await expect(lab.dialog).toContainText("No command has these words.");
  await lab.press("Escape");
  await expect(lab.dialog).toBeHidden();
});

test("what is typed while the palette is still to come is not taken for the page's keys", async ({ lab, page }) => {
  await lab.open();
  await lab.press("Control+k");
  await page.keyboard.type("r1r2");
  await expect(lab.dialog).toHaveAccessibleName("Find a command");
  await lab.press("Escape");
  await expect(lab.dialog).toBeHidden();
  await lab.expectStep(0, 0);
});

test("undo brings back a run and a scenario that were replaced, redo takes them away again", { tag: "@everywhere" }, async ({ lab }) => {
  await lab.open();
  await lab.press("1", "1", "1", "ArrowLeft", "ArrowLeft", "2");
  await lab.expectStep(2, 2);
  await lab.press("Control+z");
  await lab.expectStep(1, 3);
  await lab.press("Control+Shift+Z");
  await lab.expectStep(2, 2);
  await lab.choose("A batch, and a fold by the last entry");
  await lab.expectStep(0, 0);
  await lab.press("Control+z");
  await expect(lab.scenario).toHaveText("An unfold under a lockless reader");
  await lab.expectStep(2, 2);
  await lab.press("Control+z");
  await lab.expectStep(1, 3);
  await lab.press("Control+z");
  await lab.expectAlert("Nothing has been replaced");
  await lab.press("Control+y", "Control+y");
  await expect(lab.scenario).toHaveText("A batch, and a fold by the last entry");
});

test("a presentation is large and bare, and its keys are the page's", { tag: "@everywhere" }, async ({ lab, page }) => {
  await lab.open();
  const wide = async (): Promise<number> => (await lab.entry(0).boundingBox())?.height ?? 0;
  const before = await wide();
  await lab.press("p");
  await expect(lab.button("Edit…")).toBeHidden();
  expect(await wide()).toBeGreaterThan(1.1 * before);
  await lab.press("1");
  await lab.expectStep(1, 1);
  expect(await page.evaluate(() => [document.documentElement.scrollHeight, innerHeight])).toEqual([800, 800]);
  await lab.button("Leave").click();
  await expect(lab.button("Edit…")).toBeVisible();
});

test("panels are resized by the arrows of what is between them, and stay so", { tag: "@everywhere" }, async ({ lab, page }) => {
  await lab.open();
  const between = page.getByRole("separator", { name: "Between memory and code" });
  const width = async (): Promise<number> => (await lab.actor("CPU0").boundingBox())?.width ?? 0;
  const before = await width();
  await between.focus();
  await lab.press("ArrowLeft", "ArrowLeft");
  await lab.expectStep(0, 0); // the arrows are the separator's
  await expect.poll(width).toBeGreaterThan(before + 20);
  const after = await width();
  await page.reload();
  await expect.poll(width).toBeCloseTo(after, 0);
});

test("no key of the page acts while a field has the focus", { tag: "@everywhere" }, async ({ lab, page }) => {
  await lab.open();
  const seed = page.getByRole("spinbutton", { name: "seed" });
  await seed.focus();
  await lab.press("1", "2", "Home", "Backspace", "?");
  await expect(seed).toHaveValue("112");
  await expect(lab.dialog).toBeHidden();

  await lab.button("Edit…").click();
  await lab.dialog.getByRole("textbox", { name: "Title" }).focus();
  await lab.press("1", "2", "ArrowRight", "r");
  await expect(lab.dialog.getByRole("textbox", { name: "Title" })).toHaveValue(/12r$/);
  await lab.press("Escape");
  await expect(lab.dialog).toBeHidden();
  await lab.expectStep(0, 0);
});

test("with the focus on the slider, digits still step, and arrows move the slider once", async ({ lab }) => {
  await lab.open("v=1&choices=0x5&at=3");
  await lab.slider.focus();
  await lab.press("ArrowLeft");
  await lab.expectStep(2, 5);
  await lab.press("2");
  await lab.expectStep(3, 3);
});

test("the page's keys work again as soon as a scenario was chosen", async ({ lab }) => {
  await lab.open();
  await lab.choose("The same, and hardware dirties a page");
  await expect(lab.actor("CPU2")).toBeVisible();
  await lab.press("3");
  await lab.expectStep(1, 1);
});

test("arrows walk the list of scenarios and open none, Enter opens one, Escape none, and the focus stays", async ({ lab, page }) => {
  await lab.open();
  const title = "An unfold under a lockless reader";
  const address = page.url();
  await lab.press("Tab");
  await expect(lab.scenario).toBeFocused();
  await lab.press("Enter");
  const items = lab.menu.getByRole("menuitemradio");
  await expect(items).toHaveCount(6);
  await expect(items.nth(0)).toBeFocused();
  await expect(items.nth(0)).toBeChecked();
  await lab.press("ArrowDown", "ArrowDown", "1", "r");
  await expect(items.nth(2)).toBeFocused();
  await expect(lab.scenario).toHaveText(title);
  await lab.press("Escape");
  await expect(lab.menu).toBeHidden();
  await expect(lab.scenario).toBeFocused();
  await lab.expectStep(0, 0);
  expect(page.url()).toBe(address);

  await lab.press("ArrowDown");
  await expect(items.nth(0)).toBeFocused();
  await lab.press("ArrowDown");
  await expect(items.nth(1)).toBeFocused();
  await lab.press("Enter");
  await expect(lab.scenario).toHaveText("The same, and hardware dirties a page");
  await expect(lab.scenario).toBeFocused();
  await lab.press("3");
  await lab.expectStep(1, 1);
  await page.goBack();
  await expect(lab.scenario).toHaveText(title);
});

test("everything can be reached by Tab, in the order of the page", { tag: "@everywhere" }, async ({ lab, page }) => {
  await lab.open();
  const names = [
    "Scenario: An unfold under a lockless reader",
    "Linux 6.12",
    "Stories",
    "Explore e",
    "Edit…",
    "Open…",
    "Take away",
    "Commands",
    "Keys",
    "Entries and TLBs",
    "entry 0: frame 0x1000, contiguous, writable, old, clean",
    "Bits, changes and lookups",
    "Between memory and code",
    "Step CPU0",
  ];
  for (const name of names) {
    await lab.press("Tab");
    await expect(page.locator(":focus")).toHaveAccessibleName(name);
  }
});
