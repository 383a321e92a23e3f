import { open } from "node:fs/promises";
import { expect, saved, test } from "./fixtures.ts";

test("a saved scenario opens again at the same step", { tag: "@everywhere" }, async ({ lab, page }) => {
  await lab.open("v=1&actors.0.calls.1.index=7&choices=1x4.0x6.1&at=9");
  await lab.expectStep(9, 11);
  const before = await lab.whole();
  const name = "an-unfold-under-a-lockless-reader.json";
  const text = (await saved(page, name, () => lab.takeAway(/JSON/))).toString("utf8");
  const document: unknown = JSON.parse(text);
  expect(document).toMatchObject({ version: 1, title: "An unfold under a lockless reader", choices: [1, 1, 1, 1, 0, 0, 0, 0, 0] });

  await lab.choose("A batch, and a fold by the last entry");
  await lab.expectStep(0, 0);
  await lab.openFile({ name, text });
  await lab.expectStep(9, 9);
  expect(await lab.whole()).toBe(before);
  await lab.press("ArrowLeft");
  await lab.expectStep(8, 9);
});

const REFUSED: readonly (readonly [name: string, text: string, sentence: string | RegExp])[] = [
  ["that is not JSON", "not json", /^.?wrong\.json was not opened: .*JSON/],
  ["that is empty", "", /^.?wrong\.json was not opened: .*JSON/],
  ["that holds no scenario", '{"hello": "world"}', "wrong.json was not opened: "],
  ["that holds a list", "[1, 2, 3]", "wrong.json was not opened: version should be"],
  ["of a later version", '{"version": 2, "machine": {}, "actors": []}', "wrong.json was not opened: version should be 1"],
];

test("every kind of wrong file is refused in one sentence, and what was open stays", async ({ lab, page }) => {
  await lab.open("v=1&choices=1x4.0x6");
  await lab.expectStep(10, 10);
  const [before, address] = [await lab.whole(), await lab.address()];
  for (const [name, text, sentence] of REFUSED) {
    await test.step(name, async () => {
      await lab.openFile({ name: "wrong.json", text });
      await lab.expectAlert(sentence);
      expect(await lab.whole()).toBe(before);
      expect(page.url()).toBe(address);
      await lab.alert.getByRole("button", { name: "Close" }).click();
      await lab.expectNoAlert();
    });
  }
  await lab.press("ArrowLeft");
  await lab.expectStep(9, 10);
});

test("a file of 50 MB is refused without being read", async ({ lab }, testInfo) => {
  await lab.open("v=1&choices=1x4.0x6");
  await lab.expectStep(10, 10);
  const path = testInfo.outputPath("large.json");
  const file = await open(path, "w");
  await file.truncate(50 * 1024 * 1024);
  await file.close();
  await lab.openFile(path);
  await lab.expectAlert(/large\.json was not opened: it holds 50\.0 MiB, a scenario at most \d/);
  await lab.expectStep(10, 10);
});
