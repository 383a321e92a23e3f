/**
 * Long searches that the page asks for: explorations, comparisons, and what is asked about an exploration afterwards. A part
 * of the host that is loaded when the first of them is asked for.
 */
import { compare } from "./compare/compare.ts";
import { ofSides } from "./compare/sides.ts";
import { type Bounds, type Clock, type Exploration, explore, type Wishes } from "./explore/explore.ts";
import { findingsOf } from "./explore/findings.ts";
import { type Futures, failedFrom, futuresAlong, futuresOf, standpointsAlong } from "./explore/futures.ts";
import { type Grid, gridOf } from "./explore/grid.ts";
import { likelyStates } from "./explore/outlook.ts";
import { PROPERTIES } from "./explore/properties/property.ts";
import { parseQuestion } from "./explore/questions/grammar.ts";
import { refusalSentence } from "./explore/questions/question.ts";
import type { Progress as SearchProgress } from "./explore/search.ts";
import type { Contender } from "./headless/compareReport.ts";
import { kernelText } from "./headless/kernelText.ts";
import { subjectOf } from "./lab.ts";
import type { Machine } from "./machine/machine.ts";
import {
  type Asked,
  type Compared,
  type Explored,
  type ExploredRun,
  type ExploreProgress,
  type ExploreWishes,
  type FuturesAlong,
  type GridAnswer,
  type GridWay,
  type Methods,
  type Progress,
  problemSentence,
  type ScenarioDocument,
  sharedChoices,
} from "./protocol.ts";
import { parseScenario } from "./scenario/parse.ts";
import type { Scenario } from "./scenario/scenario.ts";
import { comparedView } from "./view/comparedView.ts";
import { exploredView } from "./view/exploredView.ts";
import { gridView } from "./view/gridView.ts";
import type { Places } from "./view/places.ts";

/** An exploration that has been answered, kept for what is asked about it later. */
interface Kept {
  readonly handle: number;
  readonly exploration: Exploration;
  /** Found when they are first asked for. */
  futures?: Promise<Futures | undefined>;
  /** The one asked for last. */
  grid?: KeptGrid;
}

interface KeptGrid {
  readonly actors: readonly [number, number];
  readonly drawn: Promise<Grid | undefined>;
  /** Of the request that asked for it last: who cancels that one wants it no longer. */
  asked: number;
}

/** What the host lends. */
export interface Ground {
  readonly clock: Clock;
  openedAs(handle: number): { readonly machine: Machine; readonly places: Places };
  isCancelled(id: number): () => boolean;
  isStopped(id: number): boolean;
  report(id: number, progress: Progress): void;
  /** Work that gives way now and then. @returns undefined if nobody wants it any more */
  inSlices<P, T>(work: Generator<P, T>, isUnwanted: () => boolean, onProgress?: (progress: P) => void): Promise<T | undefined>;
}

export interface Exploring {
  explore(params: Methods["explore"]["params"], id: number): Promise<Explored | undefined>;
  futures(params: ExploredRun, id: number): Promise<FuturesAlong | undefined>;
  grid(params: Methods["grid"]["params"], id: number): Promise<GridAnswer | undefined>;
  gridWay(params: Methods["gridWay"]["params"]): Promise<GridWay>;
  compare(params: Methods["compare"]["params"], id: number): Promise<Compared | undefined>;
  ask(handle: number, text: string): Asked;
  /** Lets go of the exploration that is kept. */
  forget(): void;
}

/** @param compiled the inner loop of the search as WebAssembly, if there is any */
export function createExploring(ground: Ground, compiled: WebAssembly.Module | undefined): Exploring {
  /** One at the most: it may take gigabytes. */
  let kept: Kept | undefined;

  async function exploreFrom(params: Methods["explore"]["params"], id: number): Promise<Explored | undefined> {
    kept = undefined;
    const { machine } = ground.openedAs(params.handle);
    const scenario = { ...machine.scenario, choices: params.choices.slice(0, params.at) };
    const wishes = { ...wishesOf(params, scenario), compiled };
    const began = ground.clock();
    const searching = explore(subjectOf(scenario), wishes, ground.clock, () => ground.isStopped(id));
    let found: SearchProgress | undefined;
    const tell = (phase: ExploreProgress["phase"], whole = false): void => {
      if (found === undefined) return;
      const progress = progressView(phase, found, params.bounds, ground.clock() - began, whole);
      ground.report(id, progress);
    };
    const exploration = await ground.inSlices(searching, ground.isCancelled(id), (progress) => {
      found = progress;
      tell("searching");
    });
    if (exploration === undefined) return undefined;
    const { space, failures, stopped: early } = exploration;
    found = { ...space.progress(), failed: failures.map(({ property }) => property) };
    tell("reading", early === undefined);
    const findings = await ground.inSlices(findingsOf(exploration, wishes), ground.isCancelled(id), () =>
      tell("reading", early === undefined),
    );
    if (findings === undefined) return undefined;
    kept = { handle: params.handle, exploration };
    return exploredView(scenario, findings, ground.clock() - began);
  }

  /** @returns undefined if there is no such exploration any more */
  function keptFor({ handle, from }: Pick<ExploredRun, "handle" | "from">): Kept | undefined {
    const begin = kept?.exploration.machine.scenario.choices ?? [];
    const isSame = kept?.handle === handle && begin.length === from.length && sharedChoices(begin, from) === from.length;
    return isSame ? kept : undefined;
  }

  /** Found once: who no longer waits for an answer does not end it. */
  function futuresIn(own: Kept): Promise<Futures | undefined> {
    own.futures ??= ground.inSlices(futuresOf(own.exploration, PROPERTIES), () => kept !== own);
    return own.futures;
  }

  async function futures(params: ExploredRun, id: number): Promise<FuturesAlong | undefined> {
    const own = keptFor(params);
    const found = own && (await futuresIn(own));
    if (own === undefined || found === undefined) return { explored: false };
    const standpoints = await ground.inSlices(standpointsAlong(own.exploration, found, params.choices), ground.isCancelled(id));
    return standpoints && { explored: true, futures: futuresAlong(found, standpoints), ...failedFrom(standpoints) };
  }

  /** Shared by those who ask one after another, as people do who go on stepping. */
  function gridIn(own: Kept, found: Futures, actors: KeptGrid["actors"], id: number): Promise<Grid | undefined> {
    if (own.grid !== undefined && isPair(own.grid, actors)) {
      own.grid.asked = id;
      return own.grid.drawn;
    }
    const draw = async (): Promise<Grid | undefined> => {
      const isUnwanted = (): boolean => kept !== own || own.grid !== mine || ground.isCancelled(mine.asked)();
      const drawn = await ground.inSlices(gridOf(own.exploration, found, actors), isUnwanted);
      if (drawn === undefined && own.grid === mine) delete own.grid;
      return drawn;
    };
    const mine: KeptGrid = { actors, drawn: draw(), asked: id };
    own.grid = mine;
    return mine.drawn;
  }

  async function grid(params: Methods["grid"]["params"], id: number): Promise<GridAnswer | undefined> {
    const { actors, choices } = params;
    const { machine, places } = ground.openedAs(params.handle);
    if (actors[0] === actors[1] || actors.some((actor) => machine.scenario.actors[actor] === undefined))
      throw new Error(`there is no grid of actors ${actors.join(" and ")}`);
    const own = keptFor(params);
    const found = own && (await futuresIn(own));
    const drawn = own && found && (await gridIn(own, found, actors, id));
    if (own === undefined || found === undefined || drawn === undefined) return { explored: false };
    const standpoints = await ground.inSlices(standpointsAlong(own.exploration, found, choices), ground.isCancelled(id));
    return standpoints && { explored: true, grid: gridView(machine.scenario, places, actors, drawn, standpoints) };
  }

  async function gridWay(params: Methods["gridWay"]["params"]): Promise<GridWay> {
    const own = keptFor(params);
    const drawn = own?.grid && isPair(own.grid, params.actors) ? await own.grid.drawn : undefined;
    if (own === undefined || drawn === undefined) return { explored: false };
    const way = drawn.wayTo(params.cell);
    return { explored: true, choices: way && own.exploration.choicesAlong(way) };
  }

  async function compareUnder(params: Methods["compare"]["params"], id: number): Promise<Compared | undefined> {
    kept = undefined;
    const contenders = ofSides({ before: params.before, after: params.after }, contenderOf);
    const wishes = { ...wishesOf(params, contenders.before.subject.scenario), compiled };
    const began = ground.clock();
    const comparing = compare(
      ofSides(contenders, ({ subject }) => subject),
      wishes,
      ground.clock,
      () => ground.isStopped(id),
    );
    const comparison = await ground.inSlices(comparing, ground.isCancelled(id), ({ side, phase, search }) => {
      if (search === undefined) return;
      const progress = { ...progressView(phase, search, params.bounds, ground.clock() - began), side };
      ground.report(id, progress);
    });
    return comparison && comparedView(contenders, comparison, ground.clock() - began);
  }

  function ask(handle: number, text: string): Asked {
    const parsed = parseQuestion(ground.openedAs(handle).machine.scenario, text);
    if (parsed.ok) return { ok: true, mode: parsed.question.mode };
    return { ok: false, at: parsed.at, length: parsed.length, sentence: refusalSentence(text, parsed) };
  }

  return {
    explore: exploreFrom,
    futures,
    grid,
    gridWay,
    compare: compareUnder,
    ask,
    forget() {
      kept = undefined;
    },
  };
}

const isPair = ({ actors: [a, b] }: KeptGrid, [c, d]: KeptGrid["actors"]): boolean => a === c && b === d;

function wishesOf({ bounds, questions }: ExploreWishes, scenario: Scenario): Wishes {
  const parsed = questions.map((text) => {
    const question = parseQuestion(scenario, text);
    if (!question.ok) throw new Error(`${text}: ${refusalSentence(text, question)}`);
    return question.question;
  });
  return { bounds, properties: PROPERTIES, questions: parsed, first: false };
}

function contenderOf(document: ScenarioDocument): Contender {
  const parsed = parseScenario(document);
  if (!parsed.ok) throw new Error(problemSentence(parsed.problem));
  return { name: kernelText(parsed.scenario), subject: subjectOf(parsed.scenario) };
}

function progressView(
  phase: ExploreProgress["phase"],
  search: SearchProgress,
  bounds: Bounds,
  seconds: number,
  whole = false,
): ExploreProgress {
  const { states, transitions, frontier, depth, bytes, failed } = search;
  const likely = likelyStates(search, bounds);
  return {
    ...{ phase, states, transitions, frontier, depth, seconds, memory: bytes / 1024 / 1024, failed, whole },
    ...(phase === "searching" && likely !== undefined && { likelyStates: likely }),
  };
}
