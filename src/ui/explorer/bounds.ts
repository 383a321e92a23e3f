/** How far an exploration may go, as typed into fields and as the engine takes it. */
import type { ExploreWishes } from "../../engine/protocol.ts";
import { grouped } from "./format.ts";

/** As typed. */
export interface BoundTexts {
  readonly states: string;
  readonly seconds: string;
  readonly memory: string;
}

export const USUAL_BOUNDS: BoundTexts = { states: "10000000", seconds: "", memory: "600" };

interface BoundField {
  readonly bound: keyof BoundTexts;
  readonly label: string;
  readonly most: number;
  readonly isNeeded: boolean;
}

export const BOUND_FIELDS: readonly BoundField[] = [
  { bound: "states", label: "States", most: 100_000_000, isNeeded: true },
  { bound: "seconds", label: "Seconds", most: 86_400, isNeeded: false },
  { bound: "memory", label: "Memory, MB", most: 4_000, isNeeded: false },
];

/** What is wrong with a bound as typed; undefined if nothing is. */
export function boundProblem({ most, isNeeded }: BoundField, text: string): string | undefined {
  const value = Number(text);
  if (text.trim() === "" ? !isNeeded : Number.isInteger(value) && value >= 1 && value <= most) return undefined;
  return `A whole number from 1 to ${grouped(most)}${isNeeded ? "" : ", or nothing"}.`;
}

/** @returns undefined if one of them cannot be taken */
export function boundsOf(texts: BoundTexts): ExploreWishes["bounds"] | undefined {
  if (BOUND_FIELDS.some((field) => boundProblem(field, texts[field.bound]) !== undefined)) return undefined;
  return {
    states: Number(texts.states),
    ...(texts.seconds.trim() !== "" && { seconds: Number(texts.seconds) }),
    ...(texts.memory.trim() !== "" && { memory: Number(texts.memory) }),
  };
}

/** In one line. */
export const boundsText = ({ states, seconds, memory }: ExploreWishes["bounds"]): string =>
  [`${grouped(states)} states`, seconds !== undefined && `${grouped(seconds)} s`, memory !== undefined && `${grouped(memory)} MB`]
    .filter((part) => part !== false)
    .join(", ");
