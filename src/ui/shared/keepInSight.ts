/**
 * Scrolls `around` until `inside` can be seen, and only that: scrollIntoView would move the page as well. Does so in the
 * next frame: places read right after a change cost a layout before the frame, which the change might then miss. All
 * that are asked for are read before the first is moved, or each would cost a layout of its own.
 *
 * @returns a function that calls it off
 */
export function keepInSight(inside: Element, around: Element): () => void {
  const wish: Wish = { inside, around };
  if (wishes.size === 0) requestAnimationFrame(fulfil);
  wishes.add(wish);
  return () => void wishes.delete(wish);
}

interface Wish {
  readonly inside: Element;
  readonly around: Element;
}

const wishes = new Set<Wish>();

function fulfil(): void {
  const moves = [...wishes].map(({ inside, around }) => ({ around, by: distance(inside, around) }));
  wishes.clear();
  for (const { around, by } of moves) if (by !== 0) around.scrollTop += by;
}

function distance(inside: Element, around: Element): number {
  const [part, whole] = [inside.getBoundingClientRect(), around.getBoundingClientRect()];
  if (part.bottom > whole.bottom) return part.bottom - whole.bottom + MARGIN;
  return part.top < whole.top ? part.top - whole.top - MARGIN : 0;
}

/** A line and a half, so that what comes next is seen too. */
const MARGIN = 26;
