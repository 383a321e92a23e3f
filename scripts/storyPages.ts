/** npm run story:pages: a page for each story, with pictures, to link and to print (docs/films.md). Needs no browser. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { localEngine } from "../src/engine/testing/localEngine.ts";
import { SHELVES } from "../src/stories/stories/index.ts";
import { cardOf } from "../src/ui/stories/toldStory.ts";
import { pictureOf, placeText } from "../src/ui/takeAway/picture.ts";
import { root } from "./setup.mjs";
import { indexPage, pageName, picturedBeats, pictureName, snapshotAt, storyPage } from "./storyPages/markdown.ts";
import { type PrintedStory, printed } from "./storyPages/printed.ts";
import { paperTheme } from "./storyPages/theme.ts";
import { wordsOf } from "./wordsOf.ts";

const USAGE = `npm run story:pages         every story as a page in Markdown with pictures, and a list of them
  --out DIR                 where to put them (dist/stories)
  --lab ADDRESS             of the page that plays them (contpte-lab.html of the last build)`;

const words = wordsOf({
  options: {
    out: { type: "string", default: join(root, "dist", "stories") },
    lab: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
});

if (typeof words === "string") {
  console.error(words);
  process.exitCode = 2;
} else if (words.values.help) console.log(USAGE);
else await writePages(resolve(words.values.out), words.values.lab);

async function writePages(out: string, address: string | undefined): Promise<void> {
  // The one file opens from disk, as the pages do.
  const lab = address ?? relative(out, join(root, "dist", "contpte-lab.html")).replaceAll(sep, "/");
  const client = localEngine();
  mkdirSync(join(out, "pictures"), { recursive: true });
  for (const { title: shelf, stories } of SHELVES)
    for (const story of stories) {
      const whole = await printed(client, story);
      for (const beat of picturedBeats(whole)) writeFileSync(join(out, pictureName(story.id, beat)), svgOf(whole, beat));
      writeFileSync(join(out, pageName(story.id)), storyPage(whole, { shelf, lab }));
    }
  const shelves = SHELVES.map(({ title, stories }) => ({ title, stories: stories.map(cardOf) }));
  writeFileSync(join(out, "README.md"), indexPage(shelves, lab));
  console.log(`${shelves.flatMap(({ stories }) => stories).length} stories in ${relative("", out) || "."}`);
}

function svgOf(story: PrintedStory, beat: number): string {
  const { act = 0, at = 0 } = story.told.beats[beat - 1] ?? {};
  const { scenario: title = "", kernel = "", steps = 0 } = story.acts[act] ?? {};
  return pictureOf(snapshotAt(story, beat), { title, place: placeText(kernel, at, steps) }, paperTheme()).svg;
}
