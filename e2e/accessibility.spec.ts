import { axeFaults } from "./faults.ts";
import { expect, type Lab, test, write } from "./fixtures.ts";

const RACE = "v=1&scenario=unfold-race-dirty&choices=2.1x4.2.0x6.1";

/** The faces of the page, each by how a person gets there. */
const FACES: readonly (readonly [name: string, reach: (lab: Lab) => Promise<void>])[] = [
  ["the start", (lab) => lab.open()],
  [
    "the middle of a race",
    async (lab) => {
      await lab.open(`${RACE}&at=11`);
      await lab.expectStep(11, 13);
      await lab.press("9"); // with a notice
      await lab.expectAlert("There is no actor 9");
    },
  ],
  [
    "a run that was kept",
    async (lab) => {
      await lab.open("v=1&choices=1x4.0x5.1&at=4");
      await lab.press("2");
      await expect(lab.page.getByRole("list", { name: "Runs kept" })).toContainText("CPU1");
    },
  ],
  [
    "two runs compared",
    async (lab) => {
      await lab.open("v=1&choices=1x4.0x5.1&at=4");
      await lab.press("2");
      await lab.button("Compare run 1").click();
      await expect(lab.dialog.getByRole("table")).toBeVisible();
    },
  ],
  [
    "the timeline's legend, over a long run",
    async (lab) => {
      await lab.open("v=1&choices=1x2.0x6.1x2000");
      await lab.press("0");
      await lab.button("Legend").click();
      await expect(lab.dialog).toBeVisible();
    },
  ],
  [
    "the list of keys",
    async (lab) => {
      await lab.open();
      await lab.press("?");
      await expect(lab.dialog).toBeVisible();
    },
  ],
  [
    "the palette",
    async (lab) => {
      await lab.open();
      await lab.press("Control+k");
      await expect(lab.dialog).toBeVisible();
    },
  ],
  [
    "what to run until, with a line among it",
    async (lab) => {
      await lab.open(`${RACE}&at=11`);
      await lab.expectStep(11, 13);
      await lab.press("b");
      await lab.control("Run until…");
      await lab.dialog.getByRole("button", { name: "Add" }).click();
      await expect(lab.dialog.getByRole("listitem")).toHaveCount(2);
    },
  ],
  [
    "the ways to take away",
    async (lab) => {
      await lab.open();
      await lab.button("Take away").click();
      await expect(lab.menu).toBeVisible();
    },
  ],
  [
    "the diagram for a mail",
    async (lab) => {
      await lab.open(RACE);
      await lab.takeAway("Diagram for a mail…");
      await expect(lab.dialog.getByRole("textbox")).toHaveValue(/CPU0/);
    },
  ],
  [
    "a presentation",
    async (lab) => {
      await lab.open(`${RACE}&at=11`);
      await lab.press("p");
      await expect(lab.button("Leave")).toBeVisible();
    },
  ],
  [
    "the editor with a mistake",
    async (lab) => {
      await lab.open();
      await lab.button("Edit…").click();
      await write(lab.dialog.getByRole("spinbutton", { name: "Entry", exact: true }).first(), "99");
      await expect(lab.dialog.getByRole("status")).toContainText("inside the table");
    },
  ],
  [
    "the editor with a kernel's variants",
    async (lab) => {
      await lab.open("v=1&scenario=fault-loop");
      await lab.button("Edit…").click();
      await expect(lab.dialog.getByRole("checkbox", { name: /^set-access-flags-gathered / })).toBeChecked();
    },
  ],
  [
    "a kernel's card, over entries of every kind",
    async (lab) => {
      await lab.open("v=1&scenario=fork-race");
      await lab.button("Linux 6.12").click();
      await expect(lab.dialog).toBeVisible();
    },
  ],
  [
    "the card of a kernel that uses but some of its variants, and many actors",
    async (lab) => {
      const actors = Array.from({ length: 12 }, (_, n) => ({ name: `CPU${n}`, kind: "kernel", calls: [] }));
      const kernel = { profile: "6.17", variants: ["lockless-nosync", "mkwrite-hw-dirty"] };
      await lab.open(`v=1&kernel=${encodeURIComponent(JSON.stringify(kernel))}&actors=${encodeURIComponent(JSON.stringify(actors))}`);
      await lab.button("Linux 6.17").click();
      await expect(lab.dialog).toContainText("not used");
    },
  ],
  [
    "the editor with a wrong word among the entries",
    async (lab) => {
      await lab.open("v=1&scenario=fork-race");
      await lab.button("Edit…").click();
      await write(lab.dialog.getByRole("textbox", { name: "One word per entry" }), "0x0\nnothing");
      await expect(lab.dialog.getByRole("status")).toContainText("line 2 should be");
    },
  ],
  [
    "the list of scenarios",
    async (lab) => {
      await lab.open();
      await lab.scenario.click();
      await expect(lab.menu).toBeVisible();
    },
  ],
  [
    "an open list of moves",
    async (lab) => {
      await lab.open(RACE);
      await lab.press("3");
      await expect(lab.menu).toBeVisible();
    },
  ],
  [
    "a story, at what it points at",
    async (lab) => {
      await lab.open("v=1&story=lockless-look&beat=4");
      await expect(lab.story.getByRole("listitem").first()).toContainText("✓");
    },
  ],
  [
    "a question of a story, answered wrongly",
    async (lab) => {
      await lab.open("v=1&story=lockless-look&beat=3");
      await lab.press("PageDown");
      await lab.story.getByRole("button", { name: "Pass over the hole and read on" }).click();
      await expect(lab.story).toContainText("Not so.");
    },
  ],
  [
    "the list of stories",
    async (lab) => {
      await lab.open("v=1&story=lockless-look&beat=3");
      await lab.press("s");
      await expect(lab.dialog.getByRole("button", { name: "Reading without the lock" })).toContainText(/beat \d of 8/);
    },
  ],
  [
    "a challenge, with a hint",
    async (lab) => {
      await lab.open("v=1&challenge=thrown-back&choices=0x3");
      await lab.press("h");
      await expect(lab.referee).toContainText("goes next");
    },
  ],
  [
    "a challenge that has been met",
    async (lab) => {
      await lab.open("v=1&challenge=nothing-there&choices=0x12.1");
      await expect(lab.referee).toContainText("Solved");
    },
  ],
  [
    "the list of challenges",
    async (lab) => {
      await lab.open("v=1&challenge=nothing-there");
      await lab.press("c");
      await expect(lab.dialog.getByRole("button", { name: "In and out" })).toContainText("par 5");
    },
  ],
  [
    "the glossary",
    async (lab) => {
      await lab.open();
      await lab.press("s");
      await lab.dialog.getByRole("button", { name: "Glossary" }).click();
      await expect(lab.dialog).toHaveAccessibleName("Glossary");
    },
  ],
  [
    "a problem with a link",
    async (lab) => {
      await lab.open("v=99");
      await lab.expectAlert("newer version");
    },
  ],
];

const LOOKS = (["light", "dark"] as const).flatMap((colorScheme) => [
  { colorScheme, width: 1280, height: 800 },
  { colorScheme, width: 360, height: 780 }, // the narrowest there is
]);

const wider = (): number => document.documentElement.scrollWidth - document.documentElement.clientWidth;

for (const [name, reach] of FACES) {
  test(`axe finds nothing to say about ${name}, light and dark, wide and narrow, and the window is wide enough`, async ({ lab, page }) => {
    test.slow(); // four readings of the whole page
    await reach(lab);
    for (const { colorScheme, width, height } of LOOKS) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height });
      expect(await axeFaults(page), `${colorScheme}, ${width} wide`).toEqual([]);
      expect(await page.evaluate(wider), `${width} wide`).toBeLessThanOrEqual(0);
    }
  });
}

test("the step is read out politely, the notice at once", { tag: "@everywhere" }, async ({ lab }) => {
  await lab.open();
  await expect(lab.status).toHaveRole("status");
  await expect(lab.alert).toHaveRole("alert");
  await lab.press("1");
  await expect(lab.status).toContainText("CPU0 takes the page-table lock");
});
