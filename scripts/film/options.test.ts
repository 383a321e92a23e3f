import { describe, expect, it } from "vitest";
import { STORIES } from "../../src/stories/stories/index.ts";
import { wantedOf } from "./options.ts";

describe("who asks for a film", () => {
  it("names stories, or all of them, and may say where to, how large and how fast", () => {
    expect(wantedOf(["granules", "--size", "1280x720", "--dark", "--calm", "--speed", "2"])).toMatchObject({
      stories: ["granules"],
      size: { width: 1280, height: 720 },
      colours: "dark",
      calm: true,
      speed: 2,
    });
    expect(wantedOf(["--all"])).toMatchObject({ stories: STORIES.map(({ id }) => id), colours: "light", calm: false, speed: 1 });
  });

  it.each([
    [[], /^Name a story, or --all of them: contiguous-bit, .*\.$/],
    [["nothing"], /^There is no story "nothing"; known are contiguous-bit, .*\.$/],
    [["granules", "--size", "large"], /^The size should be/],
    [["granules", "--size", "1281x720"], /^The size should be/],
    [["granules", "--speed", "fast"], /^The speed should be/],
    [["granules", "--fast"], /^Unknown option '--fast'\.$/],
  ])("is told in one sentence what will not do: %s", (args, sentence) => {
    expect(wantedOf(args)).toMatch(sentence);
  });
});
