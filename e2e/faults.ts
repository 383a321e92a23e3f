/** What is wrong with a page, told by those who can tell: nothing, mostly. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** @param within a selector; the whole page, if none is named */
export async function axeFaults(page: Page, within?: string): Promise<readonly string[]> {
  // In one go: no page here has frames of another origin, for which axe would open a page of its own each time.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("; ")}`);
}

/** Elements in the explorer, and the page itself, that scroll sideways. */
export const scrolledSideways = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll("#explorer, #explorer *")]
      .filter((node) => node.scrollWidth > node.clientWidth && !/hidden|visible|inline/.test(getComputedStyle(node).overflowX))
      .map((node) => node.className || node.tagName),
  );
