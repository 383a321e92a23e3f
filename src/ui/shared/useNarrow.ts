import { type RefObject, useLayoutEffect, useState } from "react";

/** Whether an element is at most so wide, whatever the window is. */
export function useNarrow(element: RefObject<HTMLElement | null>, width: number): boolean {
  const [isNarrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    const node = element.current;
    if (node === null) return;
    const measure = (): void => setNarrow(node.clientWidth <= width);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, [element, width]);
  return isNarrow;
}
