/**
 * The engine's side of the protocol: decodes requests, keeps opened scenarios and the
 * run last asked for of each, answers. Long work is done in slices; between slices
 * the caller's `pause` lets a cancellation come in.
 */
import { changeOf } from "./change.ts";
import type { Clock } from "./explore/explore.ts";
import { ABOUT, PROPERTIES } from "./explore/properties/property.ts";
import type { Exploring, Ground } from "./exploring.ts";
import { GRANULES } from "./hardware/granule.ts";
import { divergence } from "./headless/divergence.ts";
import type { Hinting } from "./hinting.ts";
import type { CallSpec } from "./kernel/call.ts";
import { KERNEL_TAG, type Listing } from "./kernel/listing.ts";
import { listingsOf } from "./kernel/listings.ts";
import { MM_CALLS } from "./kernel/mm/calls.ts";
import { PTE_HELPERS, type PteHelper } from "./kernel/pteHelpers.ts";
import { PTEP_CALLS } from "./kernel/ptep/calls.ts";
import { PROFILES, VARIANTS } from "./kernel/variants/profiles.ts";
import { kernelOf, machineFor } from "./lab.ts";
import { finish } from "./machine/finish.ts";
import type { Machine } from "./machine/machine.ts";
import { pick } from "./machine/random.ts";
import { beginRun, finalState, type Run, replay } from "./machine/run.ts";
import type { MachineState } from "./machine/state.ts";
import type { Step } from "./machine/step.ts";
import { stopMet } from "./machine/stops.ts";
import {
  type CallCard,
  type Catalogue,
  type Challenged,
  type Checked,
  type Fault,
  type Finished,
  type FromEngine,
  type Hint,
  type Methods,
  MOST_OPEN,
  PROTOCOL_VERSION,
  type Progress,
  type Request,
  type RunAt,
  type RunChange,
  type RunView,
  type Snapshot,
  type Source,
  type Stop,
  type StopFound,
  type ToEngine,
} from "./protocol.ts";
import { LIMITS } from "./scenario/limits.ts";
import { parseScenario, parseScenarioText } from "./scenario/parse.ts";
import type { Choice } from "./scenario/scenario.ts";
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
 * @param compiled loads the inner loop of the search as WebAssembly, if there is any
 */
export function createHost(
  post: (message: FromEngine) => void,
  pause: (seconds: number) => Promise<void>,
  clock: Clock,
  compiled: () => Promise<WebAssembly.Module | undefined> = async () => undefined,
): Host {
  const opened = new Map<number, Opened>();
  const cancelled = new Set<number>();
  const stopped = new Set<number>();
  const running = new Set<number>();
  let answered = Number.NEGATIVE_INFINITY;
  let exploring: Exploring | undefined;
  let hinting: Hinting | undefined;
  /** The snapshot that the page was told last. */
  let told: { readonly name: number; readonly snapshot: Snapshot } | undefined;

  function open(handle: number, source: Source): Checked {
    const parsed = parse(source);
    if (!parsed.ok) return parsed;
    const machine = machineFor(parsed.scenario);
    exploring?.forget();
    hinting?.forget();
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

  function nextView({ from, as, ...params }: Methods["nextView"]["params"]): RunChange {
    const { snapshot, ...rest } = view(params);
    const change = told !== undefined && told.name === from ? changeOf(told.snapshot, snapshot) : { to: snapshot };
    told = { name: as, snapshot };
    return { ...rest, ...(change && { change }) };
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

  async function diagramOf({ handle, choices, at, all }: Methods["diagram"]["params"]): Promise<string> {
    const { diagram } = await import("./view/diagram/diagram.ts");
    const { machine, run } = openedAs(handle);
    const { scenario } = machine;
    const kernel = `Linux ${[scenario.profile, ...scenario.variants].join(" + ")}`;
    return diagram(scenario, replay(machine, choices.slice(0, at), run), kernel, all);
  }

  const isCancelled = (id: number) => (): boolean => cancelled.has(id);

  /** Work that gives way now and then. @returns undefined if nobody wants it any more */
  async function inSlices<P, T>(
    work: Generator<P, T>,
    isUnwanted: () => boolean,
    onProgress: (progress: P) => void = () => undefined,
  ): Promise<T | undefined> {
    let [reported, paused] = [clock(), clock()];
    for (;;) {
      const next = work.next();
      if (next.done) return next.value;
      const now = clock();
      if (now - paused < SECONDS_PER_SLICE) continue;
      if (now - reported >= SECONDS_PER_REPORT) {
        reported = now;
        onProgress(next.value);
      }
      await pause(Math.max(0, answered + SECONDS_TO_DRAW - now));
      paused = clock();
      if (isUnwanted()) return undefined;
    }
  }

  async function trace({ handle, choices, at }: Methods["trace"]["params"], id: number): Promise<unknown> {
    const { itfTrace } = await import("./headless/itf.ts");
    return inSlices(itfTrace(openedAs(handle).machine, choices.slice(0, at)), isCancelled(id));
  }

  const report: Ground["report"] = (id, progress) => post({ v: PROTOCOL_VERSION, id, type: "progress", progress });
  const ground: Ground = { clock, openedAs, isCancelled, isStopped: (id) => stopped.has(id), report, inSlices };

  /** Loaded by whoever asks for it first. */
  async function toExplore(): Promise<Exploring> {
    const [{ createExploring }, loop] = await Promise.all([import("./exploring.ts"), compiled()]);
    exploring ??= createExploring(ground, loop);
    return exploring;
  }

  async function hint(params: Challenged, id: number): Promise<Hint | undefined> {
    const [{ createHinting }, loop] = await Promise.all([import("./hinting.ts"), compiled()]);
    hinting ??= createHinting(ground, loop);
    return hinting.hint(params, id);
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
      case "nextView":
        return nextView(request.params);
      case "pick":
        return pickChoice(request.params);
      case "finish":
        return finishRun(request.params, request.id);
      case "seekStop":
        return seekStop(request.params);
      case "tell": {
        const { tell } = await import("./story/tell.ts");
        return inSlices(tell(openedAs(request.params.handle).machine, request.params.beats), isCancelled(request.id));
      }
      case "judge": {
        const { judge } = await import("./challenge/judge.ts");
        const { handle, goal, choices } = request.params;
        return judge(openedAs(handle).machine, goal, choices);
      }
      case "hint":
        return hint(request.params, request.id);
      case "explore":
        return (await toExplore()).explore(request.params, request.id);
      case "futures":
        return (await toExplore()).futures(request.params, request.id);
      case "grid":
        return (await toExplore()).grid(request.params, request.id);
      case "gridWay":
        return (await toExplore()).gridWay(request.params);
      case "trace":
        return trace(request.params, request.id);
      case "inspect": {
        const { scenario, run } = follow(request.params);
        return inspection(scenario.machine, run, request.params.at, request.params.index, scenario.names);
      }
      case "diagram":
        return { text: await diagramOf(request.params) };
      case "compare":
        return (await toExplore()).compare(request.params, request.id);
      case "ask":
        return (await toExplore()).ask(request.params.handle, request.params.text);
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
