/** A monitor: what a property remembers in the state vector of a model, and what it does at which steps, in C. */
import { PROPERTIES, type PropertyId } from "../../explore/properties/property.ts";

/** What the monitors do, as C, at the places where the machine calls them. */
export interface Hooks {
  /** Functions that the others call. */
  readonly helpers: readonly string[];
  /** Before a kernel step changes anything: `a`, `n`, `e` (actor, node, edge). */
  readonly before: readonly string[];
  /** After it. */
  readonly after: readonly string[];
  /** After an access has stored: `m` (MMU's actor), `target`, `nw` (entry and word stored). */
  readonly updated: readonly string[];
  /** After every access of MMU `m`: `filled` is the TLB entry that it filled in, or 0. */
  readonly accessed: readonly string[];
  /** A flush of [from, to) that nobody waited for takes effect. */
  readonly landed: readonly string[];
  /** Nobody can move. */
  readonly ended: readonly string[];
}

export interface Monitor extends Partial<Omit<Hooks, "helpers">> {
  /** Functions of its own. */
  readonly helpers?: string;
  readonly vector: readonly string[];
  readonly constants: readonly string[];
}

/** C's call that a property fails. */
export const fails = (id: PropertyId): string => `fail(${PROPERTIES.indexOf(id)})`;
