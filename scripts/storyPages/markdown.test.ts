import { describe, expect, it } from "vitest";
import type { Story } from "../../src/engine/protocol.ts";
import { localEngine } from "../../src/engine/testing/localEngine.ts";
import { SHELVES, STORIES } from "../../src/stories/stories/index.ts";
import { readLesson } from "../../src/ui/store/lessonLink.ts";
import { readLink } from "../../src/ui/store/link.ts";
import { cardOf } from "../../src/ui/stories/toldStory.ts";
import { COLOURS } from "../../src/ui/takeAway/picture.ts";
import { indexPage, pageName, picturedBeats, snapshotAt, storyPage } from "./markdown.ts";
import { printed } from "./printed.ts";
import { paperTheme } from "./theme.ts";

const client = localEngine();
const AROUND = { shelf: "Basics", lab: "lab.html" };

/** One entry is taken out, under the lock: CPU0 takes the lock, looks whether the entry is in a block, and swaps it for 0. */
const SMALL: Story = {
  id: "small",
  shelf: "basics",
  title: "Two <small> steps",
  teaches: "What ptep_get_and_clear does to `entry 3`.",
  covers: [],
  acts: [
    {
      scenario: {
        version: 1,
        title: "An entry goes",
        machine: { ptes: [{ index: 3, count: 1, pfn: "0x1003", prot: "rw" }] },
        actors: [{ name: "CPU0", kind: "kernel", calls: [{ fn: "ptl_lock" }, { fn: "ptep_get_and_clear", index: 3 }] }],
      },
      beats: [
        { caption: "Nothing has moved.", checks: ["entry 3 valid"] },
        { caption: "CPU0 has the lock.", moves: [{ actors: ["CPU0"], until: "lock held" }], checks: ["lock held by CPU0"] },
        {
          predict: { ask: "What is left of `entry 3`?", answers: ["Nothing", "Its *frame*"], right: 0, because: "It was swapped for 0." },
          caption: "It is gone.",
          moves: [{ actors: ["CPU0"], until: "entry 3 none" }],
          checks: ["entry 3 none", "lock held by CPU0"],
        },
      ],
      expect: { violates: [], questions: { "always entry 3 valid": "fails" }, outcomes: ["CPU0: 1003 W | 0-15: none"] },
    },
  ],
};

describe("the page of a story", () => {
  it("tells it from its title to its run, the answer folded away, with a picture wherever the table is not as before", async () => {
    const small = await printed(client, SMALL);
    expect(storyPage(small, AROUND)).toBe(`# Two \\<small\\> steps

What ptep_get_and_clear does to \`entry 3\`.

*Basics* · [Play this story](lab.html#v=1&story=small&beat=1) · [All stories](README.md)

Played: An entry goes, on Linux 6.12.

**[1](lab.html#v=1&story=small&beat=1)** Nothing has moved.

![Step 0: At the start.](pictures/small-1.svg)

✓ \`entry 3 valid\`

**[2](lab.html#v=1&story=small&beat=2)** CPU0 has the lock.

✓ \`lock held by CPU0\`

**What do you expect?** What is left of \`entry 3\`?

1. Nothing
2. Its \\*frame\\*

<details>
<summary>The answer</summary>

**1: Nothing** – It was swapped for 0.

</details>

**[3](lab.html#v=1&story=small&beat=3)** It is gone.

![Step 3: ${snapshotAt(small, 3).last?.text}.](pictures/small-3.svg)

✓ \`entry 3 none\` · ✓ \`lock held by CPU0\`

Every interleaving was searched:

- No run breaks a property.
- \`always entry 3 valid\` fails.
- It may end so: \`CPU0: 1003 W | 0-15: none\`

## The run

\`\`\`text
${small.acts[0]?.diagram.trimEnd()}
\`\`\`
`);
  });

  it.each(STORIES.map((story) => [story.id, story] as const))(
    "can be made of %s, and has a picture of all that changes",
    async (_, story) => {
      const whole = await printed(client, story);
      const page = storyPage(whole, AROUND);
      const pictures = new Set(picturedBeats(whole));
      expect(page.match(/^!\[/gm)).toHaveLength(pictures.size);
      expect(page.match(/<details>/g)?.length).toBe(whole.told.beats.filter(({ predict }) => predict).length);
      for (const [n, { act }] of whole.told.beats.entries()) {
        const [beat, before] = [n + 1, whole.told.beats[n - 1]];
        if (pictures.has(beat)) continue;
        expect(act).toBe(before?.act);
        const [own, earlier] = [snapshotAt(whole, beat), snapshotAt(whole, beat - 1)];
        expect([own.entries, own.tlbs]).toEqual([earlier.entries, earlier.tlbs]);
      }
    },
  );

  it("leads to each beat as it can be played", async () => {
    const [story] = STORIES;
    if (story === undefined) throw new Error("there are stories");
    const page = storyPage(await printed(client, story), AROUND);
    const links = [...page.matchAll(/^\*\*\[(\d+)\]\(lab\.html(#[^)]+)\)\*\*/gm)];
    expect(links).toHaveLength(story.acts.flatMap(({ beats }) => beats).length);
    for (const [, beat, hash = ""] of links) {
      const link = await readLink(hash, async () => undefined);
      expect("taught" in link && readLesson(link.taught)).toEqual({ story: story.id, beat: Number(beat) - 1 });
    }
  });
});

it("the list has every story on its shelf, and no shelf without one", () => {
  const shelves = SHELVES.map(({ title, stories }) => ({ title, stories: stories.map(cardOf) }));
  const page = indexPage([...shelves, { title: "Bare", stories: [] }], "lab.html");
  for (const { id } of STORIES) expect(page).toContain(`](${pageName(id)}): `);
  expect(page.match(/^## .*/gm)).toEqual(shelves.filter(({ stories }) => stories.length > 0).map(({ title }) => `## ${title}`));
});

it("paper has every colour of the light page", () => {
  const theme = paperTheme();
  expect(Object.keys(theme)).toEqual([...COLOURS]);
  expect(theme.panel).toBe("#ffffff");
});
