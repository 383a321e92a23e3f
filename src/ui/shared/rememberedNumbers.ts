/** Numbers by name, kept across visits. */
import { remembered } from "./remembered.ts";

export type Numbers = Readonly<Record<string, number>>;

/** @returns none where nothing is kept, or something else */
export function readNumbers(key: string): Numbers {
  try {
    const kept: unknown = JSON.parse(remembered.getItem(key) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter(([, number]) => Number.isInteger(number)));
  } catch {
    return {}; // what somebody else wrote there are no numbers of ours
  }
}

export function keepNumbers(key: string, numbers: Numbers): void {
  try {
    remembered.setItem(key, JSON.stringify(numbers));
  } catch {
    // The browser's store is full: this visit goes on all the same, and the next begins with what was kept before.
  }
}
