/** Draws the one tip there is at a time; see tips.ts. */
import { computePosition, flip, offset, shift } from "@floating-ui/dom";
import styles from "./tip.module.css";

const tip = document.createElement("div");
tip.id = "tip";
tip.role = "tooltip";
tip.className = styles["tip"] ?? "";
tip.popover = "manual";
document.body.append(tip);

/** What the tip describes to those who hear the page. */
let described: Element | undefined;

/** The text may change while it is shown: the run goes on under a pointer that rests. */
const changes = new MutationObserver((records) => {
  for (const { target } of records) if (target instanceof HTMLElement) void draw(target);
});

/** @param focused the element that has the focus, if it is by the focus that the tip is shown */
export function showTip(on: Element, focused?: Element): void {
  hideTip();
  changes.observe(on, { attributes: true, attributeFilter: ["data-tip"] });
  if (focused === on) {
    described = on;
    on.setAttribute("aria-describedby", tip.id);
  }
  tip.showPopover();
  void draw(on);
}

export function hideTip(): void {
  changes.disconnect();
  described?.removeAttribute("aria-describedby");
  described = undefined;
  tip.hidePopover();
}

async function draw(on: Element): Promise<void> {
  tip.textContent = on.getAttribute("data-tip");
  const { x, y } = await computePosition(on, tip, {
    placement: "top",
    strategy: "fixed",
    middleware: [offset(6), flip(), shift({ padding: 8 })],
  });
  Object.assign(tip.style, { left: `${x}px`, top: `${y}px` });
}
