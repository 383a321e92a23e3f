import { expect, Lab, pasted, test } from "./fixtures.ts";

test("a link shows the same step in another browser", async ({ lab, browser, errors }) => {
  await lab.open("v=1&actors.0.calls.1.index=7");
  await lab.press(..."2222", ..."11111", "2", "ArrowLeft", "ArrowLeft");
  await lab.expectStep(8, 10);
  const context = await browser.newContext();
  const other = new Lab(await context.newPage());
  errors.watch(other.page);
  await other.page.goto(await lab.address());
  await other.expectStep(8, 10);
  expect(await other.entries()).toEqual(await lab.entries());
  expect(await other.whole()).toBe(await lab.whole());
  await other.press("ArrowRight", "ArrowRight");
  await other.expectStep(10, 10);
  await expect(other.status).toContainText("starts again");
  await context.close();
});

test("a copied link puts the address on the clipboard, or says where it is", { tag: "@everywhere" }, async ({ lab, context }) => {
  await lab.open();
  await lab.press("1", "2");
  await lab.expectStep(2, 2);
  await lab.takeAway("Copy a link to this step");
  await lab.expectAlert("The link to this step is on the clipboard.");
  expect(await pasted(context)).toBe(await lab.address());
  await lab.alert.getByRole("button", { name: "Close" }).click();
  await lab.expectNoAlert();
});

test("an edited address opens the other place", async ({ lab, page }) => {
  await lab.open("v=1&scenario=unfold-race&choices=1x4.0x5");
  await lab.expectStep(9, 9);
  await page.evaluate(() => {
    location.hash = "#v=1&scenario=unfold-race-dirty&choices=2.1x3";
  });
  await lab.expectStep(4, 4);
  await expect(lab.actor("CPU2")).toBeVisible();
  await page.evaluate(() => {
    location.hash = "#v=1&scenario=unfold-race&choices=1x4.0x5&at=2";
  });
  await lab.expectStep(2, 9);
  await expect(lab.actor("CPU2")).toBeHidden();
});

test("the browser's Back returns to the scenario before, at its step, and Forward to the later one", { tag: "@everywhere" }, async ({
  lab,
  page,
}) => {
  await lab.open();
  await lab.press("1", "1", "1");
  await lab.expectStep(3, 3);
  const left = await lab.whole();
  await lab.choose("A batch, and a fold by the last entry");
  await lab.expectStep(0, 0);
  await lab.button("Step CPU0").click();
  await lab.expectStep(1, 1);
  await page.goBack();
  await lab.expectStep(3, 3);
  await expect.poll(() => lab.whole()).toBe(left);
  await page.goForward();
  await lab.expectStep(1, 1);
  await expect(lab.table.getByRole("listitem")).toHaveCount(32);
});

test("Back leaves a link that is spelled otherwise than the page spells it", async ({ lab, page }) => {
  await lab.open("v=1&scenario=unfold-race&choices=0x3");
  await lab.expectStep(3, 3);
  await page.evaluate(() => {
    location.hash = "#v=1&scenario=unfold-race-dirty&choices=1.1.1.1&at=4";
  });
  await lab.expectStep(4, 4);
  await page.goBack();
  await lab.expectStep(3, 3);
  await expect(lab.scenario).toHaveText("An unfold under a lockless reader");
});

const DAMAGED: readonly (readonly [name: string, fields: string, sentence: string | RegExp])[] = [
  ["without a version", "scenario=unfold-race", "This link cannot be opened: it has no version: links begin with v=1."],
  ["of a newer version", "v=99&scenario=unfold-race", "This link cannot be opened: it was made by a newer version of this page"],
  ["to an unknown scenario", "v=1&scenario=nothing", 'This link cannot be opened: there is no scenario "nothing"; known are unfold-race,'],
  ["with bad percent codes", "v=1&title=%zz", "This link cannot be opened: a part of it is damaged"],
  ["with bad choices", "v=1&choices=0x3.zz.1", "This link cannot be opened: its choices are damaged at part 2"],
  ["with a position past the end", "v=1&choices=0x3&at=9", 'This link cannot be opened: its position "at" should be a step from 0 to 3.'],
  ["with a path that leads nowhere", "v=1&machine.nowhere.deep=1", "This link cannot be opened: it changes a place that scenario"],
  ["to the prototype of an object", "v=1&__proto__.polluted=1", "This link cannot be opened: it changes a place that scenario"],
  ["with an unknown field", "v=1&machine.colour=red", /This link cannot be opened: machine\.colour should be .*granule/],
  [
    "with an index outside the table",
    "v=1&actors.0.calls.1.index=99",
    /actors\.0\.calls\.1\.index should be an entry inside the table, 0 to 15/,
  ],
  ["with text for a number", "v=1&actors.0.calls.1.index=four", /actors\.0\.calls\.1\.index should be an entry/],
  ["with a choice that is not on offer", "v=1&choices=1x3.5", /This run diverged at step 4: .+ The steps before it are shown\./],
  ["with choices without end", "v=1&choices=0x999999", "its choices are damaged at part 1"],
];

test("every kind of damaged link is told in one sentence, and the page works", async ({ lab, page }) => {
  for (const [name, fields, sentence] of DAMAGED) {
    await test.step(name, async () => {
      await page.goto("about:blank"); // or only the address would change
      await lab.open(fields);
      await lab.expectAlert(sentence);
      const at = fields.includes("1x3.5") ? 3 : 0;
      await lab.expectStep(at, at);
      await lab.press("1");
      await lab.expectStep(at + 1, at + 1);
      await lab.expectNoAlert();
    });
  }
});

test("a link whose run goes on past the end of an actor shows the run up to there", async ({ lab }) => {
  await lab.open("v=1&choices=0x99");
  await lab.expectAlert(/This run diverged at step 38: .*on offer/);
  await expect(lab.button("Step CPU0")).toHaveText("finished");
  await lab.press("2");
  await lab.expectNoAlert();
});

test("a damaged address keeps what was open", async ({ lab, page }) => {
  await lab.open("v=1&choices=1x4.0x5");
  await lab.expectStep(9, 9);
  const open = await lab.whole();
  await page.evaluate(() => {
    location.hash = "#v=1&scenario=nothing";
  });
  await lab.expectAlert("there is no scenario");
  expect(await lab.whole()).toBe(open);
  await lab.press("ArrowLeft");
  await lab.expectStep(8, 9);
  await expect(page).toHaveURL(/choices=1x4\.0x5&at=8$/);
});

const SCRIPT = `<img src=x onerror="document.title='changed'">`;

test("script text in a title or a name from a link is shown as text", async ({ lab, page }) => {
  const named = `v=1&title=${encodeURIComponent(SCRIPT)}&actors.0.name=${encodeURIComponent("<b onclick=alert(1)>")}`;
  await lab.open(named);
  await expect(lab.scenario).toHaveText(SCRIPT);
  await expect(lab.actor("<b onclick=alert(1)>")).toBeVisible();
  await lab.button("Edit…").click();
  await expect(lab.dialog.getByRole("textbox", { name: "Title" })).toHaveValue(SCRIPT);
  await lab.press("Escape");
  await expect(page.getByRole("img")).toHaveCount(1); // the timeline
  await expect(page).toHaveTitle("contpte-lab");
});

test("script text from a file is shown as text", async ({ lab, page }) => {
  await lab.open();
  const scenario = { version: 1, title: SCRIPT, machine: {}, actors: [{ name: "<script>0</script>", kind: "kernel", calls: [] }] };
  await lab.openFile({ name: "<i>script.json", text: JSON.stringify(scenario) });
  await expect(lab.scenario).toHaveText(SCRIPT);
  await expect(lab.actor("<script>0</script>")).toBeVisible();
  await lab.openFile({ name: "<i>broken.json", text: `{"title": "${"<u>"}` });
  await lab.expectAlert("<i>broken.json was not opened:");
  await expect(page.getByRole("img")).toHaveCount(1);
  await expect(page).toHaveTitle("contpte-lab");
});

/** A table of 4096 words, which no address can hold. */
const LARGE = JSON.stringify({
  version: 1,
  title: "A large table",
  machine: { ptes: Array.from({ length: 4096 }, (_, n) => `0x${(0x68000001000bc3n + BigInt(n) * 4096n).toString(16)}`) },
  actors: [{ kind: "kernel", calls: [{ fn: "ptep_get", index: 1 }] }],
});

test("a scenario too large for a link says so as soon as it is open, and as long as it is", async ({ lab, page }) => {
  await lab.open();
  const link = page.getByRole("status", { name: "Link" });
  await expect(link).toBeEmpty();
  await lab.openFile({ name: "large.json", text: LARGE });
  await expect(lab.table.getByRole("listitem")).toHaveCount(4096);
  await expect(link).toHaveText("Too large for a link: save it as a file.");
  await expect(page).toHaveURL(/^[^#]*$/);
  await lab.press("1");
  await lab.expectStep(1, 1);
  await expect(link).toHaveText("Too large for a link: save it as a file.");
  await page.goBack();
  await expect(lab.table.getByRole("listitem")).toHaveCount(16);
  await expect(link).toBeEmpty();
});
