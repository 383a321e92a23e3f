/** Makes films of pictures, with ffmpeg. The same pictures make the same files, to the byte. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findFfmpeg } from "../setup.mjs";
import type { Size } from "./camera.ts";

/** Pictures in a folder, and how long each stands. */
export interface Reel {
  readonly folder: string;
  readonly pictures: readonly { readonly file: string; readonly frames: number }[];
  readonly fps: number;
}

/** One thread, and no word of the program or the day: what differs from machine to machine. */
const SAME = ["-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact"];

/** For any player, browsers too; a long still picture costs next to nothing. */
export function encodeMp4(reel: Reel, metadata: string, { width, height }: Size, to: string): void {
  const told = join(reel.folder, "metadata.txt");
  writeFileSync(told, metadata);
  const frames = reel.pictures.reduce((sum, picture) => sum + picture.frames, 0);
  const colours = "out_color_matrix=bt709:out_range=tv"; // what players take a film of this size to have
  ffmpeg([
    ...["-f", "concat", "-i", listOf(reel), "-i", told, "-map", "0:v", "-map_metadata", "1", "-map_chapters", "1"],
    ...["-vf", `scale=${width}:${height}:flags=lanczos:${colours},format=yuv420p,fps=${reel.fps}`, "-frames:v", `${frames}`],
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "18"],
    ...["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-movflags", "+faststart"],
    ...[...SAME, to],
  ]);
}

/** Wide enough to read what a story says, small enough for a page. */
const GIF_WIDTH = 960;

/** Every picture once, with its own delay. */
export function encodeGif(reel: Reel, to: string): void {
  const last = reel.pictures.at(-1)?.frames ?? 0;
  const colours = "split[a][b];[a]palettegen=stats_mode=full[p];[b][p]paletteuse=dither=none:diff_mode=rectangle";
  ffmpeg([
    ...["-f", "concat", "-i", listOf(reel), "-vf", `scale=${GIF_WIDTH}:-1:flags=lanczos,${colours}`, "-fps_mode", "vfr"],
    ...["-frames:v", `${reel.pictures.length}`, "-final_delay", `${Math.round((last * 100) / reel.fps)}`],
    ...[...SAME, to],
  ]);
}

/** @returns the file that tells ffmpeg which picture stands how long */
function listOf({ folder, pictures, fps }: Reel): string {
  const lines = pictures.map(({ file, frames }) => `file '${file}'\nduration ${(frames / fps).toFixed(6)}`);
  const list = join(folder, "pictures.txt");
  // A picture's duration holds up to the next: the last one is named once more.
  writeFileSync(list, ["ffconcat version 1.0", ...lines, `file '${pictures.at(-1)?.file}'`, ""].join("\n"));
  return list;
}

function ffmpeg(args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(findFfmpeg() ?? "ffmpeg", ["-y", "-v", "error", "-nostdin", ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(`ffmpeg failed: ${(error?.message ?? stderr).trim()}`);
}
