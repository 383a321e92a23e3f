/** npm run film: records stories in a browser, step by step rather than by the clock, so that a film can be made again to the byte (docs/films.md). */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { SHELVES } from "../src/stories/stories/index.ts";
import { type Camera, openCamera } from "./film/camera.ts";
import { captionsOf, metadataOf } from "./film/captions.ts";
import { encodeGif, encodeMp4 } from "./film/encode.ts";
import { USAGE, type Wanted, wantedOf } from "./film/options.ts";
import { planOf } from "./film/plan.ts";
import { serve } from "./serve.mjs";
import { installChromium, installFfmpeg, SetupProblem } from "./setup.mjs";

const FPS = 25;

async function main(args: readonly string[]): Promise<void> {
  if (args.includes("--help") || args.includes("-h")) return console.log(USAGE);
  const wanted = wantedOf(args);
  if (typeof wanted === "string") throw new SetupProblem(wanted);
  installChromium();
  installFfmpeg();
  const server = await serve();
  try {
    const camera = await openCamera(server.resolvedUrls?.local[0] ?? "", wanted.size, wanted.colours);
    try {
      mkdirSync(wanted.out, { recursive: true });
      for (const id of wanted.stories) await film(camera, id, wanted);
    } finally {
      await camera.close();
    }
  } finally {
    await server.close();
  }
}

async function film(camera: Camera, id: string, { out, size, calm, speed }: Wanted): Promise<void> {
  const story = await camera.story(id);
  const shelf = SHELVES.find((one) => one.id === story.shelf)?.title ?? "";
  const shots = planOf(story, shelf, { fps: FPS, speed, calm });
  const folder = mkdtempSync(join(tmpdir(), "contpte-lab-film-"));
  try {
    const pictures = [];
    for (const [n, { scene, frames }] of shots.entries()) {
      const file = `${String(n).padStart(4, "0")}.png`;
      const picture = await camera.take(story, scene);
      writeFileSync(join(folder, file), picture);
      if (n === 0) writeFileSync(join(out, `${id}.png`), picture);
      pictures.push({ file, frames });
    }
    const reel = { folder, pictures, fps: FPS };
    encodeMp4(reel, metadataOf(shots, story.title, FPS), size, join(out, `${id}.mp4`));
    encodeGif(reel, join(out, `${id}.gif`));
    writeFileSync(join(out, `${id}.vtt`), captionsOf(shots, FPS));
  } finally {
    rmSync(folder, { recursive: true });
  }
  const seconds = Math.round(shots.reduce((sum, { frames }) => sum + frames, 0) / FPS);
  console.log(`${relative("", join(out, id))}.{mp4,gif,png,vtt}: ${seconds} s, ${shots.length} pictures`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
