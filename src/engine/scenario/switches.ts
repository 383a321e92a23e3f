import { actorOf, type Choice } from "./scenario.ts";

/** Context switches: choices of another actor than the one before. */
export const switchesIn = (choices: readonly Choice[]): number =>
  choices.filter((choice, n) => n > 0 && actorOf(choice) !== actorOf(choices[n - 1] as Choice)).length;
