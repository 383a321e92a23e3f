/** What `npm run film` is asked for. */
import { join, resolve } from "node:path";
import { STORIES } from "../../src/stories/stories/index.ts";
import { storyNamed, unknownStory } from "../../src/ui/stories/beats.ts";
import { root } from "../setup.mjs";
import { wordsOf } from "../wordsOf.ts";
import type { Size } from "./camera.ts";

export const USAGE = `npm run film -- STORY…     films of these stories, each as MP4 and GIF, with a poster (PNG) and captions (WebVTT)
npm run film -- --all      of all of them
  --out DIR                where to put them (dist/films)
  --size WIDTHxHEIGHT      of the film (1920x1080)
  --dark                   as the page looks in the dark
  --calm                   leaves out the steps between beats
  --speed N                2 is twice as fast (1)`;

const OPTIONS = {
  all: { type: "boolean", default: false },
  out: { type: "string", default: join(root, "dist", "films") },
  size: { type: "string", default: "1920x1080" },
  dark: { type: "boolean", default: false },
  calm: { type: "boolean", default: false },
  speed: { type: "string", default: "1" },
} as const;

export interface Wanted {
  readonly stories: readonly string[];
  readonly out: string;
  readonly size: Size;
  readonly colours: "light" | "dark";
  readonly calm: boolean;
  readonly speed: number;
}

/** @returns a sentence, if it cannot be done */
export function wantedOf(args: readonly string[]): Wanted | string {
  const parsed = wordsOf({ args: [...args], allowPositionals: true, options: OPTIONS });
  if (typeof parsed === "string") return parsed;
  const { values, positionals } = parsed;
  const unknown = positionals.find((id) => storyNamed(id) === undefined);
  if (unknown !== undefined) return unknownStory(unknown);
  const stories = values.all ? STORIES.map(({ id }) => id) : positionals;
  if (stories.length === 0) return `Name a story, or --all of them: ${STORIES.map(({ id }) => id).join(", ")}.`;
  const size = sizeOf(values.size);
  if (size === undefined) return "The size should be even numbers from 320 to 3840, such as 1280x720.";
  const speed = Number(values.speed);
  if (!(speed >= 0.25 && speed <= 4)) return "The speed should be a number from 0.25 to 4.";
  return { stories, out: resolve(values.out), size, colours: values.dark ? "dark" : "light", calm: values.calm, speed };
}

/** Of a picture that can be made a film of. */
function sizeOf(text: string): Size | undefined {
  const [, width, height] = (/^(\d+)x(\d+)$/.exec(text) ?? []).map(Number);
  const isOne = (length: number | undefined): length is number =>
    length !== undefined && length >= 320 && length <= 3840 && length % 2 === 0;
  return isOne(width) && isOne(height) ? { width, height } : undefined;
}
