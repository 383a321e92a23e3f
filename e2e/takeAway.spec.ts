import type { Page } from "@playwright/test";
import { expect, pasted, saved, test } from "./fixtures.ts";

const RACE = "v=1&scenario=unfold-race-dirty&choices=2.1x4.2.0x6.1";
const NAME = "the-same-and-hardware-dirties-a-page-step-11";

test("the diagram can be read, switched to all accesses and copied, by keyboard alone", { tag: "@everywhere" }, async ({
  lab,
  page,
  context,
}) => {
  await lab.open(RACE);
  await lab.expectStep(13, 13);
  await lab.press("Control+k");
  await expect(lab.dialog).toHaveAccessibleName("Find a command");
  await page.keyboard.type("diagram mail");
  await lab.press("Enter");
  await expect(lab.dialog).toHaveAccessibleName("Diagram for a mail");
  const text = lab.dialog.getByRole("textbox", { name: "Diagram" });
  await expect(text).toHaveValue(/inconsistent: starts/);
  const few = await text.inputValue();
  for (const line of few.split("\n")) expect(line.length).toBeLessThanOrEqual(75);
  expect(few).not.toContain("read [9]");
  await lab.dialog.getByRole("checkbox", { name: "All accesses" }).press(" ");
  await expect(text).toHaveValue(/read \[9\]/);
  await lab.dialog.getByRole("button", { name: "Copy" }).press("Enter");
  await expect(lab.dialog.getByRole("status")).toHaveText("Copied.");
  expect(await pasted(context)).toBe(await text.inputValue());
  await lab.press("Escape");
  await expect(lab.dialog).toBeHidden();
  await lab.press("ArrowLeft");
  await lab.expectStep(12, 13);
});

/** What a file says about itself when a browser draws it. */
async function drawn(page: Page, svg: string): Promise<{ readonly width: number; readonly wide: readonly string[] }> {
  const other = await page.context().newPage();
  await other.setContent(`<body style="margin: 0">${svg}</body>`);
  const told = await other.evaluate(() => {
    const svgElement = document.querySelector("svg") as SVGSVGElement;
    const edge = svgElement.getBoundingClientRect();
    const outside = [...svgElement.querySelectorAll("text")].filter((node) => {
      const box = node.getBoundingClientRect();
      return box.left < edge.left || box.right > edge.right || box.bottom > edge.bottom;
    });
    return { width: edge.width, wide: outside.map((node) => node.textContent ?? "") };
  });
  await other.close();
  return told;
}

for (const colorScheme of ["light", "dark"] as const) {
  const tag = colorScheme === "light" ? "@everywhere" : [];
  test(`the picture is one whole file, ${colorScheme} as the page is`, { tag }, async ({ lab, page }) => {
    await page.emulateMedia({ colorScheme });
    await lab.open(`${RACE}&at=11`);
    const svg = (await saved(page, `${NAME}.svg`, () => lab.takeAway(/SVG/))).toString("utf8");
    expect(svg).toContain("CPU0 takes 0x78000001002bc3 out of entry 2 and leaves none.");
    expect(svg).toContain("stale for 0–2");
    expect(svg).toContain("Linux 6.12 · step 11 of 13");
    expect(svg).not.toMatch(/undefined|NaN|var\(|href|url\(/);
    const background = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--bg").trim());
    expect(svg).toContain(`fill="${background}"`);
    expect(await drawn(page, svg)).toEqual({ width: 1200, wide: [] });

    const png = await saved(page, `${NAME}.png`, () => lab.takeAway(/PNG/));
    expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
    expect(png.readUInt32BE(16)).toBe(2400);
  });
}

test("the picture holds entries of every kind and long tables, and text from a scenario stays text", async ({ lab, page }) => {
  await lab.open("v=1&scenario=fork-race&title=%3Cb%3E%22a%22%26b%3C%2Fb%3E");
  const svg = (await saved(page, "b-a-b-b-step-0.svg", () => lab.takeAway(/SVG/))).toString("utf8");
  expect(svg).toContain("&lt;b&gt;&quot;a&quot;&amp;b&lt;/b&gt;");
  expect(svg).toContain(">swap<");
  expect((await drawn(page, svg)).wide).toEqual([]);
});
