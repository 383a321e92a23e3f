/**
 * Scrolls `around` until `inside` can be seen, and only that: scrollIntoView would move the page as well. Does so in the
 * next frame: places read right after a change cost a layout before the frame, which the change might then miss.
 *
 * @returns a function that calls it off
 */
export function keepInSight(inside: Element, around: Element): () => void {
  const frame = requestAnimationFrame(() => {
    const [part, whole] = [inside.getBoundingClientRect(), around.getBoundingClientRect()];
    if (part.bottom > whole.bottom) around.scrollTop += part.bottom - whole.bottom + MARGIN;
    else if (part.top < whole.top) around.scrollTop += part.top - whole.top - MARGIN;
  });
  return () => cancelAnimationFrame(frame);
}

/** A line and a half, so that what comes next is seen too. */
const MARGIN = 26;
