/** Pressing and dragging along an element, by mouse, pen or finger. */
import type { PointerEvent } from "react";

/** The place of a pointer in an element, in the element's own pixels: a presentation is scaled. */
export function ownX(node: HTMLElement, clientX: number): number {
  const { left, width } = node.getBoundingClientRect();
  return (clientX - left) * (node.offsetWidth / width || 1);
}

type Pressed = PointerEvent<HTMLElement>;

export interface Drag {
  readonly begin?: (x: number) => void;
  readonly move: (x: number) => void;
  readonly end?: () => void;
}

export function dragging({ begin, move, end }: Drag) {
  const tell = (event: Pressed, to: (x: number) => void): void => to(ownX(event.currentTarget, event.clientX));
  const isHeld = ({ currentTarget, pointerId }: Pressed): boolean => currentTarget.hasPointerCapture(pointerId);
  return {
    onPointerDown(event: Pressed) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      if (begin) tell(event, begin);
      tell(event, move);
    },
    onPointerMove(event: Pressed) {
      if (isHeld(event)) tell(event, move);
    },
    onLostPointerCapture() {
      end?.();
    },
  };
}
