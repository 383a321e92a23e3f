/** What every browser test shares: a page that must stay free of errors, and words for what a person does with it. */
import { statSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type BrowserContext, test as base, type ConsoleMessage, expect, type Locator, type Page } from "@playwright/test";

export { expect };

/** The page as a person meets it: everything is found by its role and its name. */
export class Lab {
  readonly page: Page;
  readonly status: Locator;
  readonly alert: Locator;
  readonly slider: Locator;
  readonly scenario: Locator;
  readonly table: Locator;
  readonly dialog: Locator;
  readonly menu: Locator;
  /** What a story says, under the picture. */
  readonly story: Locator;
  /** What a challenge says, in the same place. */
  readonly challenge: Locator;
  /** What is said there of the run. */
  readonly referee: Locator;

  constructor(page: Page) {
    this.page = page;
    this.status = page.getByRole("status", { name: "Last step" });
    this.alert = page.getByRole("alert");
    this.slider = page.getByRole("slider", { name: "Step" });
    this.scenario = page.getByRole("button", { name: /^Scenario: / });
    this.table = page.getByRole("region", { name: "Entries and TLBs" });
    this.dialog = page.getByRole("dialog");
    this.menu = page.getByRole("menu");
    this.story = page.getByRole("region", { name: "Story" });
    this.challenge = page.getByRole("region", { name: "Challenge" });
    this.referee = page.getByRole("status", { name: "Referee" });
  }

  /** @param fields a link without its `#` */
  async open(fields = ""): Promise<void> {
    await this.page.goto(fields === "" ? "./" : `./#${fields}`);
    await expect(this.slider).toBeVisible();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name });
  }

  async choose(scenario: string): Promise<void> {
    await this.scenario.click();
    await this.menu.getByRole("menuitemradio", { name: scenario, exact: true }).click();
    await expect(this.scenario).toHaveText(scenario);
  }

  /** Of the controls: on a phone most are among what "More…" opens. */
  async control(name: string): Promise<void> {
    const more = this.button("More…");
    if (await more.isVisible()) await more.click();
    await this.button(name).click();
  }

  /** @param way of those to take away what is shown */
  async takeAway(way: string | RegExp): Promise<void> {
    await this.button("Take away").click();
    await this.menu.getByRole("menuitem", { name: way }).click();
  }

  entry(index: number): Locator {
    return this.table.getByRole("listitem", { name: new RegExp(`^entry ${index}:`) });
  }

  actor(name: string): Locator {
    return this.page.getByRole("article", { name: `${name},` });
  }

  /** The line of code where an actor stands. */
  codeLine(name: string): Locator {
    return this.actor(name).locator('li[aria-current="location"]');
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Waits until this step of a run of this length is shown. */
  async expectStep(at: number, of: number): Promise<void> {
    await expect(this.slider).toHaveAttribute("aria-valuetext", new RegExp(`^step ${at} of ${of}(,|$)`));
  }

  /** The address, once it names what is shown. */
  async address(): Promise<string> {
    await this.page.evaluate(() => window.contpteLab.idle());
    return this.page.url();
  }

  async expectAlert(text: string | RegExp): Promise<void> {
    await expect(this.alert).toContainText(text);
  }

  async expectNoAlert(): Promise<void> {
    await expect(this.alert).toBeEmpty();
  }

  /** Every entry as those who hear the page are told it. */
  async entries(): Promise<readonly string[]> {
    const told = await this.table.ariaSnapshot();
    return told.split("\n").filter((line) => line.includes("listitem"));
  }

  /** Memory, the last step and the code, as told, and where each actor stands in its code. */
  async whole(): Promise<string> {
    const lines = await this.page.locator('li[aria-current="location"]').allTextContents();
    const parts = [this.table, this.status, this.page.getByRole("region", { name: "Code" })];
    return [...(await Promise.all(parts.map((part) => part.ariaSnapshot()))), ...lines].join("\n");
  }

  /** @param file a path, or a file of this content */
  async openFile(file: string | { readonly name: string; readonly text: string }): Promise<void> {
    const choosing = this.page.waitForEvent("filechooser");
    await this.button("Open…").click();
    const content = typeof file === "string" ? file : { name: file.name, mimeType: "application/json", buffer: Buffer.from(file.text) };
    await (await choosing).setFiles(content);
  }
}

/** Writes over what a field holds as a person does: what Playwright's `fill` puts in by script, React does not see in Firefox. */
export async function write(field: Locator, text: string): Promise<void> {
  await field.press("ControlOrMeta+a");
  if (text === "") await field.press("Delete");
  else await field.pressSequentially(text);
}

/** What is on the clipboard, as a person finds out: by pasting it somewhere. */
export async function pasted(context: BrowserContext): Promise<string> {
  const elsewhere = await context.newPage();
  await elsewhere.setContent("<textarea></textarea>");
  await elsewhere.getByRole("textbox").press("ControlOrMeta+v");
  const text = await elsewhere.getByRole("textbox").inputValue();
  await elsewhere.close();
  return text;
}

/** @returns the file of this name that the browser saves when it is asked to */
export async function saved(page: Page, name: string, ask: () => Promise<void>): Promise<Buffer> {
  const folder = test.info().project.use.launchOptions?.downloadsPath;
  if (folder === undefined) {
    const [download] = await Promise.all([page.waitForEvent("download"), ask()]);
    expect(download.suggestedFilename()).toBe(name);
    return readFile(await download.path());
  }
  // Firefox's driver tells of no download: the file is awaited where it comes to lie.
  const path = join(folder, name);
  await rm(path, { force: true });
  await ask();
  await expect.poll(() => statSync(path, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(0);
  return readFile(path);
}

export interface Errors {
  /** Also watches another page. */
  watch(page: Page): void;
  /** An error that the test causes on purpose. */
  allow(text: string): void;
}

export const test = base.extend<{ lab: Lab; errors: Errors }>({
  errors: [
    async ({ page }, use) => {
      const seen: string[] = [];
      const allowed: string[] = [];
      const watch = (watched: Page): void => {
        watched.on("pageerror", (error) => seen.push(`page error: ${error.message}`));
        watched.on("console", (message: ConsoleMessage) => {
          if (message.type() === "error") seen.push(`console error: ${message.text()}`);
        });
      };
      watch(page);
      await use({ watch, allow: (text) => void allowed.push(text) });
      expect(seen.filter((error) => !allowed.some((text) => error.includes(text)))).toEqual([]);
    },
    { auto: true },
  ],
  lab: async ({ page }, use) => {
    await use(new Lab(page));
  },
});
