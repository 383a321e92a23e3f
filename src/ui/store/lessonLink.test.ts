import { describe, expect, it } from "vitest";
import { type ChallengePlace, readLesson, type StoryPlace } from "./lessonLink.ts";
import { linkAt, readLink, writeChallengeLink, writeStoryLink } from "./link.ts";

async function read(hash: string): Promise<StoryPlace | ChallengePlace | string> {
  const link = await readLink(hash, async () => undefined);
  if (!("taught" in link)) throw new Error("it is a link to no lesson");
  return readLesson(link.taught);
}

describe("a link", () => {
  it.each([
    [{ story: "map-a-folio", beat: 0 }, "#v=1&story=map-a-folio&beat=1"],
    [{ story: "map-a-folio", beat: 2, at: 7 }, "#v=1&story=map-a-folio&beat=3&at=7"],
  ])("to a beat of a story names nothing else: %o", async (told, link) => {
    expect(writeStoryLink(told)).toBe(link);
    expect(await read(link)).toEqual(told);
  });

  it.each([
    ["in-and-out", [], "#v=1&challenge=in-and-out"],
    ["in-and-out", [0, 0, 1], "#v=1&challenge=in-and-out&choices=0x2.1"],
  ] as const)("to a challenge names the run, and not the scenario: %s %j", async (challenge, choices, link) => {
    expect(writeChallengeLink(challenge, choices)).toBe(link);
    expect(await read(link)).toEqual({ challenge, choices, at: choices.length });
  });

  it("to a challenge may stand in the middle of the run", async () => {
    const link = linkAt(writeChallengeLink("in-and-out", [0, 0, 1]), 1, 3);
    expect(await read(link)).toEqual({ challenge: "in-and-out", choices: [0, 0, 1], at: 1 });
  });

  it.each([
    ["#v=1&story=map-a-folio&beat=0", "a number from 1 on"],
    ["#v=1&story=map-a-folio&at=-1", "a number of steps"],
    ["#v=1&story=map-a-folio&choices=0", "no field choices"],
    ["#v=1&story=map-a-folio&challenge=in-and-out", "no field challenge"],
    ["#v=1&challenge=in-and-out&choices=0x5.", "damaged at part 2"],
    ["#v=1&challenge=in-and-out&choices=0x5&at=6", "from 0 to 5"],
    ["#v=1&challenge=in-and-out&beat=2", "no field beat"],
  ])("that is damaged is refused with a part of a sentence: %s", async (hash, part) => {
    const why = await read(hash);
    expect(why).toEqual(expect.stringContaining(part));
    expect(why).not.toMatch(/\.$/);
  });
});
