import { expect, type Lab, test } from "./fixtures.ts";
import { layoutFaults } from "./geometry.ts";

const SIZES = [
  { width: 390, height: 844 },
  { width: 900, height: 700 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 2560, height: 1440 },
] as const;

const SCREENS: readonly (readonly [name: string, reach: (lab: Lab) => Promise<void>])[] = [
  ["the start", (lab) => lab.open()],
  [
    "a run, hardware and all",
    async (lab) => {
      await lab.open("v=1&scenario=unfold-race-dirty");
      await lab.press("End");
      await expect(lab.slider).not.toHaveAttribute("aria-valuetext", /^step 0/);
    },
  ],
  [
    "blocks of 128 entries",
    async (lab) => {
      await lab.open("v=1&machine.granule=16K");
      await lab.press("1", "1", "1");
      await lab.expectStep(3, 3);
    },
  ],
  [
    "entries of every kind",
    async (lab) => {
      await lab.open("v=1&scenario=fork-race");
      await lab.press("1", "3");
    },
  ],
  [
    "a verdict",
    async (lab) => {
      await lab.open();
      await lab.press("e");
      await lab.button(/Explore every interleaving/).click();
      await expect(lab.page.getByRole("region", { name: "Verdict" })).toContainText("Holds", { timeout: 30_000 });
    },
  ],
  [
    "what the run is to stop at",
    async (lab) => {
      await lab.open();
      await lab.control("Run until…");
      await expect(lab.page.getByRole("dialog", { name: "Run until" }).getByRole("button", { name: "Add" })).toBeInViewport({ ratio: 1 });
    },
  ],
  [
    "the timeline's legend",
    async (lab) => {
      await lab.open();
      await lab.button("Legend").click();
      await expect(lab.dialog).toContainText("What comes of it");
    },
  ],
  [
    "the editor",
    async (lab) => {
      await lab.open();
      await lab.button("Edit…").click();
      await expect(lab.dialog).toHaveAccessibleName("Edit the scenario");
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
    "a story",
    async (lab) => {
      await lab.open("v=1&story=lockless-look&beat=8");
      await expect(lab.story.getByRole("listitem").first()).toContainText("✓");
    },
  ],
  [
    "a question of a story, answered",
    async (lab) => {
      await lab.open("v=1&story=lockless-look&beat=3");
      await lab.press("PageDown", "PageDown");
      await expect(lab.story).toContainText("The answer:");
    },
  ],
  [
    "the list of stories",
    async (lab) => {
      await lab.open();
      await lab.press("s");
      await expect(lab.dialog).toContainText("Basics");
    },
  ],
  [
    "a challenge that cannot be met any more",
    async (lab) => {
      await lab.open("v=1&challenge=nothing-there&choices=1x18.0");
      await lab.press("h");
      await expect(lab.referee).toContainText("cannot be reached");
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
      await lab.open();
      await lab.press("c");
      await expect(lab.dialog).toContainText("Easy");
    },
  ],
  [
    "a presentation",
    async (lab) => {
      await lab.open();
      await lab.press("1", "2", "p");
      await expect(lab.button(/^Leave/)).toBeVisible();
    },
  ],
];

for (const [name, reach] of SCREENS) {
  test(`nothing is cut, lies on something or scrolls sideways at ${name}`, async ({ lab, page }) => {
    await page.setViewportSize(SIZES[0]);
    await reach(lab);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      // Until what was resized has come to rest.
      await expect.poll(() => page.evaluate(layoutFaults), `at ${size.width} by ${size.height}`).toEqual([]);
    }
  });
}
