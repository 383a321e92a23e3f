/** Pressing and dragging along an element, by mouse, pen or finger. */
import { type PointerEvent, useRef } from "react";
import { ownX } from "./ownX.ts";

type Pressed = PointerEvent<HTMLElement>;

export interface Drag {
  readonly begin?: (x: number) => void;
  readonly move: (x: number) => void;
  readonly end?: () => void;
}

export function useDrag({ begin, move, end }: Drag) {
  /** While it is held, an element stays where it is: asking for its place in each frame would do the layout twice. */
  const held = useRef<{ readonly place: (clientX: number) => number }>(undefined);
  return {
    onPointerDown({ button, currentTarget, pointerId, clientX }: Pressed) {
      if (button !== 0) return;
      currentTarget.setPointerCapture(pointerId);
      held.current = { place: ownX(currentTarget) };
      begin?.(held.current.place(clientX));
      move(held.current.place(clientX));
    },
    onPointerMove({ clientX }: Pressed) {
      if (held.current) move(held.current.place(clientX));
    },
    onLostPointerCapture() {
      held.current = undefined;
      end?.();
    },
  };
}
