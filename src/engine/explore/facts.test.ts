/**
 * What is said of contpte and lockless readers (domain.md §5 and §8 give the reasons),
 * held against every interleaving of whole blocks of 16.
 */
import { describe, expect, it, vi } from "vitest";
import { subjectOf } from "../lab.ts";
import { outcomeReport } from "../machine/outcomeReport.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { compiled } from "../testing/compiled.ts";
import { draw, drawWord, hexWord, hexWords } from "../testing/drawing.ts";
import { type ActorDocument, type CallDocument, kernel, lock, mmu, scenarioOf, unlock } from "../testing/scenarioOf.ts";
import { explore } from "./explore.ts";
import { type Findings, findingsOf, type Verdict } from "./findings.ts";
import { resultOf } from "./graph/graph.ts";
import { PROPERTIES, type PropertyId } from "./properties/property.ts";
import { parseQuestion } from "./questions/grammar.ts";

vi.setConfig({ testTimeout: 120_000 });

const FOLIOS = [
  { pfn: "0x1000", pages: 16 },
  { pfn: "0x2000", pages: 16 },
];

const scenario = (drawing: string, actors: readonly ActorDocument[], ...variants: readonly string[]): Scenario =>
  scenarioOf({
    machine: { folios: FOLIOS, ptes: hexWords(drawing) },
    kernel: { profile: "6.12", variants: [...variants] },
    actors: [...actors],
  });

function explored(of: Scenario, ...asked: readonly string[]): Findings {
  const questions = asked.map((text) => {
    const parsed = parseQuestion(of, text);
    if (!parsed.ok) throw new Error(`${text}: ${parsed.expected}`);
    return parsed.question;
  });
  const wishes = { bounds: { states: 1_000_000 }, properties: PROPERTIES, questions, first: false, compiled };
  return resultOf(findingsOf(resultOf(explore(subjectOf(of), wishes, () => 0)), wishes));
}

const failing = ({ properties }: Findings): readonly PropertyId[] =>
  properties.filter(({ verdict }) => verdict === "violated").map(({ id }) => id);
const verdictOf = ({ properties }: Findings, id: PropertyId): Verdict | undefined =>
  properties.find((property) => property.id === id)?.verdict;
const answers = ({ questions }: Findings): readonly Verdict[] => questions.map(({ verdict }) => verdict);

const outcomes = ({ outcomes: all }: Findings): readonly string[] =>
  all
    .map(({ state }) => {
      const { returns, ptes } = outcomeReport(state);
      const got = returns.map((list) => list.map((item) => (item.startsWith("0x") ? drawWord(BigInt(item)) : item)).join(" "));
      return `${got.join(", ")} | ${draw(ptes.map(BigInt))}`;
    })
    .sort();

const set = (index: number, token: string, frame = 0x1000 + index): CallDocument => ({
  fn: "set_ptes",
  index,
  nr: 1,
  pte: hexWord(token, BigInt(frame)),
});
const refill = (token: string, frame: number): ActorDocument =>
  kernel(
    { fn: "get_and_clear_full_ptes", index: 0, nr: 16, full: false },
    { fn: "flush_tlb_range", index: 0, nr: 16 },
    { fn: "set_ptes", index: 0, nr: 16, pte: hexWord(token, BigInt(frame)) },
  );
const lockless = (index: number): ActorDocument => kernel({ fn: "ptep_get_lockless", index });
const unfold = kernel(set(5, "W"));

const READER_MISTAKES = [
  "lockless-single-entry",
  "lockless-give-up",
  "lockless-no-valid-check",
  "lockless-no-pfn-check",
  "lockless-no-prot-check",
];

describe("a lockless value", () => {
  it("is one that stood in the table, whatever is left out of the reader: that comes from a single read", () => {
    const races = [
      (...variants: readonly string[]) => scenario("CW*2 CWdy CW*13", [unfold, lockless(0)], ...variants),
      (...variants: readonly string[]) => scenario("CW*16", [refill("Wdy", 0x2000), lockless(3)], ...variants),
      (...variants: readonly string[]) => scenario("CW*16", [refill("Rdy", 0x1000), lockless(3)], ...variants),
    ];
    for (const race of races)
      for (const mistake of READER_MISTAKES)
        expect([mistake, verdictOf(explored(race(mistake)), "lockless-value")]).toEqual([mistake, "holds"]);
  });

  it("loses a dirty bit if the reader looks at its own entry alone", () => {
    const found = explored(scenario("CW*2 CWdy CW*13", [unfold, lockless(0)], "lockless-single-entry"));
    expect(failing(found)).toEqual(["lockless-keeps-ad"]);
    expect(outcomes(found)).toContain(`, CW | Wdy*5 W Wdy*10`);
  });

  it("may be old although the block never was, while software ages it: no claim is made then", () => {
    // The sweep has passed entry 2 when hardware marks it again; the scan passes entry 2 before that, and entry 9 after the sweep did.
    const sweep = kernel({ fn: "ptep_test_and_clear_young", index: 0 });
    const found = explored(
      scenario("CW*9 CWy CW*6", [sweep, lockless(5), mmu({ rw: "read", index: 2 })]),
      "CPU1 returned cont and not CPU1 returned young",
    );
    expect(failing(found)).toEqual([]);
    expect(answers(found)).toEqual(["holds"]);
  });

  it("needs the frame and protection checks only against an entry taken out and mapped anew", () => {
    const races = {
      unfold: (...variants: readonly string[]) => scenario("CW*2 CWdy CW*13", [unfold, lockless(0)], ...variants),
      fold: (...variants: readonly string[]) => scenario("W*2 Wdy Wy W*11 .", [kernel(set(15, "W")), lockless(0)], ...variants),
      "write-protect": (...variants: readonly string[]) =>
        scenario("CW*2 CWhy CW*13", [kernel({ fn: "wrprotect_ptes", index: 0, nr: 16 }), lockless(0)], ...variants),
    };
    for (const [name, race] of Object.entries(races))
      for (const mistake of ["lockless-no-pfn-check", "lockless-no-prot-check"]) {
        // Without the protection check a reader no longer waits for a block to be write-protected whole.
        if (name === "write-protect" && mistake === "lockless-no-prot-check") continue;
        expect([name, mistake, outcomes(explored(race(mistake)))]).toEqual([name, mistake, outcomes(explored(race()))]);
      }
  });

  it("of an old mapping is never dirty because the new one is (7, 8)", () => {
    const got = (found: Findings): readonly string[] =>
      found.outcomes.map(({ state }) => outcomeReport(state).returns[1]?.[0] ?? "").sort();
    const zap = explored(scenario("CW*16", [refill("Wdy", 0x2000), lockless(0)]));
    expect(failing(zap)).toEqual([]);
    expect(got(zap)).toEqual(["0x0", hexWord("CW", 0x1000n), hexWord("CWdy", 0x2000n)].sort());
    const protect = explored(scenario("CW*16", [refill("Rdy", 0x1000), lockless(0)]));
    expect(failing(protect)).toEqual([]);
    expect(got(protect)).toEqual(["0x0", hexWord("CW", 0x1000n), hexWord("CRdy", 0x1000n)].sort());
  });

  it("is not one state of access and dirty together: young and clean may never have been (9)", () => {
    // Between the two the TLB forgets the block, or it would answer for entry 3.
    const accesses = mmu({ rw: "write", index: 0 }, { rw: "evict", index: 0 }, { rw: "read", index: 3 });
    const found = explored(
      scenario("CW*16", [lockless(1), accesses]),
      "CPU0 returned young and not CPU0 returned dirty",
      "never entry 3 young and entry 0 readonly",
    );
    expect(failing(found)).toEqual([]);
    expect(answers(found)).toEqual(["holds", "holds"]);
  });
});

describe("a lockless reader", () => {
  it("may spin while a writer pauses, which is no failure: the writer's next step ends it", () => {
    const found = explored(
      scenario("CW*16", [kernel({ fn: "wrprotect_ptes", index: 0, nr: 16 }), lockless(9)]),
      "eventually CPU1 finished",
      "CPU1 retried >= 3",
    );
    expect(found).toMatchObject({ verdict: "holds", loops: true, stuck: [] });
    expect(found.spinning.map(({ actor }) => actor)).toEqual([1]);
    expect(answers(found)).toEqual(["holds", "holds"]);
  });

  it("never comes back from a block that was left half cleared", () => {
    const found = explored(
      scenario("CW*16", [kernel({ fn: "clear_full_ptes", index: 4, nr: 2, full: false }), lockless(9)], "clear-partial-no-unfold"),
      "eventually CPU1 finished",
    );
    expect(failing(found)).toEqual(["reader-progress", "block-homogeneous"]);
    expect(answers(found)).toEqual(["violated"]);
    expect(found.stuck).toMatchObject([{ actors: [1] }]);
  });
});

describe("break-before-make", () => {
  it("keeps every TLB free of overlaps in every order of fold, unfold and walks", () => {
    const walks = [3, 0, 3].map((index) => ({ rw: "read" as const, index }));
    for (const [drawing, writer] of [
      ["Wy*15 .", kernel(set(15, "W"))],
      ["CWy*16", kernel({ fn: "ptep_get_and_clear", index: 5 }, { fn: "flush_tlb_page", index: 5 })],
    ] as const)
      expect(failing(explored(scenario(drawing, [writer, mmu(...walks), mmu(...walks.slice(1))])))).toEqual([]);
  });

  describe("is an open question where zap gives the lock back before its flush", () => {
    const late = kernel({ fn: "zap_pte_range", index: 0, nr: 16 }, { fn: "tlb_finish_mmu", index: 0, nr: 16 });
    const early = kernel(
      lock,
      { fn: "clear_full_ptes", index: 0, nr: 16, full: false },
      { fn: "flush_tlb_range", index: 0, nr: 16 },
      unlock,
    );
    const reads = mmu({ rw: "read", index: 3 }, { rw: "read", index: 9 });

    it("somebody may map a block while a TLB still holds one of the old pages: two entries of different size and frame", () => {
      const block = kernel(lock, { fn: "set_ptes", index: 0, nr: 16, pte: hexWord("Wy", 0x2000n) }, unlock);
      expect(failing(explored(scenario("Wy*16", [late, block, reads])))).toEqual(["tlb-unique"]);
    });

    it("or a page while it still holds the old block, which goes on answering for it", () => {
      const page = kernel(lock, set(3, "Wy", 0x2003), unlock);
      const asked = "CPU2 caches entry 3 as block and entry 3 pfn = 0x2003 and entry 9 none";
      expect(answers(explored(scenario("CWy*16", [late, page, reads]), asked))).toEqual(["holds"]);
      expect(answers(explored(scenario("CWy*16", [early, page, reads]), asked))).toEqual(["violated"]);
    });
  });
});

describe("a fault", () => {
  it("of a device that looks at one entry comes again and again, if the entry asked for seems to be there already", () => {
    const device = mmu({ rw: "write", index: 9 }, { rw: "write", index: 9 });
    const handler = kernel({ fn: "handle_pte_fault", index: 9, write: true });
    const race = (...variants: readonly string[]) =>
      scenarioOf({
        machine: { folios: FOLIOS, ptes: hexWords("CWy*3 CWhy CWy*12"), hardwareAD: "af" },
        kernel: { profile: "6.12", variants: [...variants] },
        actors: [handler, device],
      });
    expect(failing(explored(race()))).toEqual([]);
    expect(failing(explored(race("set-access-flags-gathered")))).toEqual(["fault-progress"]);
  });
});
