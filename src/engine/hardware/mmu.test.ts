/** The MMU walk of design §2, case by case. */
import { describe, expect, it } from "vitest";
import { draw, drawWord, word, words } from "../testing/drawing.ts";
import { asPfn, asPte, BIT } from "./descriptor.ts";
import { GRANULES } from "./granule.ts";
import { pageTable } from "./memory.ts";
import { type AccessOutcome, access, type Features, type Rw } from "./mmu.ts";
import { EMPTY_TLB, fill, type Tlb, type TlbEntry } from "./tlb.ts";

const DEFAULTS: Features = { hardwareAD: "af+dirty", bbm: 0, adUpdate: "walked", tlbAnswer: "smallest" };

const table = (drawing: string) => pageTable(words(drawing).map(asPte));
const tlbOf = (...entries: readonly TlbEntry[]): Tlb => entries.reduce(fill, EMPTY_TLB);
const page = (index: number, more: Partial<TlbEntry> = {}): TlbEntry => ({
  start: index,
  count: 1,
  pfn: asPfn(0x1000n + BigInt(index)),
  writable: false,
  user: true,
  ...more,
});
const block = (more: Partial<TlbEntry> = {}): TlbEntry => ({
  start: 0,
  count: 16,
  pfn: asPfn(0x1000n),
  writable: false,
  user: true,
  ...more,
});

const outcomesOf = (drawing: string, rw: Rw, index: number, tlb: Tlb = EMPTY_TLB, features: Partial<Features> = {}) =>
  access({ granule: GRANULES["4K"], features: { ...DEFAULTS, ...features } }, table(drawing), tlb, rw, index);

function only(...args: Parameters<typeof outcomesOf>): AccessOutcome {
  const [outcome, ...others] = outcomesOf(...args);
  if (outcome === undefined || others.length > 0) throw new Error(`${others.length + 1} outcomes, where one was expected`);
  return outcome;
}

/** `before → after @ entry`, or nothing. */
const updateOf = ({ update }: AccessOutcome): string =>
  update === undefined ? "" : `${drawWord(update.old)} → ${drawWord(update.new)} @ ${update.index}`;

describe("a walk of one descriptor", () => {
  const cases: readonly [descriptor: string, rw: "read" | "write", hardwareAD: Features["hardwareAD"], result: string, update: string][] = [
    // Not valid comes first, whatever else is wrong.
    [".", "read", "af+dirty", "fault-translation", ""],
    [".", "write", "none", "fault-translation", ""],
    ["N", "read", "none", "fault-translation", ""],
    ["Ny", "write", "af+dirty", "fault-translation", ""],
    // AF clear: hardware sets it, or faults before permissions are looked at.
    ["W", "read", "af+dirty", "ok", "W → Wy @ 0"],
    ["W", "read", "af", "ok", "W → Wy @ 0"],
    ["W", "read", "none", "fault-access", ""],
    ["R", "write", "none", "fault-access", ""],
    ["R", "read", "af", "ok", "R → Ry @ 0"],
    // Writes: RDONLY clear, or DBM with hardware dirty.
    ["Wy", "write", "af+dirty", "ok", "Wy → Why @ 0"],
    ["W", "write", "af+dirty", "ok", "W → Why @ 0"],
    ["Wy", "write", "af", "fault-permission", ""],
    ["Wy", "write", "none", "fault-permission", ""],
    ["W", "write", "af", "fault-permission", ""],
    ["Ry", "write", "af+dirty", "fault-permission", ""],
    ["R", "write", "af+dirty", "fault-permission", ""],
    ["Rdy", "write", "af+dirty", "fault-permission", ""],
    ["Wdy", "write", "none", "ok", ""],
    ["Why", "write", "none", "ok", ""],
    ["Wd", "write", "af", "ok", "Wd → Wdy @ 0"],
    ["Wd", "write", "none", "fault-access", ""],
    // Nothing to update.
    ["Wy", "read", "af+dirty", "ok", ""],
    ["Ry", "read", "none", "ok", ""],
  ];
  it.each(cases)("%s %s, hardware manages %s: %s %s", (descriptor, rw, hardwareAD, result, update) => {
    const outcome = only(descriptor, rw, 0, EMPTY_TLB, { hardwareAD });
    expect(outcome.result).toBe(result);
    expect(updateOf(outcome)).toBe(update);
    expect(outcome.hit).toBe(false);
    expect(outcome.tlb).toHaveLength(result === "ok" ? 1 : 0);
  });

  const NO_USER = [
    ["Wy", "read", "af+dirty", "fault-permission"],
    ["W", "read", "none", "fault-access"],
    ["W", "read", "af", "fault-permission"],
    ["Wdy", "write", "af+dirty", "fault-permission"],
  ] as const;
  it.each(NO_USER)("%s without USER, %s, hardware manages %s: %s, and nothing is marked", (descriptor, rw, hardwareAD, result) => {
    const pte = asPte(word(descriptor) & ~BIT.USER);
    const [outcome] = access({ granule: GRANULES["4K"], features: { ...DEFAULTS, hardwareAD } }, pageTable([pte]), EMPTY_TLB, rw, 0);
    expect(outcome).toEqual({ result, hit: false, tlb: [] });
  });
});

describe("what a walk leaves in the TLB", () => {
  const cases: readonly [descriptor: string, rw: "read" | "write", writable: boolean][] = [
    ["Wy", "read", false],
    ["Wy", "write", true],
    ["Wdy", "read", true],
    ["Why", "read", true],
    ["Wh", "read", true],
    ["Ry", "read", false],
  ];
  it.each(cases)("%s after a %s: writable is %s", (descriptor, rw, writable) => {
    expect(only(descriptor, rw, 0).tlb).toEqual([page(0, { writable })]);
    expect(only(Array.from({ length: 16 }, () => `C${descriptor}`).join(" "), rw, 9).tlb).toEqual([block({ writable })]);
  });

  it("is a block entry even where the neighbours are gone", () => {
    expect(only(".*9 CWy .*6", "read", 9).tlb).toEqual([block()]);
  });
});

describe("a hit", () => {
  it("answers a read without looking at the table", () => {
    expect(only(".", "read", 0, tlbOf(page(0)))).toEqual({ result: "ok", hit: true, tlb: [page(0)] });
    expect(only("W*16", "read", 7, tlbOf(block({ pfn: asPfn(0x9000n) })))).toMatchObject({ hit: true, result: "ok" });
  });

  it("answers a write where the entry is writable, also if the table no longer is", () => {
    expect(only("R", "write", 0, tlbOf(page(0, { writable: true })))).toMatchObject({ hit: true, result: "ok" });
  });

  it("that is not writable is dropped for a write, and walked", () => {
    const outcome = only("Wy*16", "write", 0, tlbOf(block()));
    expect(outcome).toMatchObject({ hit: false, result: "ok", tlb: [page(0, { writable: true })] });
    expect(updateOf(outcome)).toBe("Wy → Why @ 0");
  });

  it("that is not writable is gone even if the walk faults", () => {
    expect(only("Ry", "write", 0, tlbOf(page(0), page(1)))).toEqual({ result: "fault-permission", hit: false, tlb: [page(1)] });
    expect(only(".", "write", 0, tlbOf(page(0)))).toEqual({ result: "fault-translation", hit: false, tlb: [] });
  });
});

describe("speculation", () => {
  it("fills on a miss what is valid and young, asking for no permission", () => {
    expect(only("Ry", "speculate", 0)).toEqual({ result: "ok", hit: false, tlb: [page(0)] });
    expect(only("CWdy*16", "speculate", 3).tlb).toEqual([block({ writable: true })]);
    const kernelOnly = asPte(word("Wy") & ~BIT.USER);
    const [outcome] = access({ granule: GRANULES["4K"], features: DEFAULTS }, pageTable([kernelOnly]), EMPTY_TLB, "speculate", 0);
    expect(outcome?.tlb).toEqual([page(0, { user: false })]);
  });

  it("fills what EL0 may not use: a read does not go through it, but walks and faults", () => {
    const kernelOnly = pageTable([asPte(word("Wy") & ~BIT.USER)]);
    expect(access({ granule: GRANULES["4K"], features: DEFAULTS }, kernelOnly, tlbOf(page(0, { user: false })), "read", 0)).toEqual([
      { result: "fault-permission", hit: false, tlb: [] },
    ]);
  });

  it.each([".", "W", "N", "Ny", "Wh"])("of %s does nothing at all", (descriptor) => {
    expect(only(descriptor, "speculate", 0)).toEqual({ result: "ok", hit: false, tlb: [] });
  });

  it("changes nothing where the TLB answers already", () => {
    expect(only("Wdy*16", "speculate", 0, tlbOf(block()))).toEqual({ result: "ok", hit: true, tlb: [block()] });
  });
});

describe("eviction", () => {
  it("drops the entries that cover the page, and no other", () => {
    expect(only("W*16", "evict", 3, tlbOf(page(3), page(4), block()))).toEqual({ result: "ok", hit: false, tlb: [page(4)] });
    expect(only("W*16", "evict", 3, tlbOf(page(4)))).toEqual({ result: "ok", hit: false, tlb: [page(4)] });
  });
});

describe("a page and a block that both answer", () => {
  const both = tlbOf(page(3, { writable: true }), block());

  it.each([0, 2] as const)("are a conflict with bbm %i; the smallest answers", (bbm) => {
    expect(only("CWy*16", "read", 3, both, { bbm })).toEqual({
      result: "ok",
      hit: true,
      tlb: both,
      conflict: [page(3, { writable: true }), block()],
    });
    expect(only("CWy*16", "write", 3, both, { bbm })).toMatchObject({ hit: true, conflict: [page(3, { writable: true }), block()] });
  });

  it("are no conflict where only one covers the page", () => {
    expect(only("CWy*16", "read", 4, both).conflict).toBeUndefined();
  });

  it("may answer either way with tlbAnswer any", () => {
    const [smallest, largest, ...others] = outcomesOf("Wy*16", "write", 3, both, { tlbAnswer: "any" });
    expect(others).toEqual([]);
    expect(smallest).toMatchObject({ answer: 0, hit: true, tlb: both });
    // The block may not be written through: it is dropped, the walk goes to the page.
    expect(largest).toMatchObject({ answer: 1, hit: false, result: "ok", tlb: [page(3, { writable: true })] });
    expect(largest && updateOf(largest)).toBe("Wy → Why @ 3");
  });

  it("leave no choice with tlbAnswer any where one answers", () => {
    expect(outcomesOf("Wy*16", "read", 4, both, { tlbAnswer: "any" })).toEqual([{ result: "ok", hit: true, tlb: both }]);
  });

  it("go on conflicting when a write drops the smaller and walks", () => {
    const readOnlyPage = tlbOf(page(3), block());
    const outcome = only("Wy*16", "write", 3, readOnlyPage);
    expect(outcome.conflict).toEqual([page(3), block()]);
    expect(outcome.tlb).toEqual([page(3, { writable: true }), block()]);
  });
});

describe("which descriptor of a block hardware updates", () => {
  const entries = (outcomes: readonly AccessOutcome[]) => outcomes.map((outcome) => outcome.entry);
  const slots = Array.from({ length: 16 }, (_, i) => i);

  it("is the addressed one, unless it may be any", () => {
    expect(updateOf(only("CWy*16", "write", 9))).toBe("CWy → CWhy @ 9");
    expect(only("CWy*16", "write", 9).entry).toBeUndefined();
  });

  it("may be any valid CONT member, each a way to go", () => {
    const outcomes = outcomesOf("CWy*16", "write", 9, EMPTY_TLB, { adUpdate: "any" });
    expect(entries(outcomes)).toEqual(slots);
    expect(outcomes.map(updateOf)).toEqual(slots.map((i) => `CWy → CWhy @ ${i}`));
    for (const outcome of outcomes) expect(outcome.tlb).toEqual([block({ writable: true })]);
  });

  it("is never one that is empty, not valid or without CONT", () => {
    expect(entries(outcomesOf("CW . CN W CW*12", "read", 9, EMPTY_TLB, { adUpdate: "any" }))).toEqual([
      0, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    ]);
  });

  it("is never, for a dirty update, one that software has write-protected", () => {
    expect(entries(outcomesOf("CRy*4 CWy*12", "write", 9, EMPTY_TLB, { adUpdate: "any" }))).toEqual([
      4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    ]);
    expect(entries(outcomesOf("CR*4 CW*12", "read", 9, EMPTY_TLB, { adUpdate: "any" }))).toEqual(slots);
  });

  it("stays inside the block", () => {
    expect(entries(outcomesOf("CWy*32", "write", 20, EMPTY_TLB, { adUpdate: "any" }))).toEqual(slots.map((i) => i + 16));
  });

  it("is no choice where nothing is updated, or nothing is folded", () => {
    expect(entries(outcomesOf("CWy*16", "read", 9, EMPTY_TLB, { adUpdate: "any" }))).toEqual([undefined]);
    expect(entries(outcomesOf("Wy*16", "write", 9, EMPTY_TLB, { adUpdate: "any" }))).toEqual([undefined]);
  });

  it("leaves a read's entry not writable when the mark went elsewhere", () => {
    const outcomes = outcomesOf("CW*15 CWh", "read", 0, EMPTY_TLB, { adUpdate: "any" });
    expect(outcomes.map(({ tlb }) => tlb[0]?.writable)).toEqual(slots.map(() => false));
    expect(updateOf(outcomes[15] as AccessOutcome)).toBe("CWh → CWhy @ 15");
  });
});

describe("the page table in memory", () => {
  it("is never changed, a write gives another", () => {
    const before = table("W*16");
    const after = before.write(3, asPte(0n));
    expect([draw(before.words()), draw(after.words())]).toEqual(["W*16", "W*3 . W*12"]);
  });

  it("is the same table when a write changes nothing", () => {
    const before = table("W*16");
    expect(before.write(3, before.read(3))).toBe(before);
  });

  it("has no entry outside", () => {
    expect(() => table("W*16").read(16)).toThrow(RangeError);
    expect(() => table("W*16").write(-1, asPte(0n))).toThrow(RangeError);
  });
});
