import type { Challenge } from "../../engine/protocol.ts";
import { CHALLENGES } from "../../stories/challenges/index.ts";
import type { ReadyScenario } from "../../stories/scenarios/index.ts";

export const challengeNamed = (id: string | undefined): Challenge | undefined => CHALLENGES.find((challenge) => challenge.id === id);

export const challengeAfter = ({ id }: Challenge): Challenge | undefined => CHALLENGES[CHALLENGES.findIndex((one) => one.id === id) + 1];

/** The scenario as one to play with: a link of those who have left the challenge names it so. */
export const sceneOf = ({ id, scenario, task }: Challenge): ReadyScenario => ({ name: `challenge.${id}`, document: scenario, about: task });
