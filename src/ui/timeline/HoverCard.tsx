import { type RefObject, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import type { Future, StepView } from "../../engine/protocol.ts";
import { stepsPerBar } from "./digest.ts";
import { FUTURE } from "./futures.ts";
import styles from "./HoverCard.module.css";
import { notesOf } from "./looks.ts";
import { ownX } from "./ownX.ts";
import { sentences } from "./sentences.ts";
import { type Strip, stepUnder } from "./strip.ts";

interface Props {
  readonly track: RefObject<HTMLElement | null>;
  readonly strip: Strip;
  readonly steps: readonly StepView[];
  readonly futures: readonly Future[] | undefined;
}

/** Of the screen: the card is no part of what a presentation scales. */
interface Place {
  readonly x: number;
  readonly top: number;
  /** Across the timeline itself. */
  readonly own: number;
}

/** The sentences of the step under the mouse. Who does not hover goes to the step and reads them there. */
export function HoverCard({ track, strip, steps, futures }: Props) {
  const [place, setPlace] = useState<Place>();
  useEffect(() => {
    const node = track.current;
    if (node === null) return;
    const leave = (): void => setPlace(undefined);
    const move = ({ clientX, pointerType, buttons }: PointerEvent): void => {
      const isTold = pointerType !== "touch" && buttons === 0;
      setPlace(isTold ? { x: clientX, own: ownX(node)(clientX), top: node.getBoundingClientRect().top } : undefined);
    };
    const gone = new AbortController();
    const { signal } = gone;
    node.addEventListener("pointermove", move, { signal });
    for (const end of ["pointerleave", "pointerdown", "wheel"]) node.addEventListener(end, leave, { signal, passive: true });
    return () => gone.abort();
  }, [track]);

  const step = place && tellingStep(steps, stepUnder(strip, place.own), stepsPerBar(strip.px));
  if (place === undefined || step === undefined) return null;
  const { text, number, of } = step;
  const future = futures?.[number];
  return createPortal(
    <div
      className={styles.card}
      aria-hidden="true"
      style={{
        bottom: `calc(100dvh - ${place.top}px + 4px)`,
        left: place.x,
        transform: `translateX(${-100 * Math.min(1, Math.max(0, place.x / innerWidth))}%)`,
      }}
    >
      <b>{of === 1 ? `Step ${number}` : `Step ${number}, of ${of} here`}</b> {text}.{future && ` Future: ${FUTURE[future].word}.`}
    </div>,
    document.body,
  );
}

/** Where several steps share a bar: the one of which most came. */
function tellingStep(steps: readonly StepView[], under: number, perBar: number) {
  const first = Math.floor(under / perBar) * perBar;
  const shared = steps.slice(first, first + perBar);
  const weight = (step: StepView): number => notesOf(step).length * 2 + (step.change === undefined ? 0 : 1);
  const telling = shared.reduce<StepView | undefined>((most, step) => (most && weight(most) >= weight(step) ? most : step), undefined);
  if (telling === undefined) return undefined;
  return { text: sentences(telling), number: first + shared.indexOf(telling) + 1, of: shared.length };
}
