import { expect, test } from "./fixtures.ts";

test("when the engine dies, the page says so, keeps the run and goes on", async ({ lab, page, errors }) => {
  errors.allow("boom");
  await lab.open("v=1&actors.0.calls.1.index=7");
  await lab.press(..."2222", ..."1111", "ArrowLeft");
  await lab.expectStep(7, 8);
  const [before, address] = [await lab.whole(), await lab.address()];

  const [worker] = page.workers();
  if (worker === undefined) throw new Error("the page has no worker");
  const closed = worker.waitForEvent("close");
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error("boom");
    }, 0);
  });
  await closed;
  await lab.expectAlert(/The engine stopped \(.*boom\) and was started again\. The run was replayed from its choices; nothing is lost\./);
  await lab.expectStep(7, 8);
  expect(await lab.whole()).toBe(before);
  expect(page.url()).toBe(address);

  await lab.press("ArrowRight", "1", "2");
  await lab.expectStep(10, 10);
  await expect(lab.status).toContainText("starts again");
  await lab.expectNoAlert();
  await lab.button("Run to the end").click();
  await expect(lab.button("Step CPU1")).toHaveText("finished");
});
