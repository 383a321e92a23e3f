/**
 * Scrolls `around` until `inside` can be seen, and only that: scrollIntoView would move the page as well. Does so once
 * the next frame has been laid out, and again whenever `around` has changed its size, as when a story begins below it.
 * Of several wishes for the same `around` the last one counts.
 *
 * @returns a function that calls it off
 */
export function keepInSight(inside: Element, around: Element): () => void {
  wishes.set(around, inside);
  observer.unobserve(around); // what is observed anew is reported anew, though its size is the same
  observer.observe(around);
  return () => {
    if (wishes.get(around) !== inside) return;
    wishes.delete(around);
    observer.unobserve(around);
  };
}

/** What is to be seen, by what it is to be seen in. */
const wishes = new Map<Element, Element>();

/** Reports between layout and paint, so that to read places costs no layout; all are read before the first is moved. */
const observer = new ResizeObserver((entries) => {
  const moves = entries.map(({ target }) => ({ target, by: distance(wishes.get(target), target) }));
  for (const { target, by } of moves) if (by !== 0) target.scrollTop += by;
});

function distance(inside: Element | undefined, around: Element): number {
  if (inside === undefined) return 0;
  const [part, whole] = [inside.getBoundingClientRect(), around.getBoundingClientRect()];
  if (part.bottom > whole.bottom) return part.bottom - whole.bottom + MARGIN;
  return part.top < whole.top ? part.top - whole.top - MARGIN : 0;
}

/** A line and a half, so that what comes next is seen too. */
const MARGIN = 26;
