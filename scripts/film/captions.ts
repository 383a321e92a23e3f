/** What goes beside the pictures of a film: captions as WebVTT, and the chapters for its metadata. Data in, data out. */
import type { Shot } from "./plan.ts";

/** A shot, and the frames from which and up to which it stands. */
type Placed = Shot & { readonly from: number; readonly to: number };

function placed(shots: readonly Shot[]): readonly Placed[] {
  let from = 0;
  return shots.map((shot) => {
    const place = { ...shot, from, to: from + shot.frames };
    from = place.to;
    return place;
  });
}

export function captionsOf(shots: readonly Shot[], fps: number): string {
  const cues = placed(shots).flatMap(({ said, from, to }) =>
    said === undefined ? [] : [`${time(from, fps)} --> ${time(to, fps)}\n${said.map(escaped).join("\n")}\n`],
  );
  return ["WEBVTT\n", ...cues].join("\n");
}

const padded = (figure: number, digits: number): string => String(figure).padStart(digits, "0");

/** As WebVTT has it, such as 00:01:02.500. */
function time(frame: number, fps: number): string {
  const ms = Math.round((frame * 1000) / fps);
  const [seconds, minutes] = [Math.floor(ms / 1000), Math.floor(ms / 60_000)];
  return `${padded(Math.floor(minutes / 60), 2)}:${padded(minutes % 60, 2)}:${padded(seconds % 60, 2)}.${padded(ms % 1000, 3)}`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);

/** @returns the film's title and chapters as ffmpeg reads them */
export function metadataOf(shots: readonly Shot[], title: string, fps: number): string {
  const places = placed(shots);
  const begins = places.flatMap(({ chapter, from }) => (chapter === undefined ? [] : [{ chapter, from }]));
  const end = places.at(-1)?.to ?? 0;
  const chapters = begins.map(({ chapter, from }, n) =>
    ["[CHAPTER]", `TIMEBASE=1/${fps}`, `START=${from}`, `END=${begins[n + 1]?.from ?? end}`, `title=${quoted(chapter)}`].join("\n"),
  );
  return `${[";FFMETADATA1", `title=${quoted(title)}`, ...chapters].join("\n")}\n`;
}

const quoted = (text: string): string => text.replace(/[=;#\\]/g, "\\$&");
