/** Every command of the page, as things stand now. */
import type { Page } from "../app/page.ts";
import type { Referee } from "../challenges/referee.ts";
import { EXPLORER_ID, type Explorer } from "../explorer/explorer.ts";
import { inspectedEntry } from "../inspector/inspected.ts";
import type { Runner } from "../run/runner.ts";
import { actorName } from "../shared/names.ts";
import { copyLink } from "../store/address.ts";
import { type Lab, NOTHING_TO_REDO, NOTHING_TO_UNDO } from "../store/lab.ts";
import { challengeIn, storyIn } from "../store/lesson.ts";
import type { Player } from "../stories/player.ts";
import type { Stories } from "../stories/stories.ts";
import type { TimelineHandle } from "../timeline/TimelineContext.tsx";
import { ZOOM_FACTOR } from "../timeline/ZoomButtons.tsx";
import type { Command } from "./command.ts";

/** What commands act on. */
export interface Stage {
  readonly lab: Lab;
  readonly runner: Runner;
  readonly stories: Stories;
  readonly explorer: Explorer;
  readonly page: Page;
  readonly timeline: TimelineHandle;
}

const files = () => import("../scenario/files.ts");

const OPENING = "Nothing is open yet.";

export function commandsOf(stage: Stage): readonly Command[] {
  return [
    ...runCommands(stage),
    ...storyCommands(stage),
    ...challengeCommands(stage),
    ...actorCommands(stage),
    ...scenarioCommands(stage),
    ...takeAwayCommands(stage),
    ...exploreCommands(stage),
    ...timelineCommands(stage),
    ...pageCommands(stage),
  ];
}

function runCommands({ lab, runner }: Stage): readonly Command[] {
  const { scenario, at, history, running } = lab.store.getState();
  const blocked = scenario === undefined ? OPENING : undefined;
  const { playing, coarse, stops } = runner.store.getState();
  const noStop = blocked ?? (stops.length === 0 ? "No stop is set." : undefined);
  const atStart = blocked ?? (at === 0 ? "This is the start." : undefined);
  return [
    {
      id: "run.forward",
      group: "Run",
      title: "Step forward: along the recorded run, then on with the actor that moved last",
      keys: ["ArrowRight"],
      blocked,
      run: () => runner.forward(),
    },
    { id: "run.back", group: "Run", title: "Step back", keys: ["ArrowLeft", "Backspace", "u"], blocked: atStart, run: () => runner.back() },
    { id: "run.start", group: "Run", title: "Go to the start", keys: ["Home"], blocked, run: () => lab.seek(0) },
    {
      id: "run.end",
      group: "Run",
      title: "Go to the last recorded step; from there, run to the end",
      keys: ["End"],
      blocked,
      run: () => lab.toEnd(),
    },
    { id: "run.random", group: "Run", title: "Random step, by the seed shown", keys: ["r"], blocked, run: () => lab.stepRandom() },
    { id: "run.restart", group: "Run", title: "Begin again; the run is kept under the timeline", blocked, run: () => lab.restart() },
    {
      id: "run.stop",
      group: "Run",
      title: "Stop running to the end",
      blocked: running === undefined ? "Nothing is running." : undefined,
      run: () => running?.stop(),
    },
    {
      id: "run.play",
      group: "Run",
      title: playing ? "Pause" : "Play: along the run, to the next stop or its end",
      keys: [" ", "."],
      blocked,
      run: () => runner.playOrPause(),
    },
    {
      id: "run.coarse",
      group: "Run",
      title: coarse ? "Step by each access" : "Step by whole calls",
      keys: ["g"],
      run: () => runner.setCoarse(!coarse),
    },
    { id: "run.stop.next", group: "Run", title: "Run to the next stop", keys: ["n"], blocked: noStop, run: () => runner.runToStop() },
    { id: "run.stop.back", group: "Run", title: "Back to the stop before", keys: ["N"], blocked: noStop, run: () => runner.backToStop() },
    {
      id: "run.stop.here",
      group: "Run",
      title: "Stop at the line where the actor that moved last stands, or no more",
      keys: ["b"],
      blocked,
      run: () => lab.after(() => stopHere(lab, runner)),
    },
    {
      id: "run.undo",
      group: "Run",
      title: "Undo: bring back what was replaced, a scenario or a run",
      keys: ["mod+z"],
      blocked: history.undo.length > 0 ? undefined : NOTHING_TO_UNDO,
      run: () => lab.undo(),
    },
    {
      id: "run.redo",
      group: "Run",
      title: "Redo what was undone",
      keys: ["mod+shift+z", "mod+y"],
      blocked: history.redo.length > 0 ? undefined : NOTHING_TO_REDO,
      run: () => lab.redo(),
    },
  ];
}

/** A breakpoint without a mouse. */
function stopHere(lab: Lab, runner: Runner): void {
  const { actors = [], last } = lab.shown()?.snapshot ?? {};
  const frame = (actors.find(({ actor }) => actor === last?.actor) ?? actors[0])?.frames.at(-1);
  const place = lab.listings().find(({ fn }) => fn === frame?.fn)?.lines[frame?.line ?? 0]?.place;
  if (frame === undefined || place === undefined) lab.say({ tone: "info", text: "The actor that moved last stands at no line." });
  else runner.toggleLine(`${frame.fn}.${place}`);
}

function storyCommands({ lab, stories, page }: Stage): readonly Command[] {
  const story = storyIn(lab.store.getState().lesson);
  const blocked = story === undefined ? "No story is open." : undefined;
  const player = (act: (player: Player) => void) => (): void => {
    if (story !== undefined) void stories.player().then(act);
  };
  return [
    { id: "story.list", group: "Story", title: "Stories…", keys: ["s"], run: () => page.setState({ overlay: "stories" }) },
    { id: "story.next", group: "Story", title: "To the next beat", keys: ["PageDown"], blocked, run: player(({ next }) => next()) },
    {
      id: "story.previous",
      group: "Story",
      title: "To the beat before",
      keys: ["PageUp"],
      blocked,
      run: player(({ previous }) => previous()),
    },
    {
      id: "story.play",
      group: "Story",
      title: "Let the story go on by itself, or pause it",
      keys: ["a"],
      blocked,
      run: player(({ playOrPause }) => playOrPause()),
    },
    { id: "story.back", group: "Story", title: "Back to the story from a run of your own", blocked, run: player(({ back }) => back()) },
    { id: "story.leave", group: "Story", title: "Leave the story, to play on your own", blocked, run: player(({ leave }) => leave()) },
  ];
}

function challengeCommands({ lab, stories, page }: Stage): readonly Command[] {
  const challenge = challengeIn(lab.store.getState().lesson);
  const blocked = challenge === undefined ? "No challenge is open." : undefined;
  const referee = (act: (referee: Referee) => void) => (): void => {
    if (challenge !== undefined) void stories.referee().then(act);
  };
  return [
    { id: "challenge.list", group: "Challenge", title: "Challenges…", keys: ["c"], run: () => page.setState({ overlay: "challenges" }) },
    { id: "challenge.hint", group: "Challenge", title: "Hint: who goes next", keys: ["h"], blocked, run: referee(({ hint }) => hint()) },
    { id: "challenge.next", group: "Challenge", title: "To the next challenge", blocked, run: referee(({ next }) => next()) },
    { id: "challenge.leave", group: "Challenge", title: "Leave the challenge", blocked, run: referee(({ leave }) => leave()) },
  ];
}

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

function actorCommands({ lab, runner }: Stage): readonly Command[] {
  const document = lab.store.getState().scenario?.document;
  return DIGITS.map((digit) => ({
    id: `actor.${digit}`,
    group: "Actors" as const,
    title: `Step ${document === undefined ? "" : actorName(document, digit - 1)}`,
    keys: [`${digit}`],
    family: { keys: ["1", "…", "9"], title: "Step that actor; a list opens where it has several moves" },
    absent: digit > (document?.actors.length ?? 0),
    run: () => runner.stepActor(digit - 1),
  }));
}

function scenarioCommands({ lab, page }: Stage): readonly Command[] {
  const { scenario } = lab.store.getState();
  const blocked = scenario === undefined ? OPENING : undefined;
  return [
    { id: "scenario.edit", group: "Scenario", title: "Edit the scenario", blocked, run: () => page.setState({ overlay: "editor" }) },
    {
      id: "scenario.open",
      group: "Scenario",
      title: "Open a scenario from a file",
      run: async () => (await files()).openScenarioFile(lab),
    },
  ];
}

function takeAwayCommands({ lab, page }: Stage): readonly Command[] {
  const blocked = lab.store.getState().scenario === undefined ? OPENING : undefined;
  const savePicture = async (format: "svg" | "png") => (await import("../takeAway/savePicture.ts")).savePicture(lab, format);
  const ways: readonly (readonly [id: string, title: string, take: () => unknown])[] = [
    ["link", "Copy a link to this step", () => copyLink(lab)],
    ["diagram", "Diagram for a mail…", () => page.setState({ overlay: "diagram" })],
    ["scenario", "Save the scenario and the run (JSON)", async () => (await files()).saveScenarioFile(lab)],
    ["trace", "Save the run as a trace for model checkers (ITF)", async () => (await files()).saveTraceFile(lab)],
    ["svg", "Save the picture (SVG)", () => savePicture("svg")],
    ["png", "Save the picture (PNG)", () => savePicture("png")],
  ];
  return ways.map(([id, title, take]) => ({ id: `take.${id}`, group: "Take away", title, blocked, run: () => void take() }));
}

function exploreCommands({ lab, explorer }: Stage): readonly Command[] {
  const { scenario } = lab.store.getState();
  const { open, running } = explorer.store.getState();
  const blocked = scenario === undefined ? OPENING : running === undefined ? undefined : "An exploration is under way.";
  const explore = (from: "start" | "here") => (): void => {
    explorer.show(true);
    explorer.setMode("explore");
    void explorer.start(from);
  };
  return [
    {
      id: "explore.open",
      group: "Explore",
      title: "Open the explorer, or go to it: every interleaving of the scenario",
      keys: ["e"],
      run: () => (open ? document.getElementById(EXPLORER_ID)?.focus() : explorer.show(true)),
    },
    { id: "explore.start", group: "Explore", title: "Explore every interleaving", blocked, run: explore("start") },
    { id: "explore.here", group: "Explore", title: "Explore every future of this step", blocked, run: explore("here") },
  ];
}

function timelineCommands({ timeline, lab }: Stage): readonly Command[] {
  const blocked = lab.store.getState().scenario === undefined ? OPENING : undefined;
  const zoom = (factor: number) => (): void => timeline.current?.zoomBy(factor);
  return [
    { id: "time.in", group: "View", title: "Zoom in on the timeline", keys: ["+", "="], blocked, run: zoom(ZOOM_FACTOR) },
    { id: "time.out", group: "View", title: "Zoom out of the timeline", keys: ["-"], blocked, run: zoom(1 / ZOOM_FACTOR) },
    {
      id: "time.fit",
      group: "View",
      title: "Fit the whole run into the timeline",
      keys: ["0"],
      blocked,
      run: () => timeline.current?.fit(),
    },
  ];
}

function pageCommands({ lab, page }: Stage): readonly Command[] {
  const { presenting, inspected } = page.getState();
  const entries = lab.store.getState().scenario?.entries ?? 0;
  const inspect = (by: number) => (): void => {
    if (entries === 0) return;
    const from = inspectedEntry(inspected, entries, lab.shown()?.snapshot);
    page.setState({ inspected: (from + by + entries) % entries });
  };
  return [
    { id: "view.next", group: "View", title: "Inspect the next entry", keys: ["]"], run: inspect(1) },
    { id: "view.previous", group: "View", title: "Inspect the entry before", keys: ["["], run: inspect(-1) },
    {
      id: "view.follow",
      group: "View",
      title: "Inspect the entry that the run touches",
      keys: ["i"],
      blocked: inspected === undefined ? "It is so." : undefined,
      run: () => page.setState({ inspected: undefined }),
    },
    {
      id: "view.present",
      group: "View",
      title: presenting ? "Leave the presentation" : "Present: large type, and nothing but the picture",
      keys: ["p"],
      run: () => page.setState({ presenting: !presenting }),
    },
    {
      id: "help.palette",
      group: "Help",
      title: "Find a command",
      keys: ["mod+k", "mod+shift+p"],
      everywhere: true,
      run: () => page.setState({ overlay: "palette" }),
    },
    { id: "help.glossary", group: "Help", title: "Glossary: what the words mean", run: () => page.setState({ overlay: "glossary" }) },
    { id: "help.keys", group: "Help", title: "This list", keys: ["?"], run: () => page.setState({ overlay: "keys" }) },
  ];
}
