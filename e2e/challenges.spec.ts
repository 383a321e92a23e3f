import { CHALLENGES } from "../src/stories/challenges/index.ts";
import { expect, type Lab, pasted, test } from "./fixtures.ts";

const challengeOf = (id: string) => {
  const challenge = CHALLENGES.find((one) => one.id === id);
  if (challenge === undefined) throw new Error(`there is no challenge ${id}`);
  return challenge;
};

const [first, second] = CHALLENGES;
const retries = challengeOf("three-retries");

/** Of those that the list shows. */
const chosen = (lab: Lab, { title }: { readonly title: string }) => lab.dialog.getByRole("button", { name: title });

const score = (lab: Lab) => lab.challenge.getByRole("list", { name: "Score" });

test.describe("a challenge", () => {
  test("is chosen from the list, met by mouse and kept as met", { tag: "@everywhere" }, async ({ lab, page }) => {
    await lab.open();
    await lab.button("Stories").click();
    await lab.dialog.getByRole("button", { name: "Challenges" }).click();
    await expect(chosen(lab, retries)).toContainText("par 1");
    await chosen(lab, retries).click();
    await expect(lab.dialog).toBeHidden();
    await expect(lab.challenge).toContainText(retries.task);
    await expect(score(lab).getByRole("listitem")).toHaveText(["0 switches so far", "par 1"]);
    for (let n = 0; n < 3; n++) await lab.button("Step CPU0").click();
    for (let n = 0; n < 6; n++) await lab.button("Step CPU1").click();
    await lab.expectStep(9, 9);
    await expect(lab.referee).toBeEmpty();
    await lab.button("Step CPU1").click();
    await expect(lab.referee).toContainText("✓ Solved at step 10 with 1 switch: at par.");
    await expect(lab.referee).toContainText(retries.teaches.replaceAll("`", ""));
    await expect(score(lab)).toContainText("your best 1");
    await page.reload();
    await expect(lab.challenge).toBeVisible();
    await lab.press("c");
    await expect(chosen(lab, retries)).toContainText("✓ 1 switch, at par");
    await expect(lab.dialog).toContainText("Easy 1 of 3 solved");
  });

  test("is met with the keyboard alone, and leads on to the next", { tag: "@everywhere" }, async ({ lab }) => {
    await lab.open();
    await lab.press("c");
    await expect(chosen(lab, first)).toBeFocused();
    await lab.press("Enter");
    await expect(lab.challenge).toContainText(first.task);
    // One switch more than it takes.
    await lab.press("1", "1", "1", "2", "1");
    await expect(lab.referee).toBeEmpty();
    await lab.press("ArrowLeft", "ArrowLeft");
    await lab.expectStep(3, 5);
    await expect(lab.challenge).toContainText("0 switches so far");
    for (let n = 3; n < 15; n++) await lab.press("1");
    await lab.press("2");
    await expect(lab.referee).toContainText("✓ Solved at step 16 with 1 switch: at par.");
    await lab.press("Control+k");
    await expect(lab.dialog).toBeVisible();
    await lab.page.keyboard.type("next challenge");
    await lab.press("Enter");
    await expect(lab.challenge).toContainText(second?.title ?? "");
    await expect(lab.challenge).toContainText("0 switches so far");
    await lab.press("Control+z");
    await expect(lab.referee).toContainText("✓ Solved at step 16");
  });

  test("counts as met where it was met first, with as many switches as that took", async ({ lab }) => {
    await lab.open(`v=1&challenge=${retries.id}&choices=1x2`);
    for (let n = 0; n < 3; n++) await lab.press("1");
    for (let n = 0; n < 7; n++) await lab.press("2");
    await expect(lab.referee).toContainText(/✓ Solved at step \d+ with 2 switches: par is 1\./);
    await lab.press("1", "2");
    await expect(lab.referee).toContainText("with 2 switches");
    await lab.press("Home");
    await expect(lab.referee).toBeEmpty();
    await lab.press("End");
    await expect(lab.referee).toContainText("with 2 switches");
    await lab.challenge.getByRole("button", { name: "Start again" }).click();
    await lab.expectStep(0, 0);
    await expect(lab.referee).toBeEmpty();
    await expect(lab.challenge).toContainText("your best 2");
  });

  test("is met at par by who follows every hint", { tag: "@everywhere" }, async ({ lab }) => {
    const { id, par } = challengeOf("given-up");
    await lab.open(`v=1&challenge=${id}`);
    for (let turn = 0; turn <= par; turn++) {
      await lab.press("h");
      await expect(lab.referee).toContainText("goes next");
      const [, actor, steps, to] = /(\w+) goes next: (\d+) steps?, up to step (\d+)/.exec((await lab.referee.textContent()) ?? "") ?? [];
      // Each hint begins with a switch to whom it names, but for the first.
      const left = turn === 0 ? par : par + 1 - turn;
      await expect(lab.referee).toContainText(`From here it takes ${left === 1 ? "1 switch." : `${left} switches.`}`);
      for (let n = 0; n < Number(steps); n++) await lab.press(actor === "CPU0" ? "1" : "2");
      await lab.expectStep(Number(to), Number(to));
    }
    await expect(lab.referee).toContainText(`with ${par} switches: at par`);
  });

  test("says from which step on it cannot be met any more, and leads back", { tag: "@everywhere" }, async ({ lab }) => {
    await lab.open("v=1&challenge=nothing-there&choices=1x18.0x3");
    await lab.challenge.getByRole("button", { name: "Hint" }).click();
    await expect(lab.referee).toHaveText("Hint: since step 18 it cannot be reached any more: go back to step 17.");
    await lab.press("1");
    await expect(lab.referee).toContainText("since step 18");
    await lab.challenge.getByRole("button", { name: "Back to step 17" }).click();
    await lab.expectStep(17, 22);
    await expect(lab.referee).toBeEmpty();
    await lab.press("h");
    await expect(lab.referee).toContainText("goes next");
  });

  test("is left with its run, which is then a run like any other", { tag: "@everywhere" }, async ({ lab, page }) => {
    await lab.open(`v=1&challenge=${retries.id}&choices=0x3`);
    await lab.challenge.getByRole("button", { name: "Leave the challenge" }).click();
    await expect(lab.challenge).toBeHidden();
    await expect(page).toHaveURL(/#v=1&scenario=challenge\.three-retries&choices=0x3$/);
    await page.reload();
    await lab.expectStep(3, 3);
    await expect(lab.challenge).toBeHidden();
  });
});

test.describe("a link to a solution", () => {
  test("is judged where it is opened, and is nobody's best", { tag: "@everywhere" }, async ({ lab, page, context }) => {
    await lab.open("v=1&challenge=nothing-there&choices=0x11");
    await lab.press("1", "2");
    await expect(lab.referee).toContainText("Solved at step 13");
    await lab.challenge.getByRole("button", { name: "Copy link" }).click();
    await lab.expectAlert("clipboard");
    const link = await pasted(context);
    expect(link).toContain("#v=1&challenge=nothing-there&choices=0x12.1");
    await page.evaluate(() => localStorage.clear());
    await page.goto("about:blank");
    await page.goto(link);
    await expect(lab.referee).toContainText("✓ Solved at step 13 with 1 switch: at par.");
    await expect(score(lab)).not.toContainText("your best");
    await lab.press("ArrowLeft");
    await expect(lab.referee).toBeEmpty();
  });

  test("that solves nothing says nothing of the kind", async ({ lab }) => {
    await lab.open("v=1&challenge=nothing-there&choices=0x5.1");
    await lab.expectStep(6, 6);
    await expect(lab.challenge).toContainText("1 switch so far");
    await expect(lab.referee).toBeEmpty();
  });

  for (const [fields, sentence] of [
    ["v=1&challenge=nothing", 'there is no challenge "nothing"'],
    [`v=1&challenge=${first.id}&choices=0x3&at=9`, "should be a step from 0 to 3"],
    [`v=1&challenge=${first.id}&story=map-a-folio`, "has no field challenge"],
  ] as const) {
    test(`that cannot be opened says why: ${fields}`, async ({ lab }) => {
      await lab.open(fields);
      await lab.expectAlert(sentence);
      await expect(lab.scenario).toHaveText("An unfold under a lockless reader");
      await expect(lab.challenge).toBeHidden();
    });
  }

  test("with a run that is none is followed as far as it goes", async ({ lab }) => {
    await lab.open(`v=1&challenge=${first.id}&choices=0x3.1x2.0`);
    await lab.expectAlert("This run diverged at step 5");
    await lab.expectStep(4, 4);
    await expect(lab.challenge).toContainText(first.title);
  });
});

for (const challenge of CHALLENGES) {
  test(`"${challenge.title}" can be posed, and has a hint`, async ({ lab }) => {
    await lab.open(`v=1&challenge=${challenge.id}`);
    await expect(lab.challenge).toContainText(challenge.task.replaceAll("`", ""));
    await lab.press("h");
    await expect(lab.referee).toContainText(`From here it takes ${challenge.par === 1 ? "1 switch." : `${challenge.par} switches.`}`);
    await lab.expectNoAlert();
  });
}
