/** The page of a story, and the list of them, as Markdown to read, link and print. Data in, data out. */
import type { Snapshot } from "../../src/engine/protocol.ts";
import type { StoryCard, ToldStory, ToldStoryBeat } from "../../src/ui/scripting/api.ts";
import { writeStoryLink } from "../../src/ui/store/link.ts";
import type { PrintedAct, PrintedStory } from "./printed.ts";

export interface Around {
  /** The story's shelf. */
  readonly shelf: string;
  /** The page on which stories are played, as seen from here. */
  readonly lab: string;
}

export const pageName = (story: string): string => `${story}.md`;
/** @param beat from 1 */
export const pictureName = (story: string, beat: number): string => `pictures/${story}-${beat}.svg`;

/**
 * The beats, from 1, that have a picture: where an act begins, and wherever entries or TLBs are not as in the picture before.
 * A beat that only takes a lock or says why needs none.
 */
export function picturedBeats({ told, acts }: PrintedStory): readonly number[] {
  let [before, actBefore] = ["", -1];
  return told.beats.flatMap(({ act }, n) => {
    const { entries, tlbs } = snapshotAt({ told, acts }, n + 1);
    const seen = JSON.stringify([entries, tlbs]);
    if (seen === before && act === actBefore) return [];
    [before, actBefore] = [seen, act];
    return [n + 1];
  });
}

/** @param beat from 1, over all acts */
export function snapshotAt({ told, acts }: PrintedStory, beat: number): Snapshot {
  const act = told.beats[beat - 1]?.act ?? 0;
  const inAct = beat - 1 - told.beats.findIndex((first) => first.act === act);
  const snapshot = acts[act]?.snapshots[inAct];
  if (snapshot === undefined) throw new Error(`${told.id} has no picture of beat ${beat}`);
  return snapshot;
}

export function storyPage(story: PrintedStory, { shelf, lab }: Around): string {
  const { told, acts } = story;
  const pictured = picturedBeats(story);
  return document([
    `# ${prose(told.title)}`,
    prose(told.teaches),
    `*${shelf}* · [Play this story](${playAt(told, 1, lab)}) · [All stories](README.md)`,
    ...acts.flatMap((act, n) => [
      ...(acts.length > 1 ? [`## ${n + 1}. ${prose(act.title ?? act.scenario)}`] : []),
      `Played: ${prose(act.scenario)}, on Linux ${act.kernel}.`,
      ...told.beats.flatMap((beat, b) =>
        beat.act === n ? beatParts(told, beat, b + 1, lab, pictured.includes(b + 1) ? story : undefined) : [],
      ),
      ...found(act),
      `${acts.length > 1 ? "###" : "##"} The run`,
      `\`\`\`text\n${act.diagram.trimEnd()}\n\`\`\``,
    ]),
  ]);
}

/** @param pictured where there is a picture, the story that it is of */
function beatParts(
  told: ToldStory,
  beat: ToldStoryBeat,
  number: number,
  lab: string,
  pictured: PrintedStory | undefined,
): readonly string[] {
  const last = pictured && (snapshotAt(pictured, number).last?.text ?? "At the start");
  return [
    ...question(beat),
    `**[${number}](${playAt(told, number, lab)})** ${prose(beat.caption)}`,
    ...(last === undefined ? [] : [`![Step ${beat.at}: ${prose(last)}.](${pictureName(told.id, number)})`]),
    ...(beat.checks.length === 0 ? [] : [beat.checks.map(({ text, holds }) => `${holds ? "✓" : "✗"} \`${text}\``).join(" · ")]),
  ];
}

function question({ predict }: ToldStoryBeat): readonly string[] {
  if (predict === undefined) return [];
  const { ask, answers, right, because } = predict;
  return [
    `**What do you expect?** ${prose(ask)}`,
    answers.map((answer, n) => `${n + 1}. ${prose(answer)}`).join("\n"),
    "<details>\n<summary>The answer</summary>",
    `**${right + 1}: ${prose(answers[right] ?? "")}** – ${prose(because)}`,
    "</details>",
  ];
}

/** What the explorer says of the act, as the tests hold the story to it. */
function found({ expect }: PrintedAct): readonly string[] {
  if (expect === undefined) return [];
  const { violates, questions = {}, outcomes = [] } = expect;
  const lines = [
    violates.length === 0
      ? "No run breaks a property."
      : `Properties that some run breaks: ${violates.map((id) => `\`${id}\``).join(", ")}.`,
    ...Object.entries(questions).map(([text, verdict]) => `\`${text}\` ${verdict}.`),
    ...outcomes.map((outcome) => `It may end so: \`${outcome}\``),
  ];
  return ["Every interleaving was searched:", lines.map((line) => `- ${line}`).join("\n")];
}

export interface ShelfOf {
  readonly title: string;
  readonly stories: readonly StoryCard[];
}

/** Shelves without a story are left out. */
export const indexPage = (shelves: readonly ShelfOf[], lab: string): string =>
  document([
    "# Stories",
    `They can be played in [contpte-lab](${lab}), and read and printed here.`,
    ...shelves.flatMap(({ title, stories }) =>
      stories.length === 0
        ? []
        : [`## ${title}`, stories.map((story) => `- [${prose(story.title)}](${pageName(story.id)}): ${prose(story.teaches)}`).join("\n")],
    ),
  ]);

const playAt = ({ id }: StoryCard, beat: number, lab: string): string => `${lab}${writeStoryLink({ story: id, beat: beat - 1 })}`;

const document = (paragraphs: readonly string[]): string => `${paragraphs.join("\n\n")}\n`;

/** What Markdown would read as more than a word is escaped, but for code in backticks. */
const prose = (text: string): string =>
  text
    .split("`")
    .map((part, n) => (n % 2 === 1 ? part : part.replace(/[\\*<>[\]]|(?<!\w)_|_(?!\w)/g, "\\$&")))
    .join("`");
