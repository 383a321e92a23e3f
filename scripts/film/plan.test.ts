import { describe, expect, it } from "vitest";
import type { ToldStory, ToldStoryBeat } from "../../src/ui/scripting/api.ts";
import { askedText, readingMs } from "../../src/ui/stories/pace.ts";
import { captionsOf, metadataOf } from "./captions.ts";
import { type Pacing, planOf, type Shot } from "./plan.ts";

const PACING: Pacing = { fps: 25, speed: 1, calm: false };

const predict = { ask: "What is in `PTE 4`?", answers: ["0", "A frame & bits"], right: 1, because: "It was put back." };

const beat = (from: number, at: number, more: Partial<ToldStoryBeat> = {}): ToldStoryBeat => ({
  act: 0,
  caption: `It is step ${at} of \`this\`.`,
  from,
  at,
  checks: [],
  ...more,
});

const story = (...beats: readonly ToldStoryBeat[]): ToldStory => ({
  id: "a-story",
  shelf: "basics",
  title: "A story",
  teaches: "What `CONT` is.",
  beats,
});

/** Each shot in short: what it shows. */
const seen = (shots: readonly Shot[]): readonly string[] =>
  shots.map(({ scene }) => {
    if (scene.show === "card") return `card ${scene.title}, picture of ${scene.beat}`;
    const { moment = {} } = scene;
    if ("question" in moment) return `${scene.beat} ${moment.question}`;
    return moment.at === undefined ? `${scene.beat}` : `${scene.beat} at ${moment.at}`;
  });

describe("a film", () => {
  it("shows where it starts, each step to each beat, and the beat itself last", () => {
    const shots = planOf(story(beat(0, 2), beat(2, 2), beat(2, 5)), "Basics", PACING);
    expect(seen(shots)).toEqual(["card A story, picture of 1", "1 at 0", "1 at 1", "1", "2", "3 at 3", "3 at 4", "3"]);
  });

  it("asks before it shows, and answers before it moves", () => {
    const shots = planOf(story(beat(0, 0), beat(0, 2, { predict })), "Basics", PACING);
    expect(seen(shots)).toEqual(["card A story, picture of 1", "1", "2 asked", "2 answered", "2 at 1", "2"]);
    expect(shots[2]?.said).toEqual(["What is in PTE 4?", "– 0", "– A frame & bits"]);
    expect(shots[3]?.said).toEqual(["✓ A frame & bits", "It was put back."]);
  });

  it("gives every act that has a title a card and a chapter, after the question that was asked before it", () => {
    const acts = [beat(0, 0, { actTitle: "Before" }), beat(0, 0, { act: 1, actTitle: "After", predict })];
    const shots = planOf(story(...acts), "Basics", PACING);
    expect(seen(shots)).toEqual([
      "card A story, picture of 1",
      "card 1. Before, picture of 1",
      "1",
      "2 asked",
      "2 answered",
      "card 2. After, picture of 2",
      "2",
    ]);
    expect(shots.flatMap(({ chapter }) => chapter ?? [])).toEqual(["A story", "Before", "After"]);
  });

  it("leaves out the steps for who wants less motion, and no word", () => {
    const told = story(beat(0, 9), beat(9, 30, { predict }));
    const [calm, whole] = [planOf(told, "Basics", { ...PACING, calm: true }), planOf(told, "Basics", PACING)];
    expect(seen(calm)).toEqual(["card A story, picture of 1", "1", "2 asked", "2 answered", "2"]);
    const words = (shots: readonly Shot[]) => shots.flatMap(({ said, frames }) => (said ? [[said, frames]] : []));
    expect(words(calm)).toEqual(words(whole));
  });

  it("lets every text stand as long as the page gives to read it, and half as long at twice the speed", () => {
    const told = story(beat(0, 0), beat(0, 0, { predict }));
    const texts = [`${told.title} ${told.teaches}`, told.beats[0]?.caption ?? "", askedText(predict), predict.because];
    for (const speed of [1, 2]) {
      const seconds = planOf(told, "Basics", { ...PACING, speed }).map(({ frames }) => frames / 25);
      for (const [n, text] of texts.entries()) expect(seconds[n]).toBeCloseTo(readingMs(text) / 1000 / speed, 1);
    }
  });

  it("has no picture that is not seen, however fast it is", () => {
    const shots = planOf(story(beat(0, 300)), "Basics", { ...PACING, speed: 4 });
    expect(Math.min(...shots.map(({ frames }) => frames))).toBe(1);
  });
});

const SHOTS: readonly Shot[] = [
  { scene: { show: "card", over: "", title: "", text: "", beat: 1 }, frames: 50, said: ["A story"], chapter: "A = story; #1" },
  { scene: { show: "beat", beat: 1, moment: { at: 3 } }, frames: 6 },
  { scene: { show: "beat", beat: 1 }, frames: 25 * 3600, said: ["a < b & c", "next line"], chapter: "Act" },
];

describe("beside a film", () => {
  it("stand its captions, each as long as its picture", () => {
    expect(captionsOf(SHOTS, 25)).toBe(`WEBVTT

00:00:00.000 --> 00:00:02.000
A story

00:00:02.240 --> 01:00:02.240
a &lt; b &amp; c
next line
`);
  });

  it("stand its chapters, one after the other up to the end", () => {
    expect(metadataOf(SHOTS, "A story", 25)).toBe(`;FFMETADATA1
title=A story
[CHAPTER]
TIMEBASE=1/25
START=0
END=56
title=A \\= story\\; \\#1
[CHAPTER]
TIMEBASE=1/25
START=56
END=90056
title=Act
`);
  });
});
