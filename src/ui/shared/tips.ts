/**
 * Tips: `data-tip` on an element is a sentence about it, shown beside it when the pointer comes to rest there or the
 * focus comes there by key, until either leaves, a key is pressed or something scrolls. What it says must be
 * found without it too: on a screen that is touched, tips are not shown.
 */

/** Before a tip is shown, so that none flashes up on the way across. */
const REST_MS = 350;

/** What has been opened lies where a tip would, and tells more. */
const TELLING = "[data-tip]:not([aria-expanded=true])";

const loaded = () => import("./tip.ts");

/** Listens in the whole page, once. */
export function showTips(): void {
  let told: Element | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function hide(): void {
    clearTimeout(timer);
    if (told === undefined) return;
    told = undefined;
    void loaded().then(({ hideTip }) => told ?? hideTip());
  }

  function tell(on: Element | null, focused?: Element): void {
    hide();
    if (on === null) return;
    told = on;
    const show = async (): Promise<void> => {
      const { showTip } = await loaded();
      if (told === on) showTip(on, focused);
    };
    timer = setTimeout(show, focused === undefined ? REST_MS : 0);
  }

  const about = ({ target }: Event): Element | null => (target instanceof Element ? target.closest(TELLING) : null);
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch" && about(event) !== (told ?? null)) tell(about(event));
  });
  document.addEventListener("focusin", (event) => {
    if (event.target instanceof Element && event.target.matches(":focus-visible")) tell(about(event), event.target);
  });
  for (const over of ["focusout", "keydown", "pointerdown", "scroll"])
    document.addEventListener(over, hide, { capture: true, passive: true });
  document.documentElement.addEventListener("pointerleave", hide);
}
