/** Actors of a story are called by the names its scenario gives them. */
import type { Scenario } from "../scenario/scenario.ts";
import { Untellable } from "./untellable.ts";

/** @throws Untellable */
export function actorNamed({ actors }: Scenario, name: string): number {
  const actor = actors.findIndex((spec) => spec.name === name);
  if (actor < 0) throw new Untellable(`there is no actor ${name}, only ${actors.map((spec) => spec.name).join(", ")}`);
  return actor;
}
