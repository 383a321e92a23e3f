/**
 * The engine's side of the protocol: decodes requests, keeps opened scenarios and the
 * run last asked for of each, answers. Long work is done in slices; between slices
 * the caller's `pause` lets a cancellation come in.
 */
import { compare } from "./compare/compare.ts";
import { ofSides } from "./compare/sides.ts";
import { type Bounds, type Clock, type Exploration, explore, type Wishes } from "./explore/explore.ts";
import { findingsOf } from "./explore/findings.ts";
import { type Futures, failedFrom, futuresAlong, futuresOf, standpointsAlong } from "./explore/futures.ts";
import { type Grid, gridOf } from "./explore/grid.ts";
import { likelyStates } from "./explore/outlook.ts";
import { ABOUT, PROPERTIES } from "./explore/properties/property.ts";
import { parseQuestion } from "./explore/questions/grammar.ts";
import { refusalSentence } from "./explore/questions/question.ts";
import type { Progress as SearchProgress } from "./explore/search.ts";
import { GRANULES } from "./hardware/granule.ts";
import type { Contender } from "./headless/compareReport.ts";
import { divergence } from "./headless/divergence.ts";
import { itfTrace } from "./headless/itf.ts";
import { kernelText } from "./headless/kernelText.ts";
import type { CallSpec } from "./kernel/call.ts";
import { KERNEL_TAG, type Listing } from "./kernel/listing.ts";
import { listingsOf } from "./kernel/listings.ts";
import { MM_CALLS } from "./kernel/mm/calls.ts";
import { PTE_HELPERS, type PteHelper } from "./kernel/pteHelpers.ts";
import { PTEP_CALLS } from "./kernel/ptep/calls.ts";
import { PROFILES, VARIANTS } from "./kernel/variants/profiles.ts";
import { kernelOf, machineFor, subjectOf } from "./lab.ts";
import { finish } from "./machine/finish.ts";
import type { Machine } from "./machine/machine.ts";
import { pick } from "./machine/random.ts";
import { beginRun, finalState, type Run, replay } from "./machine/run.ts";
import type { MachineState } from "./machine/state.ts";
import type { Step } from "./machine/step.ts";
import { stopMet } from "./machine/stops.ts";
import {
  type Asked,
  type CallCard,
  type Catalogue,
  type Checked,
  type Compared,
  type Explored,
  type ExploredRun,
  type ExploreProgress,
  type ExploreWishes,
  type Fault,
  type Finished,
  type FromEngine,
  type FuturesAlong,
  type GridAnswer,
  type GridWay,
  type Methods,
  MOST_OPEN,
  PROTOCOL_VERSION,
  type Progress,
  problemSentence,
  type Request,
  type RunAt,
  type RunView,
  type ScenarioDocument,
  type Source,
  type Stop,
  type StopFound,
  sharedChoices,
  type ToEngine,
} from "./protocol.ts";
import { LIMITS } from "./scenario/limits.ts";
import { parseScenario, parseScenarioText } from "./scenario/parse.ts";
import type { Choice, Scenario } from "./scenario/scenario.ts";
import { comparedView } from "./view/comparedView.ts";
import { diagram } from "./view/diagram/diagram.ts";
import { exploredView } from "./view/exploredView.ts";
import { gridView } from "./view/gridView.ts";
import { inspection } from "./view/inspection.ts";
import { type Places, placesOf } from "./view/places.ts";
import { snapshot } from "./view/snapshot.ts";
import { stepView } from "./view/stepView.ts";
import { variantCard } from "./view/variantCard.ts";

interface Opened {
  readonly machine: Machine;
  readonly listings: readonly Listing[];
  readonly places: Places;
  readonly names: readonly string[];
  run: Run;
}

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

/** Steps of long work between two pauses. */
const SLICE = 500;

/** Of an exploration: whoever asks for something else waits so long, well below what a person notices. */
const SECONDS_PER_SLICE = 0.005;

/** What a page needs to draw an answer: long work leaves it the machine for so long. */
const SECONDS_TO_DRAW = 0.03;

/** Progress is drawn by the page, which has better things to do than that all the time. */
const SECONDS_PER_REPORT = 0.1;

export interface Host {
  receive(message: ToEngine): Promise<void>;
}

/**
 * @param post sends a message to the client
 * @param pause gives way for so many seconds, once at least, so that waiting messages are received
 * @param clock seconds since some moment
 * @param compiled the inner loop of the search as WebAssembly, if there is any
 */
export function createHost(
  post: (message: FromEngine) => void,
  pause: (seconds: number) => Promise<void>,
  clock: Clock,
  compiled?: WebAssembly.Module,
): Host {
  const opened = new Map<number, Opened>();
  const cancelled = new Set<number>();
  const stopped = new Set<number>();
  const running = new Set<number>();
  let answered = Number.NEGATIVE_INFINITY;
  /** One at the most: it may take gigabytes. */
  let kept: Kept | undefined;

  function open(handle: number, source: Source): Checked {
    const parsed = parse(source);
    if (!parsed.ok) return parsed;
    const machine = machineFor(parsed.scenario);
    kept = undefined;
    opened.delete(handle);
    const listings = listingsOf(kernelOf(parsed.scenario).code);
    const names = parsed.scenario.actors.map((actor) => actor.name);
    opened.set(handle, { machine, listings, places: placesOf(listings), names, run: beginRun(machine) });
    for (const oldest of opened.keys()) if (opened.size > MOST_OPEN) opened.delete(oldest);
    return { ok: true, document: parsed.document, entries: parsed.scenario.ptes.length };
  }

  function openedAs(handle: number): Opened {
    const scenario = opened.get(handle);
    if (scenario === undefined) throw new Error(`scenario ${handle} is not open`);
    return scenario;
  }

  function follow({ handle, choices }: RunAt): { readonly scenario: Opened; readonly run: Run } {
    const scenario = openedAs(handle);
    const run = replay(scenario.machine, choices, scenario.run);
    scenario.run = run;
    return { scenario, run };
  }

  function view(params: Methods["view"]["params"]): RunView {
    const { scenario, run } = follow(params);
    const { machine, places, names } = scenario;
    const at = Math.min(params.at, run.steps.length);
    const firstStep = Math.min(params.knownSteps, run.steps.length);
    const [last, before] = [run.steps[at - 1], run.states[at - 1]];
    return {
      firstStep,
      steps: run.steps.slice(firstStep).map((step) => stepView(step, names)),
      snapshot: snapshot(machine, places, run.states[at] ?? machine.initial, at, last && before && { step: stepView(last, names), before }),
      ...(run.diverged !== undefined && { diverged: { step: run.diverged, expected: divergence(machine, run, params.choices).expected } }),
    };
  }

  function pickChoice(params: Methods["pick"]["params"]): { choice?: Choice } {
    const { scenario, run } = follow({ ...params, choices: params.choices.slice(0, params.at) });
    const choices = scenario.machine.choices(finalState(run));
    const choice = choices[pick(params.seed, params.at, choices.length)];
    return choice === undefined ? {} : { choice };
  }

  async function finishRun(params: Methods["finish"]["params"], id: number): Promise<Finished | undefined> {
    const before = params.choices.slice(0, params.at);
    const { scenario, run } = follow({ ...params, choices: before });
    const { stops = [], actors } = params;
    let stop: Stop | undefined;
    const work = finish(scenario.machine, finalState(run), {
      most: LIMITS.choices - before.length,
      ...(actors && { actors }),
      isStop: (state, transition) => {
        stop = stopMet(stops, state, transition);
        return stop !== undefined;
      },
    });
    for (;;) {
      const next = work.next();
      if (next.done) {
        const { choices, spinning, blocked, ended } = next.value;
        const how = ended === "most" ? "limit" : (ended ?? "end");
        return { choices: [...before, ...choices], ended: how, spinning, blocked, ...(stop && { stop }) };
      }
      if (next.value % SLICE === 0) {
        post({ v: PROTOCOL_VERSION, id, type: "progress", progress: { steps: next.value } satisfies Progress });
        await pause(0);
        if (cancelled.has(id)) return undefined;
      }
    }
  }

  function seekStop(params: Methods["seekStop"]["params"]): StopFound {
    const { states, steps } = follow(params).run;
    const way = params.back ? -1 : 1;
    for (let at = params.at + way; at > 0 && at <= steps.length; at += way) {
      const [before, step, state] = [states[at - 1] as MachineState, steps[at - 1] as Step, states[at] as MachineState];
      const stop = stopMet(params.stops, before, { step, state });
      if (stop !== undefined) return { at, stop };
    }
    return {};
  }

  function diagramOf({ handle, choices, at, all }: Methods["diagram"]["params"]): string {
    const { machine, run } = openedAs(handle);
    const { scenario } = machine;
    const kernel = `Linux ${[scenario.profile, ...scenario.variants].join(" + ")}`;
    return diagram(scenario, replay(machine, choices.slice(0, at), run), kernel, all);
  }

  async function exploreFrom(params: Methods["explore"]["params"], id: number): Promise<Explored | undefined> {
    kept = undefined;
    const { machine } = openedAs(params.handle);
    const scenario = { ...machine.scenario, choices: params.choices.slice(0, params.at) };
    const wishes = { ...wishesOf(params, scenario), compiled };
    const began = clock();
    const searching = explore(subjectOf(scenario), wishes, clock, () => stopped.has(id));
    let found: SearchProgress | undefined;
    const tell = (phase: ExploreProgress["phase"], whole = false): void => {
      if (found === undefined) return;
      const progress = progressView(phase, found, params.bounds, clock() - began, whole);
      post({ v: PROTOCOL_VERSION, id, type: "progress", progress });
    };
    const exploration = await inSlices(searching, isCancelled(id), (progress) => {
      found = progress;
      tell("searching");
    });
    if (exploration === undefined) return undefined;
    const { space, failures, stopped: early } = exploration;
    found = { ...space.progress(), failed: failures.map(({ property }) => property) };
    tell("reading", early === undefined);
    const findings = await inSlices(findingsOf(exploration, wishes), isCancelled(id), () => tell("reading", early === undefined));
    if (findings === undefined) return undefined;
    kept = { handle: params.handle, exploration };
    return exploredView(scenario, findings, clock() - began);
  }

  /** @returns undefined if there is no such exploration any more */
  function keptFor({ handle, from }: Pick<ExploredRun, "handle" | "from">): Kept | undefined {
    const begin = kept?.exploration.machine.scenario.choices ?? [];
    const isSame = kept?.handle === handle && begin.length === from.length && sharedChoices(begin, from) === from.length;
    return isSame ? kept : undefined;
  }

  /** Found once: who no longer waits for an answer does not end it. */
  function futuresIn(own: Kept): Promise<Futures | undefined> {
    own.futures ??= inSlices(futuresOf(own.exploration, PROPERTIES), () => kept !== own);
    return own.futures;
  }

  async function futures(params: ExploredRun, id: number): Promise<FuturesAlong | undefined> {
    const own = keptFor(params);
    const found = own && (await futuresIn(own));
    if (own === undefined || found === undefined) return { explored: false };
    const standpoints = await inSlices(standpointsAlong(own.exploration, found, params.choices), isCancelled(id));
    return standpoints && { explored: true, futures: futuresAlong(found, standpoints), ...failedFrom(standpoints) };
  }

  /** Shared by those who ask one after another, as people do who go on stepping. */
  function gridIn(own: Kept, found: Futures, actors: KeptGrid["actors"], id: number): Promise<Grid | undefined> {
    if (own.grid !== undefined && isPair(own.grid, actors)) {
      own.grid.asked = id;
      return own.grid.drawn;
    }
    const draw = async (): Promise<Grid | undefined> => {
      const isUnwanted = (): boolean => kept !== own || own.grid !== mine || cancelled.has(mine.asked);
      const drawn = await inSlices(gridOf(own.exploration, found, actors), isUnwanted);
      if (drawn === undefined && own.grid === mine) delete own.grid;
      return drawn;
    };
    const mine: KeptGrid = { actors, drawn: draw(), asked: id };
    own.grid = mine;
    return mine.drawn;
  }

  async function grid(params: Methods["grid"]["params"], id: number): Promise<GridAnswer | undefined> {
    const { actors, choices } = params;
    const { machine, places } = openedAs(params.handle);
    if (actors[0] === actors[1] || actors.some((actor) => machine.scenario.actors[actor] === undefined))
      throw new Error(`there is no grid of actors ${actors.join(" and ")}`);
    const own = keptFor(params);
    const found = own && (await futuresIn(own));
    const drawn = own && found && (await gridIn(own, found, actors, id));
    if (own === undefined || found === undefined || drawn === undefined) return { explored: false };
    const standpoints = await inSlices(standpointsAlong(own.exploration, found, choices), isCancelled(id));
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
    const began = clock();
    const comparing = compare(
      ofSides(contenders, ({ subject }) => subject),
      wishes,
      clock,
      () => stopped.has(id),
    );
    const comparison = await inSlices(comparing, isCancelled(id), ({ side, phase, search }) => {
      if (search === undefined) return;
      const progress = { ...progressView(phase, search, params.bounds, clock() - began), side };
      post({ v: PROTOCOL_VERSION, id, type: "progress", progress });
    });
    return comparison && comparedView(contenders, comparison, clock() - began);
  }

  const isCancelled = (id: number) => (): boolean => cancelled.has(id);

  /** Work that gives way now and then. @returns undefined if nobody wants it any more */
  async function inSlices<P, T>(
    work: Generator<P, T>,
    isUnwanted: () => boolean,
    onProgress: (progress: P) => void = () => undefined,
  ): Promise<T | undefined> {
    let [told, paused] = [clock(), clock()];
    for (;;) {
      const next = work.next();
      if (next.done) return next.value;
      const now = clock();
      if (now - paused < SECONDS_PER_SLICE) continue;
      if (now - told >= SECONDS_PER_REPORT) {
        told = now;
        onProgress(next.value);
      }
      await pause(Math.max(0, answered + SECONDS_TO_DRAW - now));
      paused = clock();
      if (isUnwanted()) return undefined;
    }
  }

  function ask(handle: number, text: string): Asked {
    const parsed = parseQuestion(openedAs(handle).machine.scenario, text);
    if (parsed.ok) return { ok: true, mode: parsed.question.mode };
    return { ok: false, at: parsed.at, length: parsed.length, sentence: refusalSentence(text, parsed) };
  }

  async function answer(request: Request): Promise<unknown> {
    switch (request.method) {
      case "describe":
        return describe();
      case "check": {
        const parsed = parse(request.params);
        return parsed.ok ? ({ ok: true, document: parsed.document, entries: parsed.scenario.ptes.length } satisfies Checked) : parsed;
      }
      case "open":
        return open(request.params.handle, request.params);
      case "listings":
        return openedAs(request.params.handle).listings;
      case "view":
        return view(request.params);
      case "pick":
        return pickChoice(request.params);
      case "finish":
        return finishRun(request.params, request.id);
      case "seekStop":
        return seekStop(request.params);
      case "explore":
        return exploreFrom(request.params, request.id);
      case "futures":
        return futures(request.params, request.id);
      case "grid":
        return grid(request.params, request.id);
      case "gridWay":
        return gridWay(request.params);
      case "trace":
        return inSlices(
          itfTrace(openedAs(request.params.handle).machine, request.params.choices.slice(0, request.params.at)),
          isCancelled(request.id),
        );
      case "inspect": {
        const { scenario, run } = follow(request.params);
        return inspection(scenario.machine, run, request.params.at, request.params.index, scenario.names);
      }
      case "diagram":
        return { text: diagramOf(request.params) };
      case "compare":
        return compareUnder(request.params, request.id);
      case "ask":
        return ask(request.params.handle, request.params.text);
      default:
        return request satisfies never;
    }
  }

  async function serve(request: Request): Promise<void> {
    const { id } = request;
    running.add(id);
    try {
      const result = await answer(request);
      if (cancelled.has(id)) post({ v: PROTOCOL_VERSION, id, type: "cancelled" });
      else post({ v: PROTOCOL_VERSION, id, type: "answer", answer: result });
    } catch (error) {
      post({ v: PROTOCOL_VERSION, id, type: "fault", fault: engineFault(error) });
    } finally {
      answered = clock();
      running.delete(id);
      cancelled.delete(id);
      stopped.delete(id);
    }
  }

  return {
    async receive(message) {
      if ("cancel" in message) {
        if (running.has(message.cancel)) cancelled.add(message.cancel);
      } else if ("stop" in message) {
        if (running.has(message.stop)) stopped.add(message.stop);
      } else if (message.v !== PROTOCOL_VERSION) {
        const fault: Fault = {
          kind: "protocol",
          message: `this engine speaks version ${PROTOCOL_VERSION}, the page version ${message.v}: reload the page`,
        };
        post({ v: PROTOCOL_VERSION, id: message.id, type: "fault", fault });
      } else {
        await serve(message);
      }
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

const parse = (source: Source) => ("text" in source ? parseScenarioText(source.text) : parseScenario(source.document));

const engineFault = (error: unknown): Fault => ({ kind: "engine", message: error instanceof Error ? error.message : String(error) });

const cardsOf = (specs: readonly CallSpec[], layer: CallCard["layer"]): readonly CallCard[] =>
  specs.map(({ fn, args, about }) => ({ fn, layer, args, about }));

function describe(): Catalogue {
  return {
    kernelTag: KERNEL_TAG,
    calls: [...cardsOf(PTEP_CALLS, "api"), ...cardsOf(MM_CALLS, "mm")],
    profiles: [...PROFILES].map(([id, { about, variants, lacks }]) => ({ id, about, variants, lacks })),
    properties: PROPERTIES.map((id) => ({ id, about: ABOUT[id] })),
    variants: [...VARIANTS.values()].map(variantCard),
    contPtes: { "4K": GRANULES["4K"].contPtes, "16K": GRANULES["16K"].contPtes, "64K": GRANULES["64K"].contPtes },
    helpers: Object.keys(PTE_HELPERS) as PteHelper[],
  };
}
