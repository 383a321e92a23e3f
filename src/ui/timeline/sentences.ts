import type { StepView } from "../../engine/protocol.ts";
import { toldBesides } from "../shared/toldBesides.ts";

/** A step and what came of it. */
export const sentences = (step: StepView): string => [step.text, ...toldBesides(step).map(({ text }) => text)].join(". ");
