/** Takes the pictures of a film: the built page in a browser, told what to show through `window.contpteLab`. */
import { chromium, type Page } from "@playwright/test";
import type { BeatMoment, ToldStory } from "../../src/ui/scripting/api.ts";
import { pinFonts } from "../pinnedFonts.ts";
import { findChromium } from "../setup.mjs";
import { cardPage } from "./card.ts";
import type { Scene } from "./plan.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Camera {
  story(id: string): Promise<ToldStory>;
  /** @returns a PNG of the film's size */
  take(story: ToldStory, scene: Scene): Promise<Buffer>;
  close(): Promise<void>;
}

/** The page is laid out so wide, in CSS pixels, however large the film is. */
const LAYOUT_WIDTH = 1440;

/**
 * Nobody clicks in a film: controls are left out, but for answers, beats and entries, which are buttons too. What a story
 * says has room enough for the longest of it, so that the picture above stays where it is.
 */
const FILMED = `
  header button { display: none }
  header::after { content: "contpte-lab"; color: var(--dim) }
  [aria-label="Story"] fieldset, [aria-label="Story"] select, [aria-label="Story"] button,
  [aria-label="Code"] button[aria-label^="Step "], [aria-label="Code"] a, [aria-labelledby="time-title"] button { visibility: hidden }
  [aria-label="Beats"] button, [aria-label="Story"] [aria-live] button { visibility: visible }
  [aria-label="Story"] { min-height: 192px; box-sizing: border-box }
`;

export async function openCamera(address: string, { width, height }: Size, colorScheme: "light" | "dark"): Promise<Camera> {
  const executablePath = findChromium();
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ["--no-sandbox", "--disable-gpu"] });
  const deviceScaleFactor = width / LAYOUT_WIDTH;
  const viewport = { width: LAYOUT_WIDTH, height: Math.round(height / deviceScaleFactor) };
  // Nothing moves while a picture is taken, whatever the film leaves out.
  const context = await browser.newContext({ viewport, deviceScaleFactor, colorScheme, reducedMotion: "reduce" });
  const [page, cards] = [await context.newPage(), await context.newPage()];
  await Promise.all([pinFonts(page), pinFonts(cards)]);
  await page.addInitScript((looks) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(looks);
    document.adoptedStyleSheets.push(sheet);
  }, FILMED);
  await page.goto(address);
  await page.evaluate(() => window.contpteLab.ready);
  await page.keyboard.press("p"); // as for a projector

  async function takeCard(story: ToldStory, { beat, ...words }: Extract<Scene, { readonly show: "card" }>): Promise<Buffer> {
    await tell(page, story.id, beat, { at: story.beats[beat - 1]?.from ?? 0 });
    const table = await page.getByRole("region", { name: "Entries and TLBs" }).screenshot(STILL);
    await cards.setContent(cardPage(words, table));
    await cards.evaluate(() => document.fonts.ready);
    return cards.screenshot(STILL);
  }

  return {
    story: (id) => page.evaluate((named) => window.contpteLab.story(named), id),
    async take(story, scene) {
      if (scene.show === "card") return takeCard(story, scene);
      await tell(page, story.id, scene.beat, scene.moment);
      return page.screenshot(STILL);
    },
    close: () => browser.close(),
  };
}

const STILL = { animations: "disabled", caret: "hide" } as const;

const tell = (page: Page, story: string, beat: number, moment: BeatMoment | undefined): Promise<unknown> =>
  page.evaluate(([...what]) => window.contpteLab.tell(...what), [story, beat, moment] as const);
