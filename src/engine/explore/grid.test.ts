import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { machineFor, subjectOf } from "../lab.ts";
import { whereabouts } from "../machine/kernelActor.ts";
import type { Machine } from "../machine/machine.ts";
import type { ActorState, MachineState } from "../machine/state.ts";
import type { Choice, Scenario } from "../scenario/scenario.ts";
import { aScenario, SEED } from "../testing/arbitraries.ts";
import { compiled } from "../testing/compiled.ts";
import { hexWords } from "../testing/drawing.ts";
import { everyInterleaving } from "../testing/everyInterleaving.ts";
import { everyPath, fewSteps } from "../testing/fewSteps.ts";
import { KILLS } from "../testing/killTable.ts";
import { kernel, lock, mmu, scenarioOf, unlock } from "../testing/scenarioOf.ts";
import { type Exploration, explore } from "./explore.ts";
import { FUTURES, type Future, futuresAlong, futuresOf, standpointsAlong } from "./futures.ts";
import { resultOf } from "./graph/graph.ts";
import { type Cell, type Grid, gridOf, MOST_PLACES, type Place } from "./grid.ts";
import { PROPERTIES, type PropertyId } from "./properties/property.ts";

vi.setConfig({ testTimeout: 60_000 });

const explored = (scenario: Scenario, states = 200_000, properties: readonly PropertyId[] = PROPERTIES): Exploration =>
  resultOf(explore(subjectOf(scenario), { bounds: { states }, properties, questions: [], first: false, compiled }, () => 0));

interface Drawn {
  readonly exploration: Exploration;
  readonly grid: Grid;
  futures(choices: readonly Choice[]): readonly Future[];
}

function drawn(scenario: Scenario, actors: readonly [number, number], properties: readonly PropertyId[] = PROPERTIES): Drawn {
  const exploration = explored(scenario, 200_000, properties);
  const futures = resultOf(futuresOf(exploration, properties));
  return {
    exploration,
    grid: resultOf(gridOf(exploration, futures, actors)),
    futures: (choices) => futuresAlong(futures, resultOf(standpointsAlong(exploration, futures, choices))),
  };
}

/** Where an actor stands, told without the grid. */
function standing(own: ActorState | undefined, scenario: Scenario, actor: number, isFine: boolean): string {
  if (own?.kind !== "kernel") {
    const spec = scenario.actors[actor];
    return spec?.kind === "mmu" && own?.next === spec.accesses.length ? "end" : `${own?.next}`;
  }
  if (own.at === undefined) return "end";
  const { next } = own.at.state;
  return `${own.call} ${whereabouts(own.at.state).label}${isFine && "index" in next ? ` ${next.index}` : ""}`;
}

const nameOf = ({ call, label, entry, finished }: Place): string => (finished ? "end" : [call, label ?? [], entry ?? []].flat().join(" "));

const cellName = ({ axes }: Grid, { at: [a, b] }: Pick<Cell, "at">): string =>
  [axes[0][a], axes[1][b]].map((place) => (place === undefined ? "nowhere" : nameOf(place))).join(" × ");

/** The cell of a state, if the grid tells at least lines apart. */
const nameIn = (scenario: Scenario, { axes }: Grid, { actors }: MachineState): string =>
  axes
    .map((axis, actor) =>
      standing(
        actors[actor],
        scenario,
        actor,
        axis.some(({ entry }) => entry !== undefined),
      ),
    )
    .join(" × ");

/** The states that a run goes through, the first of all among them. */
function statesAlong(machine: Machine, choices: readonly Choice[]): readonly MachineState[] {
  const states = [machine.initial];
  for (const choice of choices) {
    const next = machine.step(states.at(-1) ?? machine.initial, choice);
    if (next === undefined) throw new Error("a way of the grid is not on offer");
    states.push(next.state);
  }
  return states;
}

const seenIn = ({ futures }: Cell): readonly Future[] => FUTURES.filter((future) => futures[future] > 0);

/** Both keep the lock: whoever comes second waits for ever, unless it is CPU1 that was first. */
const KEEPS = scenarioOf({ actors: [kernel(lock), kernel(lock, unlock)] });
const deadlock: readonly PropertyId[] = ["no-deadlock"];

function mistaken(variant: string): Scenario {
  const kill = KILLS.find((row) => row.variant === variant);
  if (kill === undefined) throw new Error("the kill table lost a row");
  return kill.scenario(variant);
}

const summary = (grid: Grid): Readonly<Record<string, string>> =>
  Object.fromEntries(
    grid.cells.map((cell) => [
      `${cellName(grid, cell)}`,
      [...FUTURES.filter((future) => cell.futures[future] > 0), ...(cell.fails ? ["fails"] : [])].join(" "),
    ]),
  );

const MOST_STEPS = 2000;

/** Everything that a plain search comes to; undefined if the case is not small. */
function everyState(machine: Machine): readonly MachineState[] | undefined {
  const states = [machine.initial];
  try {
    everyInterleaving(machine, (_, __, after) => {
      if (states.push(after) > MOST_STEPS) throw new RangeError("not a small case");
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return states;
}

/** Some line of code has not a place of its own. */
const isMerged = ({ axes }: Grid, { actors }: Scenario): boolean =>
  axes.some((axis, n) =>
    axis.some(({ label, finished, calls }) => calls !== undefined || (actors[n]?.kind === "kernel" && !finished && !label?.includes("."))),
  );

describe("the interleaving grid", () => {
  it("has the cells that a plain search finds two actors in, and those only", () => {
    let compared = 0;
    fc.assert(
      fc.property(aScenario, (scenario) => {
        if (scenario.actors.length < 2) return;
        const machine = machineFor(scenario);
        const states = everyState(machine);
        if (states === undefined) return;
        const { grid } = drawn(scenario, [0, 1], []);
        if (isMerged(grid, scenario)) return;
        const found = new Set(states.map((state) => nameIn(scenario, grid, state)));
        expect(grid.cells.map((cell) => cellName(grid, cell)).sort()).toEqual([...found].sort());
        compared += 1;
      }),
      { seed: SEED, numRuns: 200 },
    );
    expect(compared).toBeGreaterThan(15);
  });

  it("says of a cell what the paths through it say, walked one by one", () => {
    const seen: Record<Future | "fails", number> = { safe: 0, open: 0, doomed: 0, unknown: 0, fails: 0 };
    fc.assert(
      fc.property(fewSteps, (scenario) => {
        const machine = machineFor(scenario);
        const paths = everyPath(machine, 60, 100);
        if (paths === undefined) return;
        const { grid } = drawn(scenario, [0, 1]);
        const expected = new Map<string, { futures: Set<Future>; fails: boolean; mayFail: boolean }>();
        const walked = paths.map(({ choices }) => ({
          text: choices.map((choice) => JSON.stringify(choice)),
          fails: Math.min(...explored({ ...scenario, choices }, 1).failures.map((failure) => failure.choices.length)),
          cells: statesAlong(machine, choices).map((state) => nameIn(scenario, grid, state)),
        }));
        for (const { text, fails, cells } of walked)
          for (const [position, name] of cells.entries()) {
            const cell = expected.get(name) ?? { futures: new Set(), fails: false, mayFail: false };
            expected.set(name, cell);
            // An end that fails is told as a failure after the last step, as is a last step that fails.
            cell.fails ||= fails === position + 1 && fails < text.length;
            cell.mayFail ||= fails === position + 1 || (fails === position && fails === text.length);
            if (fails <= position) continue;
            const through = walked.filter((other) => text.slice(0, position).every((choice, n) => choice === other.text[n]));
            const failing = through.filter((other) => other.fails !== Number.POSITIVE_INFINITY);
            cell.futures.add(failing.length === 0 ? "safe" : failing.length === through.length ? "doomed" : "open");
          }
        expect(grid.cells.map((cell) => cellName(grid, cell)).sort()).toEqual([...expected.keys()].sort());
        for (const cell of grid.cells) {
          const { futures, fails, mayFail } = expected.get(cellName(grid, cell)) ?? { futures: new Set() };
          // States that are reached through a failure only are doomed, whatever else is in the cell.
          expect(new Set([...seenIn(cell), "doomed"])).toEqual(new Set([...futures, "doomed"]));
          if (futures.has("doomed") || futures.size === 0) expect(seenIn(cell)).toContain("doomed");
          if (fails) expect(cell.fails).toBe(true);
          if (!mayFail) expect(cell.fails).toBe(false);
          for (const future of seenIn(cell)) seen[future] += 1;
          if (cell.fails) seen.fails += 1;
        }
      }),
      { seed: SEED, numRuns: 100 },
    );
    expect(Math.min(seen.safe, seen.open, seen.doomed, seen.fails)).toBeGreaterThan(20);
  });

  it("of two who race for a lock that one of them keeps is bad where that one has it", () => {
    const { grid } = drawn(KEEPS, [0, 1], deadlock);
    expect(summary(grid)).toEqual({
      "0 ptl_lock.acquire × 0 ptl_lock.acquire": "open",
      "end × 0 ptl_lock.acquire": "doomed fails",
      "0 ptl_lock.acquire × 1 ptl_unlock.release": "safe",
      "0 ptl_lock.acquire × end": "safe",
      "end × end": "safe",
    });
    expect(grid.axes[1].map(nameOf)).toEqual(["0 ptl_lock.acquire", "1 ptl_unlock.release", "end"]);
  });

  it("has the other actor down if it is asked for the other way round", () => {
    const [one, other] = [drawn(KEEPS, [0, 1], deadlock).grid, drawn(KEEPS, [1, 0], deadlock).grid];
    expect(other.axes).toEqual([one.axes[1], one.axes[0]]);
    const turned = ({ at: [a, b], ...rest }: Cell): Cell => ({ at: [b, a], ...rest });
    expect(new Set(other.cells.map((cell) => JSON.stringify(turned(cell))))).toEqual(
      new Set(one.cells.map((cell) => JSON.stringify(cell))),
    );
  });

  it("goes back in a loop, and does not get longer", () => {
    const reader = kernel({ fn: "ptep_get_lockless", index: 9 });
    const { grid, exploration } = drawn(
      scenarioOf({ machine: { ptes: hexWords(".*2 CW*14") }, actors: [reader, kernel({ fn: "pte_clear", index: 9 })] }),
      [0, 1],
    );
    expect(grid.axes[0].length).toBeLessThan(20);
    expect(exploration.space.states).toBeGreaterThan(grid.cells.length);
    expect(grid.cells.reduce((sum, { futures }) => sum + FUTURES.reduce((own, future) => own + futures[future], 0), 0)).toBe(
      exploration.space.states,
    );
  });

  it("tells calls apart and no more where lines would be too many to read, and stretches of calls where those would be", () => {
    const many = (calls: number) => scenarioOf({ actors: [kernel(...Array.from({ length: calls }, () => lock)), mmu()] });
    const alone = (calls: number) =>
      scenarioOf({ actors: [kernel(...Array.from({ length: calls }, (_, n) => (n % 2 === 0 ? lock : unlock))), mmu()] });
    expect(drawn(many(1), [0, 1]).grid.axes[0]).toEqual([
      { call: 0, label: "ptl_lock.acquire", finished: false },
      { call: 1, finished: true },
    ]);
    const [atMost] = drawn(alone(MOST_PLACES - 1), [0, 1]).grid.axes;
    expect(atMost).toHaveLength(MOST_PLACES);
    const reading = scenarioOf({
      machine: { ptes: hexWords("CW*16") },
      actors: [kernel(...Array.from({ length: 14 }, (_, index) => ({ fn: "ptep_get_lockless", index }))), mmu()],
    });
    const { grid } = drawn(reading, [0, 1], []);
    expect(grid.axes[0].length).toBeLessThanOrEqual(MOST_PLACES);
    expect(grid.axes[0].every(({ label, entry }) => entry === undefined && (label === undefined || !label.includes(".")))).toBe(true);
    const [stretches] = drawn(alone(200), [0, 1]).grid.axes;
    expect(stretches.length).toBeLessThanOrEqual(MOST_PLACES);
    expect(stretches.slice(0, 2)).toEqual([
      { call: 0, calls: 6, finished: false },
      { call: 6, calls: 6, finished: false },
    ]);
    expect(stretches.at(-1)).toEqual({ call: 200, finished: true });
  });

  it("knows a run to the worst of every cell's states, on which nothing fails before if that can be", () => {
    for (const scenario of [KEEPS, mistaken("convert-no-tlbi"), mistaken("lockless-no-valid-check")]) {
      const { grid, exploration, futures } = drawn(scenario, [0, 1]);
      const machine = machineFor(scenario);
      let failing = 0;
      for (const cell of grid.cells) {
        const choices = exploration.choicesAlong(grid.wayTo(cell.at) ?? []);
        const end = statesAlong(machine, choices).at(-1);
        const seen = seenIn(cell);
        const worst = seen.includes("doomed") ? "doomed" : seen.includes("open") ? "open" : "safe";
        if (!isMerged(grid, scenario)) expect(end && nameIn(scenario, grid, end)).toBe(cellName(grid, cell));
        const onward = explored({ ...scenario, choices });
        if (cell.fails) {
          // Nothing has failed yet, and one step more is enough.
          failing += 1;
          const steps = onward.failures.map((failure) => failure.choices.length - choices.length);
          expect(Math.min(...steps)).toBeLessThanOrEqual(1);
          expect(onward.machine.choices(end as MachineState).length === 0 || Math.min(...steps) === 1).toBe(true);
        } else expect(futures(choices).at(-1)).toBe(worst);
      }
      expect(failing).toBeGreaterThan(0);
      expect(grid.wayTo([MOST_PLACES, MOST_PLACES])).toBeUndefined();
    }
  });

  it("is doomed all over where something has failed before the search began, and not known where it did not come", () => {
    const scenario = mistaken("lockless-no-valid-check");
    const [failure] = explored(scenario).failures;
    if (failure === undefined) throw new Error("a mistake of the kill table is none");
    const before = drawn({ ...scenario, choices: failure.choices.slice(0, -1) }, [0, 1]).grid;
    expect(before.cells.some((cell) => seenIn(cell).includes("safe"))).toBe(true);
    const after = drawn({ ...scenario, choices: failure.choices }, [0, 1]).grid;
    expect(after.cells.every((cell) => `${seenIn(cell)}` === "doomed")).toBe(true);
    const cut = explored(KEEPS, 2, deadlock);
    const futures = resultOf(futuresOf(cut, deadlock));
    expect(seenIn(resultOf(gridOf(cut, futures, [0, 1])).cells[0] as Cell)).toEqual(["unknown"]);
  });
});
