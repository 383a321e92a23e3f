import type { EventView, StepView } from "../../engine/protocol.ts";

/** What a step led to, beside its own sentence: a fault is told by that sentence already. */
export const toldBesides = ({ events }: StepView): readonly EventView[] => events.filter(({ kind }) => kind !== "fault");
