/** Scrolls `around` until `inside` can be seen, and only that: scrollIntoView would move the page as well. */
export function keepInSight(inside: Element, around: Element): void {
  const [part, whole] = [inside.getBoundingClientRect(), around.getBoundingClientRect()];
  if (part.bottom > whole.bottom) around.scrollTop += part.bottom - whole.bottom + MARGIN;
  else if (part.top < whole.top) around.scrollTop += part.top - whole.top - MARGIN;
}

/** A line and a half, so that what comes next is seen too. */
const MARGIN = 26;
