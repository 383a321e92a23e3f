/**
 * Tells a story in the page. What is told is the lab's lesson, so that the address, undo and
 * the picture know it; here is what leads from one beat to the next.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Act, Beat, Story } from "../../engine/protocol.ts";
import type { ReadyScenario } from "../../stories/scenarios/index.ts";
import { STORIES } from "../../stories/stories/index.ts";
import type { BeatMoment, StoryCard, ToldStory } from "../scripting/api.ts";
import type { Lab } from "../store/lab.ts";
import { isTold, type StoryLesson, storyIn } from "../store/lesson.ts";
import type { StoryPlace } from "../store/lessonLink.ts";
import { type BeatPlace, beatsOf, SCENES, sceneOf, storyNamed, unknownStory } from "./beats.ts";
import { askedText, readingMs, wayTo } from "./pace.ts";
import { keepProgress, type Progress, readProgress, withBeat } from "./progress.ts";
import { cardOf, type ToldAct, toldStory } from "./toldStory.ts";

/** What was said to a question: one of its answers, or nothing. */
export type Answer = number | "passed";

export interface PlayerState {
  /** The acts that have been opened, by scene. */
  readonly told: ReadonlyMap<string, ToldAct>;
  /** By story and beat, as `answerKey` has it. */
  readonly answers: ReadonlyMap<string, Answer>;
  /** The beat on the way to which the picture moves. */
  readonly going: number | undefined;
  readonly isPlaying: boolean;
  /** 2 is twice as fast. */
  readonly speed: number;
  readonly progress: Progress;
}

export interface Player {
  readonly store: StoreApi<PlayerState>;
  find(scene: string): ReadyScenario | undefined;
  /** Opens a story at a beat. @returns why it cannot be told: a part of a sentence */
  tell(place: StoryPlace): Promise<string | undefined>;
  /** For scripts: what there is to be told. */
  cards(): readonly StoryCard[];
  /** For scripts: all that is told of a story, and where. @throws Error with a sentence for a person */
  read(story: string): Promise<ToldStory>;
  /**
   * For scripts: stands still at one picture of a story.
   *
   * @param beat from 0
   * @throws Error with a sentence for a person; what was open stays open
   */
  show(story: string, beat: number, moment?: BeatMoment): Promise<void>;
  /** To the next beat; first asks the question before it, and tells the answer. */
  next(): void;
  previous(): void;
  goTo(beat: number): void;
  answer(answer: number): void;
  /** Back to the story from a run of one's own, which is kept under the timeline. */
  back(): void;
  /** Leaves the story where it is, to play on with the scenario. */
  leave(): void;
  playOrPause(): void;
  setSpeed(speed: number): void;
}

export const answerKey = (story: string, beat: number): string => `${story} ${beat}`;

/** A story, and where in it the lesson stands. */
interface Standing {
  readonly story: Story;
  readonly beats: readonly BeatPlace[];
  readonly lesson: StoryLesson;
}

export function createPlayer(lab: Lab): Player {
  const store = createStore<PlayerState>(() => ({
    told: new Map(),
    answers: new Map(),
    going: undefined,
    isPlaying: false,
    speed: 1,
    progress: readProgress(),
  }));
  const { getState: get, setState: set } = store;

  /** Where the lesson stands; undefined if there is none. */
  function standing(): Standing | undefined {
    const lesson = storyIn(lab.store.getState().lesson);
    const story = lesson && storyNamed(lesson.story);
    return lesson && story && { story, beats: beatsOf(story), lesson };
  }

  async function toldAct(story: Story, act: number): Promise<ToldAct> {
    const { name, document } = sceneOf(story, act);
    const known = get().told.get(name);
    if (known !== undefined) return known;
    const opened = await lab.client.open({ document });
    if (!opened.ok) throw new Error(`${name} cannot be opened: it should be ${opened.problem.expected}`);
    const told = await lab.client.call("tell", { handle: opened.handle, beats: (story.acts[act] as Act).beats });
    if (!told.ok) throw new Error(`${name}, ${told.sentence}`);
    set(({ told: before }) => ({ told: new Map(before).set(name, told) }));
    return told;
  }

  function lessonAt(story: Story, beat: number, { act, inAct }: BeatPlace): StoryLesson | undefined {
    const told = get().told.get(sceneOf(story, act).name);
    const own = told?.beats[inAct];
    if (told === undefined || own === undefined) return undefined;
    return { story: story.id, beat, asking: false, run: told.choices, at: own.at, focus: own.focus };
  }

  function teach(lesson: StoryLesson): void {
    lab.teach(lesson);
    const { progress } = get();
    const seen = withBeat(progress, lesson.story, lesson.beat);
    if (seen === progress) return;
    keepProgress(seen);
    set({ progress: seen });
  }

  /** Opens the act of a beat, at the beat or where else in its run. */
  async function openAct(story: Story, beat: number, place: BeatPlace, where?: number): Promise<string | undefined> {
    const told = await toldAct(story, place.act);
    const lesson = lessonAt(story, beat, place);
    if (lesson === undefined) throw new Error(`${story.id} has no beat ${beat + 1}`);
    const at = where ?? lesson.at;
    if (at > told.choices.length) return `its position "at" should be a step from 0 to ${told.choices.length}`;
    const base = sceneOf(story, place.act);
    const problem = await lab.open({ base, document: base.document, choices: told.choices.slice(0, Math.max(at, lesson.at)), at, lesson });
    if (problem !== undefined) return `its scenario should be ${problem.expected}`;
    teach(lesson);
    return undefined;
  }

  async function tell({ story: id, beat, at }: StoryPlace): Promise<string | undefined> {
    const story = storyNamed(id);
    if (story === undefined) return `there is no story "${id}"`;
    const beats = beatsOf(story);
    const place = beats[beat];
    if (place === undefined) return `the story "${id}" has ${beats.length} beats, and no beat ${beat + 1}`;
    stopGoing();
    return openAct(story, beat, place, at);
  }

  /** What is under way: another takes its place by taking the number. */
  let way = 0;
  function stopGoing(): void {
    way++;
    held = undefined;
    if (get().going !== undefined) set({ going: undefined });
  }

  const isCalm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  /** Goes to a place of the lesson's run; what has been told of it further on stays. */
  async function standAt(lesson: StoryLesson, at: number): Promise<void> {
    const { choices } = lab.store.getState();
    lab.play(isTold(lesson, choices) && choices.length >= at ? choices : lesson.run.slice(0, at), at);
    await lab.settled();
  }

  /** Moves the picture along to a place of the run, unless the person does something else meanwhile. @returns whether it came there */
  async function moveTo(lesson: StoryLesson, to: number, mine: number): Promise<boolean> {
    const { at, choices } = lab.store.getState();
    const onward = isTold(lesson, choices) && at < to && !isCalm();
    const { everyMs, stops } = onward ? wayTo(at, to) : { everyMs: 0, stops: [to] };
    let shown = lab.store.getState();
    for (const [n, stop] of stops.entries()) {
      if (n > 0) await wait(everyMs / get().speed);
      const now = lab.store.getState();
      if (way !== mine || now.at !== shown.at || now.choices !== shown.choices || now.scenario !== shown.scenario) return false;
      await standAt(lesson, stop);
      shown = lab.store.getState();
    }
    return way === mine && shown.at === to;
  }

  /** @param along whether the moves are shown */
  async function go(beat: number, along: boolean): Promise<void> {
    const here = standing();
    const place = here?.beats[beat];
    if (here === undefined || place === undefined) return;
    stopGoing();
    const mine = way;
    const { story, lesson } = here;
    const isHere = here.beats[lesson.beat]?.act === place.act;
    if (!isHere) {
      // An act begins at its start, and its first moves are shown from there.
      const why = await openAct(story, beat, place, along ? 0 : undefined);
      if (why !== undefined) throw new Error(why);
      if (way !== mine) return;
    }
    const target = lessonAt(story, beat, place);
    if (target === undefined) return;
    if (along) {
      setOut(isHere ? lesson : target, target);
      const came = await moveTo(target, target.at, mine);
      if (way === mine) set({ going: undefined });
      if (!came) return follow();
    } else if (isHere) {
      await standAt(target, target.at);
    }
    if (way === mine) teach(target);
  }

  /** What was said last stays to be read on the way, and where it leads is pointed at. */
  function setOut(said: StoryLesson, target: StoryLesson): void {
    set({ going: target.beat });
    lab.teach({ ...said, asking: false, focus: target.focus });
  }

  function knownStory(id: string): Story {
    const story = storyNamed(id);
    if (story === undefined) throw new Error(unknownStory(id));
    return story;
  }

  async function read(id: string): Promise<ToldStory> {
    const story = knownStory(id);
    return toldStory(story, await Promise.all(story.acts.map((_, act) => toldAct(story, act))));
  }

  async function show(id: string, beat: number, moment: BeatMoment = {}): Promise<void> {
    const story = knownStory(id);
    const { beats } = await read(id);
    const told = beats[beat];
    if (told === undefined) throw new Error(`The story "${id}" has beats 1 to ${beats.length}, and no beat ${beat + 1}.`);
    if ("question" in moment) return showQuestion(story, beat, moment.question);
    const { at = told.at } = moment;
    if (!Number.isInteger(at) || at < told.from || at > told.at)
      throw new Error(`On the way to beat ${beat + 1} of "${id}" there is no step ${at}: its steps are ${told.from} to ${told.at}.`);
    await (at === told.at ? bring(story, beat) : holdOnTheWay(story, beat, at));
  }

  /** Brings a beat with nothing shown on the way. */
  async function bring(story: Story, beat: number): Promise<void> {
    if (standing()?.story === story) return go(beat, false);
    const why = await tell({ story: story.id, beat });
    if (why !== undefined) throw new Error(`The story "${story.id}" cannot be told: ${why}.`);
  }

  async function showQuestion(story: Story, beat: number, question: "asked" | "answered"): Promise<void> {
    // There is no picture before the first beat that it could be asked of.
    if (beat === 0 || beatsOf(story)[beat]?.beat.predict === undefined)
      throw new Error(`Nothing is asked before beat ${beat + 1} of "${story.id}".`);
    await bring(story, beat - 1);
    const here = standing();
    if (here === undefined) return;
    set(({ answers }) => ({ answers: new Map([...answers].filter(([key]) => key !== answerKey(story.id, beat))) }));
    lab.teach({ ...here.lesson, asking: true });
    if (question === "answered") say(story, beat, "passed");
  }

  /** Where the picture is held on the way to a beat, until somebody moves it. */
  let held: number | undefined;
  async function holdOnTheWay(story: Story, beat: number, at: number): Promise<void> {
    const places = beatsOf(story);
    const [before, place] = [places[beat - 1], places[beat]];
    if (place === undefined) return;
    if (standing()?.story !== story || get().going !== beat) {
      const isNewAct = before?.act !== place.act;
      if (isNewAct) await openAct(story, beat, place, at);
      else await bring(story, beat - 1);
      const [target, here] = [lessonAt(story, beat, place), standing()];
      if (target === undefined || here === undefined) return;
      stopGoing();
      setOut(isNewAct ? target : here.lesson, target);
    }
    const here = standing();
    if (here === undefined) return;
    held = at;
    await standAt(here.lesson, at);
  }

  const failed = (error: unknown): void =>
    lab.say({
      tone: "problem",
      text: `The story cannot be told, which is a bug of this page: ${error instanceof Error ? error.message : error}.`,
    });

  const goSafely = (beat: number, along: boolean): void => void go(beat, along).catch(failed);

  function next(): void {
    const here = standing();
    if (here === undefined) return;
    const { going, answers } = get();
    const { story, beats, lesson } = here;
    const beat = lesson.beat + 1;
    const isOpen = beats[beat]?.beat.predict !== undefined && !answers.has(answerKey(story.id, beat));
    if (going !== undefined) goSafely(going, false);
    else if (isOpen && !lesson.asking) lab.teach({ ...lesson, asking: true });
    else if (isOpen) say(story, beat, "passed");
    else goSafely(beat, true);
  }

  function say(story: Story, beat: number, answer: Answer): void {
    set(({ answers }) => ({ answers: new Map(answers).set(answerKey(story.id, beat), answer) }));
  }

  function answer(given: number): void {
    const here = standing();
    if (here === undefined || !here.lesson.asking) return;
    const beat = here.lesson.beat + 1;
    if (!get().answers.has(answerKey(here.story.id, beat))) say(here.story, beat, given);
  }

  function previous(): void {
    const here = standing();
    if (here === undefined) return;
    const isBetween = get().going !== undefined || here.lesson.asking;
    goSafely(isBetween ? here.lesson.beat : here.lesson.beat - 1, false);
  }

  function back(): void {
    const lesson = storyIn(lab.store.getState().lesson);
    if (lesson !== undefined) goSafely(lesson.beat, false);
  }

  /** The person moved along the story's run: the beat that was passed last is the one to read. */
  function follow(): void {
    const { at, choices } = lab.store.getState();
    const here = standing();
    if (here === undefined || !isTold(here.lesson, choices)) return;
    const { story, beats, lesson } = here;
    const act = beats[lesson.beat]?.act;
    const places = beats.flatMap((place, beat) => (place.act === act ? (lessonAt(story, beat, place) ?? []) : []));
    const passed = places.filter((place) => place.at <= at).at(-1) ?? places[0];
    // Several beats may stand at one place: the one that is being read is as good as the last.
    if (passed !== undefined && passed.at !== lesson.at) teach(passed);
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Goes on by itself when what stands there can have been read. */
  function goOnInTime(): void {
    clearTimeout(timer);
    const { isPlaying, going, speed, answers } = get();
    const here = standing();
    if (!isPlaying || going !== undefined) return;
    const ahead = here?.beats[here.lesson.beat + 1]?.beat;
    if (here === undefined || ahead === undefined) set({ isPlaying: false });
    else timer = setTimeout(next, readingMs(textOf(here, ahead, answers)) / speed);
  }

  /** What is there to be read. */
  function textOf({ story, beats, lesson }: Standing, { predict }: Beat, answers: PlayerState["answers"]): string {
    if (!lesson.asking || predict === undefined) return beats[lesson.beat]?.beat.caption ?? "";
    return answers.has(answerKey(story.id, lesson.beat + 1)) ? predict.because : askedText(predict);
  }

  lab.store.subscribe((now, before) => {
    const moved = now.at !== before.at || now.choices !== before.choices;
    if (storyIn(now.lesson) === undefined) {
      if (storyIn(before.lesson) !== undefined) {
        stopGoing();
        set({ isPlaying: false });
      }
    } else if (moved && now.lesson === before.lesson) {
      if (held !== undefined && now.at !== held) stopGoing();
      if (get().going === undefined) follow();
    }
    if (now.lesson !== before.lesson) goOnInTime();
  });
  store.subscribe((now, before) => {
    const { isPlaying, going, speed, answers } = now;
    if (isPlaying !== before.isPlaying || going !== before.going || speed !== before.speed || answers !== before.answers) goOnInTime();
  });

  return {
    store,
    find: (scene) => SCENES.find(({ name }) => name === scene),
    tell,
    cards: () => STORIES.map(cardOf),
    read,
    show,
    next,
    previous,
    goTo: (beat) => goSafely(beat, false),
    answer,
    back,
    leave: () => lab.teach(undefined),
    playOrPause: () => set(({ isPlaying }) => ({ isPlaying: !isPlaying })),
    setSpeed: (speed) => set({ speed }),
  };
}
