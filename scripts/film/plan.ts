/** What a film of a story shows, picture by picture, and how long each stands. Data in, data out. */
import type { BeatMoment, ToldStory, ToldStoryBeat } from "../../src/ui/scripting/api.ts";
import { askedText, LOOK_MS, readingMs, wayTo } from "../../src/ui/stories/pace.ts";

export interface Pacing {
  readonly fps: number;
  /** 2 is twice as fast. */
  readonly speed: number;
  /** Leaves out the steps between beats, as the page does for people who want less motion. */
  readonly calm: boolean;
}

export type Scene =
  /** A title over the picture that a beat sets out from; beats count from 1. */
  | { readonly show: "card"; readonly over: string; readonly title: string; readonly text: string; readonly beat: number }
  | { readonly show: "beat"; readonly beat: number; readonly moment?: BeatMoment };

export interface Shot {
  readonly scene: Scene;
  /** How long it stands, in frames of the film; at least one. */
  readonly frames: number;
  /** For the captions: lines of text. */
  readonly said?: readonly string[];
  /** The chapter that begins here. */
  readonly chapter?: string;
}

/** @param shelf the title of the story's shelf */
export function planOf(story: ToldStory, shelf: string, pacing: Pacing): readonly Shot[] {
  const stands = stander(pacing);
  const title: Shot = {
    scene: { show: "card", over: shelf, title: story.title, text: story.teaches, beat: 1 },
    frames: stands(readingMs(`${story.title} ${story.teaches}`)),
    said: [story.title, plain(story.teaches)],
    chapter: story.title,
  };
  const told = story.beats.flatMap((beat, n) => {
    const number = n + 1;
    const begins = story.beats[n - 1]?.act !== beat.act;
    return [
      // It is asked where the beat before stands: before an act of its own begins.
      ...(n > 0 ? question(number, beat, stands) : []),
      ...(begins && beat.actTitle !== undefined ? [actCard(story, number, beat.actTitle, stands)] : []),
      ...(pacing.calm ? [] : way(number, beat, begins, stands)),
      { scene: { show: "beat", beat: number }, frames: stands(readingMs(beat.caption)), said: [plain(beat.caption)] } as const,
    ];
  });
  return [title, ...told];
}

/** Milliseconds at usual speed, in frames. */
type Stands = (ms: number) => number;

const stander =
  ({ fps, speed }: Pacing): Stands =>
  (ms) =>
    Math.max(1, Math.round((ms * fps) / 1000 / speed));

const actCard = ({ title: over, beats }: ToldStory, beat: number, title: string, stands: Stands): Shot => ({
  scene: { show: "card", over, title: `${(beats[beat - 1]?.act ?? 0) + 1}. ${title}`, text: "", beat },
  frames: stands(readingMs(title)),
  said: [title],
  chapter: title,
});

function question(beat: number, { predict }: ToldStoryBeat, stands: Stands): readonly Shot[] {
  if (predict === undefined) return [];
  const { ask, answers, right, because } = predict;
  const scene = { show: "beat", beat } as const;
  return [
    {
      scene: { ...scene, moment: { question: "asked" } },
      frames: stands(readingMs(askedText(predict))),
      said: [ask, ...answers.map((answer) => `– ${answer}`)].map(plain),
    },
    {
      scene: { ...scene, moment: { question: "answered" } },
      frames: stands(readingMs(because)),
      said: [`✓ ${answers[right]}`, because].map(plain),
    },
  ];
}

/** The steps on the way to a beat, without the beat itself. */
function way(beat: number, { from, at }: ToldStoryBeat, begins: boolean, stands: Stands): readonly Shot[] {
  if (from === at) return [];
  const { everyMs, stops } = wayTo(from, at);
  const step = (to: number, ms: number): Shot => ({ scene: { show: "beat", beat, moment: { at: to } }, frames: stands(ms) });
  // Where an act begins nobody has seen the picture before.
  const start = begins ? [step(from, LOOK_MS)] : [];
  return [...start, ...stops.slice(0, -1).map((stop) => step(stop, everyMs))];
}

/** Words without the backticks that make them code. */
const plain = (text: string): string => text.replaceAll("`", "");
