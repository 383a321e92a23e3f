import { describe, expect, it } from "vitest";
import { unfoldRace } from "../../stories/scenarios/unfoldRace.ts";
import { unfoldRaceDirty } from "../../stories/scenarios/unfoldRaceDirty.ts";
import { resultOf } from "../explore/graph/graph.ts";
import { machineFor } from "../lab.ts";
import { replay } from "../machine/run.ts";
import type { ScenarioDocument } from "../scenario/document.ts";
import { scenarioOf } from "../testing/scenarioOf.ts";
import type { Act, Beat, Move } from "./story.ts";
import { type Told, tell } from "./tell.ts";

const machineOf = (document: ScenarioDocument) => machineFor(scenarioOf(document));

const told = (beats: Act["beats"], document: ScenarioDocument = unfoldRace): Told => resultOf(tell(machineOf(document), beats));

/** One beat of these moves, and what is so after it. */
const moved = (moves: readonly Move[], checks: readonly string[] = [], document?: ScenarioDocument): Told =>
  told([{ caption: "", moves, checks }], document);

const sentenceOf = (beat: Partial<Beat>, document?: ScenarioDocument): string => {
  const answer = told([{ caption: "" }, { caption: "", ...beat }], document);
  return answer.ok ? "told" : answer.sentence;
};

describe("an act is told", () => {
  it("beat after beat, each standing where its moves have led, along one run that can be replayed", () => {
    const answer = told([
      { caption: "before anything" },
      { caption: "the lock", moves: [{ actors: ["CPU0"], until: "lock held" }], checks: ["lock held by CPU0"] },
      { caption: "a look", moves: [{ actors: ["CPU1"], steps: 3 }] },
      { caption: "still there" },
      { caption: "all of it", moves: [{ actors: ["CPU0", "CPU1"], until: "CPU0 finished and CPU1 finished" }] },
    ]);
    if (!answer.ok) throw new Error(answer.sentence);
    const [, second, third, fourth, last] = answer.beats.map(({ at }) => at);
    expect([second, third, fourth]).toEqual([1, 4, 4]);
    expect(last).toBe(answer.choices.length);
    const machine = machineOf(unfoldRace);
    const run = replay(machine, answer.choices);
    expect(run.diverged).toBeUndefined();
    expect(machine.choices(run.states.at(-1) ?? machine.initial)).toEqual([]);
  });

  it("with its checks as they are, those that do not hold too", () => {
    const checks = ["block 0 folded", "entry 4 none", "CPU1 retried"];
    const answer = told([
      { caption: "", checks },
      { caption: "", moves: [{ actors: ["CPU0"], until: "entry 4 none" }], checks },
      { caption: "", moves: [{ actors: ["CPU1"], event: "retry" }], checks },
    ]);
    const holding = answer.ok ? answer.beats.map((beat) => beat.checks.filter(({ holds }) => holds).map(({ text }) => text)) : [];
    expect(holding).toEqual([["block 0 folded"], ["entry 4 none"], ["entry 4 none", "CPU1 retried"]]);
  });

  it("up to a line, and up to it once more", () => {
    const line: Move = { actors: ["CPU0"], line: "contpte_convert.clear" };
    expect(moved([line], ["entry 0 valid"])).toMatchObject({ beats: [{ checks: [{ holds: true }] }] });
    expect(moved([line, line, line], ["entries 0-1 all none and entry 2 valid"])).toMatchObject({ beats: [{ checks: [{ holds: true }] }] });
  });

  it("counting how often somebody has begun again, over several moves and by whatever goal", () => {
    const twice: readonly Move[] = [
      { actors: ["CPU0"], until: "entry 4 none" },
      { actors: ["CPU1"], event: "retry" },
      { actors: ["CPU1"], until: "CPU1 retried >= 2" },
    ];
    expect(moved(twice, ["CPU1 retried = 2"])).toMatchObject({ beats: [{ checks: [{ holds: true }] }] });
  });

  it("with a freedom of hardware that it chooses", () => {
    const answer = moved(
      [
        { actors: ["CPU2"], steps: 2 },
        { actors: ["CPU2"], choose: { access: ["write", 3] } },
      ],
      ["CPU2 caches entry 3 writable", "CPU2 finished"],
      unfoldRaceDirty,
    );
    expect(answer).toMatchObject({
      choices: [2, 2, { actor: 2, access: ["write", 3] }],
      beats: [{ checks: [{ holds: true }, { holds: true }] }],
    });
  });

  it("and points at what it says, by number", () => {
    const focus = { entries: "0-2, 12", actors: ["CPU1"], tlb: "CPU2", line: "CPU0" };
    const answer = told([{ caption: "", focus }, { caption: "" }], unfoldRaceDirty);
    expect(answer).toMatchObject({
      beats: [{ focus: { entries: [0, 1, 2, 12], actors: [1], tlb: 2, line: 0 } }, { focus: { entries: [], actors: [] } }],
    });
  });
});

describe("what cannot be told is said in one sentence", () => {
  const until = (actor: string, text: string): Partial<Beat> => ({ moves: [{ actors: [actor], until: text }] });

  it.each([
    ["an actor that is not there", until("CPU7", "lock held"), "beat 2, move 1: there is no actor CPU7, only CPU0, CPU1"],
    [
      "a condition that is none",
      until("CPU0", "entry 99 none"),
      'beat 2, move 1: in "entry 99 none", 99 should be an entry of the table, 0 to 15',
    ],
    [
      "a question where a condition is asked for",
      { checks: ["always entry 4 valid"] },
      'beat 2: in "always entry 4 valid", always should be left out: always stands only at the beginning of a question',
    ],
    [
      "the end where one state is asked about",
      { checks: ["entry 4 valid at the end"] },
      'beat 2: in "entry 4 valid at the end", at should be and, or, implies, or nothing more',
    ],
    ["a goal that is met before anybody moves", until("CPU0", "block 0 folded"), 'beat 2, move 1: "block 0 folded" is so already'],
    [
      "a goal that is not met",
      until("CPU0", "CPU1 retried"),
      'beat 2, move 1: CPU0 went as far as possible and did not come to "CPU1 retried"',
    ],
    [
      "a line that nobody comes to",
      { moves: [{ actors: ["CPU0", "CPU1"], line: "contpte_convert.cleer" }] },
      "beat 2, move 1: CPU0, CPU1 went as far as possible and did not come to line contpte_convert.cleer",
    ],
    [
      "an event that does not come",
      { moves: [{ actors: ["CPU0"], event: "retry" }] },
      "beat 2, move 1: CPU0 went as far as possible and did not come to a retry",
    ],
    [
      "more steps than there are",
      {
        moves: [
          { actors: ["CPU0"], steps: 2 },
          { actors: ["CPU1"], steps: 99 },
        ],
      },
      "beat 2, move 2: CPU1 can make 18 steps, and not 99",
    ],
    [
      "a choice that is not on offer",
      { moves: [{ actors: ["CPU0"], choose: { land: 0 } }] },
      'beat 2, move 1: {"land":0,"actor":0} is not on offer, only 0',
    ],
    [
      "two goals in one move",
      { moves: [{ actors: ["CPU0"], until: "entry 4 none", steps: 2 }] },
      "beat 2, move 1: a move has one goal, and not until and steps",
    ],
    [
      "a choice of several",
      { moves: [{ actors: ["CPU0", "CPU1"], choose: { land: 0 } }] },
      "beat 2, move 1: one actor makes a choice, not several",
    ],
    [
      "a focus outside the table",
      { focus: { entries: "3-16" } },
      "beat 2: the focus 3-16 should be entries of the table, such as 0-3 or 4, 8-15, up to 15",
    ],
    ["a TLB of kernel code", { focus: { tlb: "CPU0" } }, "beat 2: the focus needs an MMU, and CPU0 is none"],
  ] satisfies readonly (readonly [string, Partial<Beat>, string])[])("%s", (_, beat, sentence) => {
    expect(sentenceOf(beat)).toBe(sentence);
  });

  it("and the beat is named", () => {
    expect(told([{ caption: "" }, { caption: "", checks: ["nonsense"] }])).toMatchObject({ ok: false, beat: 1 });
  });
});
