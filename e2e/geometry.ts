/**
 * Runs in the page.
 * @returns what a person would see is wrong with the layout, a sentence each: what is cut off, what lies on what, what
 *   scrolls sideways. Code may scroll sideways in its own panel; a name cut with an ellipsis is told whole by its tip.
 */
export function layoutFaults(): string[] {
  interface Box {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  }
  const faults: string[] = [];
  const SLACK = 1.5; // of a pixel: letters and lines are placed between pixels
  const named = (element: Element): string =>
    `<${element.localName}${element.id && `#${element.id}`}> "${(element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40)}"`;
  const isHidden = (element: Element): boolean =>
    element.closest(".visually-hidden, [hidden]") !== null || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const scrolls = (value: string): boolean => value === "auto" || value === "scroll";
  const meet = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const isEmpty = ({ left, top, right, bottom }: Box): boolean => right - left <= SLACK || bottom - top <= SLACK;

  /** What scrolling leaves of a box to be seen, and whether something that cannot be scrolled cuts it. */
  function seen(box: Box, element: Element): { readonly box: Box; readonly cutBy?: Element } {
    let left = box;
    for (let around: Element | null = element; around !== null && around !== document.documentElement; around = around.parentElement) {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(around);
      if (overflowX === "visible" && overflowY === "visible") continue;
      const edge = around.getBoundingClientRect();
      const beyondX = left.right > edge.right + SLACK || left.left < edge.left - SLACK;
      const beyondY = left.bottom > edge.bottom + SLACK || left.top < edge.top - SLACK;
      const cutX = beyondX && !scrolls(overflowX) && textOverflow !== "ellipsis";
      const cutY = beyondY && !scrolls(overflowY);
      // The timeline is drawn along: a step at its edge may be half in sight.
      if ((cutX || cutY) && around.closest("[aria-labelledby=time-title]") === null) return { box: left, cutBy: around };
      left = meet(left, edge);
    }
    return { box: left };
  }

  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) faults.push("the page scrolls sideways");
  for (const element of document.querySelectorAll("body *")) {
    if (!(element instanceof HTMLElement) || isHidden(element)) continue;
    const { overflowX, textOverflow } = getComputedStyle(element);
    const beyond = element.scrollWidth - element.clientWidth > SLACK && element.clientWidth > 0;
    if (beyond && scrolls(overflowX) && element.closest("[data-scrolls-sideways], textarea, input") === null)
      faults.push(`${named(element)} scrolls sideways by ${element.scrollWidth - element.clientWidth}`);
    if (beyond && textOverflow === "ellipsis" && overflowX === "hidden" && element.closest("[data-tip]") === null)
      faults.push(`${named(element)} is cut and nothing tells it whole`);
  }

  const texts: { readonly element: Element; readonly box: Box }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element === null || (node.textContent ?? "").trim() === "" || isHidden(element)) continue;
    if (element.closest("option, script, style, noscript") !== null) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const { box, cutBy } = seen(rect, element);
      if (cutBy !== undefined) faults.push(`${named(element)} is cut off by ${named(cutBy)}`);
      else if (!isEmpty(box)) texts.push({ element, box });
    }
  }
  /** Letters are lower than the line that they stand in. */
  const ink = ({ left, top, right, bottom }: Box): Box => ({
    left,
    top: top + (bottom - top) / 5,
    right,
    bottom: bottom - (bottom - top) / 5,
  });
  /** What stays in sight while the rest scrolls, or was opened, lies over the page on purpose. */
  function layer(element: Element): Element | null {
    for (let around: Element | null = element; around !== null; around = around.parentElement) {
      if (["sticky", "fixed"].includes(getComputedStyle(around).position) && covers(around)) return around;
      if (around.matches("[role=dialog], [role=menu], [popover]")) return around;
    }
    return null;
  }
  /** Nothing shines through it. */
  const covers = (element: Element): boolean => !/^(transparent|rgba\(.*, 0\))$/.test(getComputedStyle(element).backgroundColor);
  const inks = texts.map(({ element, box }) => ({ element, box: ink(box), layer: layer(element) }));
  for (const [n, one] of inks.entries()) {
    for (const other of inks.slice(n + 1)) {
      if (isEmpty(meet(one.box, other.box)) || one.element === other.element || one.layer !== other.layer) continue;
      faults.push(`${named(one.element)} lies on ${named(other.element)}`);
    }
  }
  return [...new Set(faults)];
}
