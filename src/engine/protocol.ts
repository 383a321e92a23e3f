/**
 * What the page and the engine say to each other: one request, any number of progress
 * notes, then one answer or one fault. Everything is plain data that structured clone
 * can carry; words are hex strings.
 *
 * Requests name a scenario by a handle of the client's choosing and carry the whole
 * list of choices, so an engine that has just been restarted can answer any of them
 * once the scenario has been opened again.
 */

import type { Challenge, Goal, Level } from "./challenge/challenge.ts";
import type { Judged } from "./challenge/judge.ts";
import type { Change } from "./change.ts";
import type { SideName, Sides } from "./compare/sides.ts";
import type { Verdict } from "./explore/findings.ts";
import type { Future } from "./explore/futures.ts";
import type { Cell } from "./explore/grid.ts";
import type { CountedOutcome, ExploreReport, PropertyReport, QuestionReport } from "./explore/report.ts";
import type { GranuleName } from "./hardware/granule.ts";
import type { CompareReport, PartingReport, SideReport, TurnoutReport, VerdictReport } from "./headless/compareReport.ts";
import type { ItfResult } from "./headless/itf.ts";
import type { ArgumentKind } from "./kernel/call.ts";
import type { Listing } from "./kernel/listing.ts";
import type { PteHelper } from "./kernel/pteHelpers.ts";
import type { Shelf } from "./kernel/variants/variant.ts";
import type { Stop } from "./machine/stops.ts";
import type { ScenarioDocument } from "./scenario/document.ts";
import type { Problem } from "./scenario/problem.ts";
import type { Choice } from "./scenario/scenario.ts";
import type { FocusView } from "./story/focus.ts";
import type { Act, Beat, Focus, Prediction, Story, StoryShelf } from "./story/story.ts";
import type { Told, ToldBeat } from "./story/tell.ts";

export { changed } from "./change.ts";
export { LIMITS } from "./scenario/limits.ts";
export { problemSentence } from "./scenario/problem.ts";
export { choiceKey, sharedChoices } from "./scenario/scenario.ts";
export { switchesIn } from "./scenario/switches.ts";
export type {
  Act,
  ArgumentKind,
  Beat,
  Cell,
  Challenge,
  Choice,
  Focus,
  FocusView,
  Future,
  Goal,
  GranuleName,
  Judged,
  Level,
  Listing,
  PartingReport,
  Prediction,
  Problem,
  PropertyReport,
  PteHelper,
  QuestionReport,
  ScenarioDocument,
  Shelf,
  SideName,
  SideReport,
  Sides,
  Stop,
  Story,
  StoryShelf,
  Told,
  ToldBeat,
  TurnoutReport,
  Verdict,
  VerdictReport,
};

export const PROTOCOL_VERSION = 4;

/** Scenarios kept open at once, the oldest forgotten first: the one shown, and a few to go back to. */
export const MOST_OPEN = 8;

export interface Methods {
  /** What this engine knows: for the editor and the source panel. */
  describe: { params: Record<string, never>; answer: Catalogue };
  /** Checks a document without opening it. */
  check: { params: Source; answer: Checked };
  /** Opens a document under a handle. */
  open: { params: Source & { readonly handle: number }; answer: Checked };
  /** The code that an opened scenario's kernel runs, in our words. */
  listings: { params: { readonly handle: number }; answer: readonly Listing[] };
  /** The run that `choices` gives, and the machine as it stands after `at` of them. */
  view: { params: RunAt & { readonly knownSteps: number }; answer: RunView };
  /**
   * The same for a page that goes from one view to the next: the snapshot is told as what differs from the one that the
   * page has. Snapshots go by names of the client's choosing. The engine keeps the one it told last; asked to start from
   * any other, as when it has just been restarted, it tells the whole.
   */
  nextView: { params: RunAt & NextView; answer: RunChange };
  /** An entry after `at` steps, looked at closely. */
  inspect: { params: RunAt & { readonly index: number }; answer: Inspection };
  /** One of the choices on offer after `at` steps, by seed. */
  pick: { params: RunAt & { readonly seed: number }; answer: { readonly choice?: Choice } };
  /** Goes on from `at` to the end or to a stop, each of the actors in turn. Reports progress; may be cancelled. */
  finish: { params: RunAt & FinishWishes; answer: Finished; progress: { readonly steps: number } };
  /** The next position of the run after `at` that comes to one of the stops, or the last before; undefined if none does. */
  seekStop: { params: RunAt & { readonly stops: readonly Stop[]; readonly back: boolean }; answer: StopFound };
  /** Makes the moves of an act on its scenario, opened before: where its beats stand, and whether what they say is so. May be cancelled. */
  tell: { params: { readonly handle: number; readonly beats: Act["beats"] }; answer: Told };
  /** Whether a run, from the start to its end, meets the goal of a challenge. */
  judge: { params: Challenged; answer: Judged };
  /**
   * What to do next where the run ends, to meet the goal with the fewest further switches. Explores the scenario once for each
   * goal, reports progress, and may be cancelled or stopped.
   */
  hint: { params: Challenged; answer: Hint; progress: { readonly states: number } };
  /** Explores every interleaving from `at` on. Reports progress; may be cancelled, or stopped: then it answers with what it has. */
  explore: { params: RunAt & ExploreWishes; answer: Explored; progress: ExploreProgress };
  /**
   * What the future holds along the run that `choices` gives, by the exploration asked for last. It is kept until another
   * begins, two kernels are compared or a scenario is opened. May be cancelled.
   */
  futures: { params: ExploredRun; answer: FuturesAlong };
  /**
   * The interleaving grid of two actors by that exploration, and the run that `choices` gives on it. It is drawn for one pair
   * at a time: asking for another ends the work on the one before. May be cancelled.
   */
  grid: { params: ExploredRun & { readonly actors: readonly [number, number] }; answer: GridAnswer };
  /** A run to a cell of the grid drawn last, from the very first state. */
  gridWay: { params: GridCell; answer: GridWay };
  /** The first `at` steps of a run as a trace that other tools read. May be cancelled. */
  trace: { params: RunAt; answer: ItfResult };
  /** They as a diagram for a mail: only the accesses that matter, or all. */
  diagram: { params: RunAt & { readonly all: boolean }; answer: { readonly text: string } };
  /**
   * Explores a document under two kernels: it is sent twice, and the two differ in nothing else. Reports progress; may be
   * cancelled, or stopped: then what was found until then is compared. One that is refused is an engine fault: `check` first.
   */
  compare: { params: Sides<ScenarioDocument> & ExploreWishes; answer: Compared; progress: CompareProgress };
  /** Whether a question can be asked of this scenario. */
  ask: { params: { readonly handle: number; readonly text: string }; answer: Asked };
}

export type Method = keyof Methods;

/** Text as it came from a file, or a document as data. */
export type Source = { readonly text: string } | { readonly document: unknown };

export interface RunAt {
  readonly handle: number;
  readonly choices: readonly Choice[];
  readonly at: number;
}

/** A run, and what it is to bring about. */
export interface Challenged {
  readonly handle: number;
  readonly goal: Goal;
  readonly choices: readonly Choice[];
}

export type Hint =
  | {
      readonly kind: "way";
      /** What the next actor is to do before another takes over, or to the goal: one choice at least. */
      readonly turn: readonly Choice[];
      readonly actor: number;
      /** What the last of these choices does. */
      readonly upTo: string;
      /** Context switches from here to the goal. */
      readonly switches: number;
    }
  | { readonly kind: "met" }
  /** From this position of the run on, 0 the start, the goal cannot be reached. */
  | { readonly kind: "lost"; readonly since: number }
  /** The search was stopped. */
  | { readonly kind: "stopped" };

/** A run, and the exploration it is judged by. */
export interface ExploredRun {
  readonly handle: number;
  /** The run that the exploration began after. */
  readonly from: readonly Choice[];
  readonly choices: readonly Choice[];
}

export type FuturesAlong =
  /** That exploration is not kept. */
  | { readonly explored: false }
  /** Before the first choice and after each. */
  | {
      readonly explored: true;
      readonly futures: readonly Future[];
      /** From this position on something has failed on the run. */
      readonly failedAt?: number;
    };

export type GridAnswer =
  /** That exploration is not kept, or the grid of another pair has been asked for since. */
  { readonly explored: false } | { readonly explored: true; readonly grid: GridView };

export interface GridView {
  /** The places of the first actor and those of the second, each in the order of its program. */
  readonly axes: readonly [readonly PlaceView[], readonly PlaceView[]];
  /** Those that are reached. */
  readonly cells: readonly Cell[];
  /** Where the run is before its first choice and after each; undefined where the exploration has not been. */
  readonly path: readonly (Cell["at"] | undefined)[];
  /** From this position on something has failed on the run, which its cells, where others come too, need not tell. */
  readonly failedAt?: number;
}

/** Where an actor stands: a line of code that is next, or as much of that as places are told apart by. */
export interface PlaceView {
  /** The call or access, counted from 0. Undefined at the end. */
  readonly number?: number;
  /** How many share this place, from that one on, where that is more than one. */
  readonly calls?: number;
  /** The call or access in words; `finished` at the end. */
  readonly call: string;
  readonly fn?: string;
  /** Line of the listing, from 0. */
  readonly line?: number;
  /** The entry that is next. */
  readonly entry?: number;
}

export interface GridCell {
  readonly handle: number;
  /** The run that the exploration began after. */
  readonly from: readonly Choice[];
  readonly actors: readonly [number, number];
  readonly cell: Cell["at"];
}

export type GridWay =
  /** That grid is not kept. */
  | { readonly explored: false }
  /** Undefined if no run comes to this cell. */
  | { readonly explored: true; readonly choices: readonly Choice[] | undefined };

export interface Catalogue {
  readonly kernelTag: string;
  readonly calls: readonly CallCard[];
  readonly profiles: readonly ProfileCard[];
  readonly variants: readonly VariantCard[];
  /** What an exploration looks after, each in a sentence. */
  readonly properties: readonly { readonly id: string; readonly about: string }[];
  readonly contPtes: Readonly<Record<GranuleName, number>>;
  /** What a scenario may apply to an earlier result. */
  readonly helpers: readonly PteHelper[];
}

export interface CallCard {
  readonly fn: string;
  /** `api`: entries, flushes and the lock. `mm`: core mm, which uses them. */
  readonly layer: "api" | "mm";
  readonly args: readonly ArgumentKind[];
  readonly about: string;
}

/** A kernel: the variants it is made of, and the calls it has not. */
export interface ProfileCard {
  readonly id: string;
  readonly about: string;
  readonly variants: readonly string[];
  readonly lacks: readonly string[];
}

/** A design alternative, a past bug or a deliberate mistake. */
export interface VariantCard {
  readonly id: string;
  readonly shelf: Shelf;
  readonly what: string;
  readonly who: string;
  readonly where: string;
  /** The pieces of code it puts others in the place of. */
  readonly slots: readonly string[];
  /** The level of break-before-make of the machines it is for, if not all. */
  readonly bbm?: 0 | 2;
  /** The one public call through which its code is reached, if there is but one. */
  readonly call?: string;
}

export type Checked =
  /** `document` as it was given: defaults are not filled in, so that links and files say what the person said. */
  { readonly ok: true; readonly document: ScenarioDocument; readonly entries: number } | { readonly ok: false; readonly problem: Problem };

export interface RunView {
  /** The steps from number `firstStep` on: those before it are the ones the client said it knows. */
  readonly firstStep: number;
  readonly steps: readonly StepView[];
  readonly snapshot: Snapshot;
  /** The choices could not all be followed: the first that was not on offer, and why. */
  readonly diverged?: { readonly step: number; readonly expected: string };
}

export interface NextView {
  readonly knownSteps: number;
  /** The snapshot that the page has, if any. */
  readonly from?: number;
  /** Names the one that is asked for; never used before. */
  readonly as: number;
}

export interface RunChange extends Omit<RunView, "snapshot"> {
  /** Undefined if it is equal to the one that the page has. */
  readonly change?: Change;
}

export interface StepView {
  readonly actor: number;
  /** `read`, `xchg`, `tlbi`, …; for an MMU access `mmu-read`, `mmu-write`, …; `land`. */
  readonly op: string;
  /** Entries touched. */
  readonly index?: number;
  readonly count?: number;
  /** A flush of those entries has taken effect in every TLB. */
  readonly lands?: true;
  /** One sentence. */
  readonly text: string;
  readonly fn?: string;
  readonly call?: number;
  readonly label?: string;
  readonly change?: { readonly index: number; readonly old: string; readonly new: string };
  /** What hardware recorded in the entry that `change` names. */
  readonly recorded?: { readonly young: boolean; readonly dirty: boolean };
  readonly events: readonly EventView[];
}

export interface EventView {
  readonly kind: "return" | "warning" | "retry" | "fault" | "tlb-conflict" | "scope";
  readonly text: string;
}

export interface Snapshot {
  readonly at: number;
  readonly entries: readonly EntryView[];
  readonly blocks: readonly BlockView[];
  readonly folios: readonly FolioSpan[];
  readonly tlbs: readonly TlbView[];
  readonly pending: readonly { readonly actor: number; readonly index: number; readonly count: number }[];
  /** The actor that holds the page-table lock. */
  readonly ptl?: number;
  readonly actors: readonly ActorView[];
  /** The step that led here. */
  readonly last?: StepView;
}

export interface EntryView extends WordView {
  readonly index: number;
}

/** A page-table word, decoded. */
export interface WordView {
  readonly word: string;
  /**
   * `none`: the word is 0. `swap`: not present, a swap entry. `prot-none`, `invalid`: present to
   * Linux, but hardware does not translate it; the former is PROT_NONE's encoding.
   */
  readonly kind: "none" | "swap" | "prot-none" | "invalid" | "valid";
  readonly pfn: string;
  readonly cont: boolean;
  readonly young: boolean;
  readonly dirty: "clean" | "hardware" | "software" | "both";
  readonly write: boolean;
  readonly special: boolean;
  /** Write-protected for userfaultfd. */
  readonly uffd: boolean;
  /** Accessible to user space. */
  readonly user: boolean;
  /** Of a swap entry: the swap area and the slot in it. */
  readonly swap?: { readonly type: number; readonly offset: string };
}

/** One entry looked at closely. */
export interface Inspection {
  readonly index: number;
  readonly word: string;
  /** Every bit in one field, from bit 63 down. */
  readonly fields: readonly FieldView[];
  /** Before its last change; undefined if it has not been changed. */
  readonly before?: { readonly word: string; readonly fields: readonly FieldView[] };
  /** The latest ones, in order. */
  readonly changes: readonly ChangeView[];
  /** Changes before those. */
  readonly earlier: number;
  readonly lookups: readonly LookupView[];
}

export interface FieldView {
  readonly name: string;
  readonly high: number;
  readonly low: number;
  /** Of one bit `0` or `1`, of more hex. */
  readonly value: string;
  /** What this value says. */
  readonly says: string;
}

export interface ChangeView {
  /** The step that made it, from 1. */
  readonly step: number;
  readonly by: "hardware" | "software";
  readonly text: string;
}

/** What a CPU's TLB and MMU would do for a page now. */
export interface LookupView {
  readonly actor: number;
  readonly answer: "hit" | "miss" | "conflict";
  /** Those that cover the page, with the frame they give for it. */
  readonly entries: readonly { readonly start: number; readonly count: number; readonly pfn: string; readonly writable: boolean }[];
  /** The actors whose pending invalidations will take them. */
  readonly pending: readonly number[];
  /** What a read and a write would come to. */
  readonly read: string;
  readonly write: string;
}

export interface BlockView {
  readonly start: number;
  readonly count: number;
  /** `mixed`: some valid entries have CONT, but the block is not one run of them. */
  readonly state: "folded" | "mixed" | "single" | "empty";
  /** Of a mixed block: all that keeps it from being one run. */
  readonly misfits: readonly Misfit[];
}

/** Entries that are not valid, valid ones without CONT, and among the valid ones frames out of line and different protections. */
export type Misfit = "not-valid" | "no-cont" | "frames" | "protections";

/** Consecutive entries that map consecutive pages of one folio. */
export interface FolioSpan {
  readonly start: number;
  readonly count: number;
  readonly pfn: string;
  readonly pages: number;
  /** Frames and addresses are aligned alike, so that blocks of this span could fold. */
  readonly aligned: boolean;
}

export interface TlbView {
  readonly actor: number;
  readonly entries: readonly {
    readonly start: number;
    readonly count: number;
    readonly pfn: string;
    readonly writable: boolean;
    /** Pages that the table no longer translates so. */
    readonly stale: readonly number[];
    readonly conflicting: boolean;
  }[];
}

export interface ActorView {
  readonly actor: number;
  readonly name: string;
  readonly kind: "kernel" | "mmu";
  readonly status: "ready" | "waiting" | "finished";
  /** Why it cannot move; a sentence. Set unless `ready`. */
  readonly why?: string;
  readonly moves: readonly { readonly choice: Choice; readonly text: string }[];
  /** Its calls or accesses, in order. */
  readonly program: readonly { readonly text: string; readonly state: "done" | "now" | "later"; readonly result?: string }[];
  /** Call stack, innermost last. Empty for an MMU and for an actor that has finished. */
  readonly frames: readonly FrameView[];
}

export interface FrameView {
  readonly fn: string;
  /** Line of the listing, from 0. */
  readonly line: number;
  readonly locals: readonly { readonly name: string; readonly value: string /** By the last step. */; readonly changed?: true }[];
}

export interface FinishWishes {
  readonly stops?: readonly Stop[];
  /** Those that may move; everybody if left out. */
  readonly actors?: readonly number[];
}

export interface StopFound {
  readonly at?: number;
  /** The one it comes to. */
  readonly stop?: Stop;
}

export interface Finished {
  /** All choices, those before `at` included. */
  readonly choices: readonly Choice[];
  readonly ended: "end" | "limit" | "stop";
  /** The one it came to. */
  readonly stop?: Stop;
  /** The actors that can only repeat themselves, and those that wait for what nobody will do. */
  readonly spinning: readonly number[];
  readonly blocked: readonly number[];
}

export interface ExploreWishes {
  /** A person's own, each a line of text; one that cannot be parsed is an engine fault: `ask` first. */
  readonly questions: readonly string[];
  readonly bounds: { readonly states: number; readonly seconds?: number; readonly memory?: number };
}

export type Asked =
  | { readonly ok: true; readonly mode: "always" | "never" | "sometimes" | "eventually" }
  /** The place of the offending word, in characters, and a sentence about it. */
  | { readonly ok: false; readonly at: number; readonly length: number; readonly sentence: string };

/** What `lab explore` prints, and what a person needs to read it. */
export interface Explored extends ExploreReport {
  readonly outcomes: readonly OutcomeView[];
  readonly seconds: number;
  /** Every word that an outcome returns or leaves in the table, decoded. */
  readonly words: Readonly<Record<string, WordView>>;
}

/** One way in which runs end. */
export interface OutcomeView extends CountedOutcome {
  /** What everybody got as people read it: a word that is no pte is told as a number or as a frame. */
  readonly told: readonly (readonly string[])[];
}

/** What `lab compare` prints, and what a person needs to read it. */
export interface Compared extends CompareReport {
  readonly outcomes: Sides<readonly OutcomeView[]>;
  readonly seconds: number;
  /** Every word of these outcomes, decoded. */
  readonly words: Explored["words"];
}

/** What a method reports while it is under way. */
export type ProgressOf<M extends Method> = Methods[M] extends { readonly progress: infer P } ? P : never;
export type Progress = { readonly [M in Method]: ProgressOf<M> }[Method];

export interface ExploreProgress {
  readonly phase: "searching" | "reading";
  readonly states: number;
  readonly transitions: number;
  /** States found whose steps have not been made. */
  readonly frontier: number;
  readonly depth: number;
  readonly seconds: number;
  /** Megabytes that the search keeps. */
  readonly memory: number;
  /** Set where it is likely to come to more states than it may have: about how many. */
  readonly likelyStates?: number;
  /** The properties that have failed so far: told long before the ways to it are found. */
  readonly failed: readonly string[];
  /** Every state has been looked at. */
  readonly whole: boolean;
}

export interface CompareProgress extends ExploreProgress {
  /** The side that is being explored. */
  readonly side: SideName;
}

export type Request = {
  readonly [M in Method]: { readonly v: number; readonly id: number; readonly method: M; readonly params: Methods[M]["params"] };
}[Method];
export type ToEngine =
  | Request
  | { readonly v: number; readonly cancel: number }
  /** Ends an exploration; it answers with what it has found. */
  | { readonly v: number; readonly stop: number };

export type FromEngine =
  | { readonly v: number; readonly id: number; readonly type: "progress"; readonly progress: Progress }
  | { readonly v: number; readonly id: number; readonly type: "answer"; readonly answer: unknown }
  | { readonly v: number; readonly id: number; readonly type: "cancelled" }
  | { readonly v: number; readonly id: number; readonly type: "fault"; readonly fault: Fault };

export interface Fault {
  /** `engine`: a broken invariant, our bug. `protocol`: the two sides do not fit together. */
  readonly kind: "engine" | "protocol";
  readonly message: string;
}
