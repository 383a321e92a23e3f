/** Every challenge can be solved, its par is exact, and it is one: nobody meets it by letting the actors go one after the other. */
import { describe, expect, it, vi } from "vitest";
import type { Challenge } from "../engine/challenge/challenge.ts";
import { judge } from "../engine/challenge/judge.ts";
import { seek } from "../engine/challenge/seek.ts";
import { wayFrom } from "../engine/challenge/way.ts";
import { resultOf } from "../engine/explore/graph/graph.ts";
import { machineFor, subjectOf } from "../engine/lab.ts";
import { finish } from "../engine/machine/finish.ts";
import type { Choice } from "../engine/scenario/scenario.ts";
import { compiled } from "../engine/testing/compiled.ts";
import { scenarioOf } from "../engine/testing/scenarioOf.ts";
import { CHALLENGES } from "./challenges/index.ts";

vi.setConfig({ testTimeout: 60_000 });

const LONGEST_TASK = 300;

const ALL = CHALLENGES.map((challenge) => [challenge.id, challenge] as const);

const ordersOf = (actors: readonly number[]): readonly (readonly number[])[] =>
  actors.length < 2
    ? [actors]
    : actors.flatMap((first) => ordersOf(actors.filter((actor) => actor !== first)).map((rest) => [first, ...rest]));

/** Each in its turn as far as it gets alone, and who had to wait once more. */
function oneAfterTheOther({ scenario }: Challenge, order: readonly number[]): readonly Choice[] {
  const machine = machineFor(scenarioOf(scenario));
  return resultOf(finish(machine, machine.initial, { actors: order })).choices;
}

describe("a challenge", () => {
  it.each(ALL)("%s: par is the fewest switches of all its runs, and the way that the explorer finds meets the goal", (_, challenge) => {
    const scenario = scenarioOf(challenge.scenario);
    const sought = resultOf(seek(subjectOf(scenario), challenge.goal, () => 0, undefined, compiled));
    if (sought === "stopped") throw new Error("its scenario is too large to be searched whole");
    const way = resultOf(wayFrom(sought, []));
    if (way.kind !== "way") throw new Error(`it cannot be solved: ${way.kind}`);
    expect(way.switches).toBe(challenge.par);
    expect(judge(machineFor(scenario), challenge.goal, way.choices)).toEqual({ met: { at: way.choices.length, switches: challenge.par } });
  });

  it.each(ALL)("%s: is not met by one actor after the other, in whatever order", (_, challenge) => {
    const machine = machineFor(scenarioOf(challenge.scenario));
    const orders = ordersOf(challenge.scenario.actors.map((_, actor) => actor));
    const met = orders.filter((order) => judge(machine, challenge.goal, oneAfterTheOther(challenge, order)).met !== undefined);
    expect(met).toEqual([]);
    expect(challenge.par).toBeGreaterThanOrEqual(1);
  });

  it.each(ALL)("%s: speaks in whole sentences, and of its task in few", (_, { task, teaches }) => {
    for (const text of [task, teaches]) {
      expect(text).toMatch(/^[A-Z0-9`].*[.]$/s);
      expect(text.split("`").length % 2, `a pair of backticks in: ${text}`).toBe(1);
    }
    expect(task.length).toBeLessThanOrEqual(LONGEST_TASK);
  });
});

describe("the challenges", () => {
  it("come from easy to hard, each with a name of its own", () => {
    const levels = CHALLENGES.map(({ level }) => ["easy", "medium", "hard"].indexOf(level));
    expect(levels).toEqual(levels.toSorted((a, b) => a - b));
    expect(new Set(CHALLENGES.map(({ id }) => id)).size).toBe(CHALLENGES.length);
    for (const { id } of CHALLENGES) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});
