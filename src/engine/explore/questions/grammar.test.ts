import { describe, expect, it } from "vitest";
import { machineFor } from "../../lab.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { hexWords } from "../../testing/drawing.ts";
import { kernel, lock, mmu, scenarioOf, unlock } from "../../testing/scenarioOf.ts";
import { parseQuestion } from "./grammar.ts";
import { holds, type Question, refusalSentence } from "./question.ts";

const lockless = kernel({ fn: "ptep_get_lockless", index: 9 });

/** Entry 0 is valid and clean, entry 1 valid and dirty, the others are empty. */
const scenario = scenarioOf({
  machine: { ptes: hexWords("W Wd") },
  actors: [
    kernel(lock, { fn: "ptep_get_and_clear", index: 4 }, unlock),
    lockless,
    mmu({ rw: "write", index: 12 }, { rw: "read", index: 3 }),
  ],
});

const named = (...names: readonly string[]): Scenario => scenarioOf({ actors: names.map((name) => ({ ...lockless, name })) });

function understood(text: string, of: Scenario = scenario): Question {
  const parsed = parseQuestion(of, text);
  if (!parsed.ok) throw new Error(`${text}: ${refusalSentence(text, parsed)}`);
  return parsed.question;
}

/** Where a question is refused, and the sentence. */
function refusedAt(text: string, of: Scenario = scenario): readonly [at: number, word: string, sentence: string] {
  const parsed = parseQuestion(of, text);
  if (parsed.ok) throw new Error(`${text} was understood`);
  return [parsed.at, text.slice(parsed.at, parsed.at + parsed.length), refusalSentence(text, parsed)];
}

const sentence = (text: string, of?: Scenario): string => refusedAt(text, of)[2];

describe("when a question looks", () => {
  it.each([
    ["entry 9 valid", "sometimes", false],
    ["sometimes entry 9 valid", "sometimes", false],
    ["entry 9 valid at the end", "sometimes", true],
    ["never entry 9 valid", "never", false],
    ["Always entry 9 valid At The End", "always", true],
    ["EVENTUALLY entry 9 valid", "eventually", false],
  ] as const)("%s", (text, mode, atEnd) => {
    expect(understood(text)).toMatchObject({ text, mode, atEnd });
  });
});

describe("a condition", () => {
  const { initial } = machineFor(scenario);
  const [yes, no] = ["entry 0 valid", "entry 2 valid"];
  const value = (text: string): boolean => holds(understood(text.replaceAll("T", yes).replaceAll("F", no)).condition, initial, []);

  it.each([
    ["T", true],
    ["F", false],
    ["not T", false],
    ["not not T", true],
    ["not F and F", false],
    ["not (F and F)", true],
    ["T or T and F", true],
    ["(T or T) and F", false],
    ["T and F or T", true],
    ["T and (F or F)", false],
    ["F and F implies F", true],
    ["F and (F implies F)", false],
    ["T or F implies F", false],
    ["F implies T implies F", true],
    ["(F implies T) implies F", false],
    ["T implies T implies F", false],
    ["not F implies F", false],
    ["not (F implies F)", false],
    ["((((T))))", true],
    ["T and T and F", false],
    ["F or F or T", true],
  ])("%s is %s", (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it("is bound together by never as a whole", () => {
    expect(understood("never CPU2 faulted and entry 4 dirty").condition).toMatchObject({
      kind: "and",
      of: [{ kind: "leaf" }, { kind: "leaf" }],
    });
  });
});

describe("an actor", () => {
  const actorOf = (text: string, of: Scenario): number | undefined => {
    const { condition } = understood(text, of);
    return condition.kind === "leaf" && condition.leaf.on === "actor" ? condition.leaf.actor : undefined;
  };

  it("is meant by its name as it is written before the same name in another case", () => {
    const of = named("cpu", "CPU", "Other");
    expect([actorOf("cpu finished", of), actorOf("CPU finished", of), actorOf("oTHER finished", of)]).toEqual([0, 1, 2]);
    expect(refusedAt("Cpu finished", of)).toEqual([0, "Cpu", "Cpu should be actor 0 or actor 1: several have this name"]);
  });

  it("may have a name with spaces, of our words or with quotation marks", () => {
    const of = named("the writer", "lock", 'say "hi" \\', "2nd", "über-CPU_3");
    expect(actorOf('"the writer" finished', of)).toBe(0);
    expect(actorOf('"lock" finished', of)).toBe(1);
    expect(actorOf('"say \\"hi\\" \\\\" finished', of)).toBe(2);
    expect(actorOf("2nd finished", of)).toBe(3);
    expect(actorOf("Über-CPU_3 finished", of)).toBe(4);
    expect(sentence("nobody finished", of)).toContain('an actor: "the writer", "lock", "say \\"hi\\" \\\\", "2nd", über-CPU_3');
  });

  it("of the name of one of our words is not meant without the quotation marks", () => {
    const of = named("and", "Entry");
    expect(actorOf('"and" finished', of)).toBe(0);
    expect(refusedAt("and finished", of).slice(0, 2)).toEqual([0, "and"]);
    expect(refusedAt("entry finished", of).slice(0, 2)).toEqual([6, "finished"]);
  });

  it("of a name that no line shows is called by its number", () => {
    expect(sentence("nobody finished", named("two\nlines", "CPU1"))).toContain("an actor: actor 0, CPU1");
  });

  it("may be given by its number", () => {
    expect([actorOf("actor 0 finished", scenario), actorOf("actor 2 finished", scenario)]).toEqual([0, 2]);
    expect(refusedAt("actor 3 finished")).toEqual([6, "3", "3 should be an actor's number, 0 to 2"]);
  });

  it("may be the reader", () => {
    expect(actorOf("reader finished", scenario)).toBe(1);
    expect(actorOf("reader finished", named("CPU0", "Reader"))).toBe(1);
    expect(sentence("reader finished", named("one", "the other"))).toBe(
      'reader should be one or "the other": each of them calls ptep_get_lockless',
    );
    const nobody = scenarioOf({ actors: [kernel(lock), mmu()] });
    expect(sentence("reader finished", nobody)).toBe("reader should be an actor: CPU0, CPU1; none of them calls ptep_get_lockless");
  });
});

describe("what cannot be understood is refused at the word", () => {
  it.each([
    ["", 0, "", "at the end of the question should come entry, entries, block, lock, flush or an actor: CPU0, CPU1, CPU2"],
    ["never", 5, "", "at the end of the question should come entry, entries, block, lock, flush or an actor: CPU0, CPU1, CPU2"],
    ["entyr 9 valid", 0, "entyr", "entyr should be entry, entries, block, lock, flush or an actor: CPU0, CPU1, CPU2; did you mean entry?"],
    ["nevr CPU2 faulted", 0, "nevr", /; did you mean never\?$/],
    ["not nevr CPU2 faulted", 4, "nevr", /: CPU0, CPU1, CPU2$/],
    ["CPU CPU2 faulted", 0, "CPU", /: CPU0, CPU1, CPU2$/],
    ["entry 16 valid", 6, "16", "16 should be an entry of the table, 0 to 15"],
    ["entry nine valid", 6, "nine", "nine should be an entry of the table, 0 to 15"],
    ["entry 99999999999999999999 valid", 6, "99999999999999999999", "99999999999999999999 should be an entry of the table, 0 to 15"],
    ["entry 9", 7, "", /^at the end of the question should come one of valid, present, .*user, pfn, or a word such as = 0x/],
    ["entry 9 dirt", 8, "dirt", /^dirt should be one of valid, .*; did you mean dirty\?$/],
    ["entry 9 = yes", 10, "yes", /^yes should be a word of at most 64 bits/],
    ["entry 9 = 0x10000000000000000", 10, "0x10000000000000000", /^0x10000000000000000 should be a word of at most 64 bits/],
    ["entry 9 pfn 0x1009", 12, "0x1009", "0x1009 should be = or !="],
    ["entry 9 pfn = 0x4000000000", 14, "0x4000000000", /below 0x4000000000$/],
    ["entries 0-15 dirty", 13, "dirty", /^dirty should be all or any/],
    ["entries 5-4 all dirty", 10, "4", "4 should be an entry from 5 on"],
    ["entries 5-16 all dirty", 10, "16", "16 should be an entry of the table, 0 to 15"],
    ["block 1 folded", 6, "1", "1 should be 0, the only block of the table"],
    ["block 0 fold", 8, "fold", "fold should be folded; did you mean folded?"],
    ["lock taken", 5, "taken", "taken should be held"],
    ["lock held by CPU2", 13, "CPU2", "CPU2 should be an actor that runs kernel code: MMUs take no lock"],
    ["lock held by CPU7", 13, "CPU7", "CPU7 should be an actor: CPU0, CPU1, CPU2"],
    ["flush waiting", 6, "waiting", "waiting should be pending"],
    [
      "CPU1 retruned dirty",
      5,
      "retruned",
      "retruned should be one of returned, call, is, retried, finished: CPU1 runs kernel code; did you mean returned?",
    ],
    ["CPU2 returned dirty", 5, "returned", "returned should be one of got, access, faulted, caches, finished: CPU2 is an MMU"],
    ["CPU1 faulted", 5, "faulted", "faulted should be one of returned, call, is, retried, finished: CPU1 runs kernel code"],
    ["CPU1 call 2 returned dirty", 10, "2", "2 should be the number of a call of CPU1, 1 to 1"],
    ["CPU1 call 0 returned dirty", 10, "0", "0 should be the number of a call of CPU1, 1 to 1"],
    [
      "CPU0 call 1 returned dirty",
      21,
      "dirty",
      "dirty should be asked of a call that returns a pte; call 1 of CPU0, ptl_lock, returns none",
    ],
    ["CPU2 access 3 got ok", 12, "3", "3 should be the number of an access of CPU2, 1 to 2"],
    ["CPU2 got lost", 9, "lost", "lost should be one of ok, fault-translation, fault-access, fault-permission"],
    [
      "CPU1 is in ptep_get_lockles",
      11,
      "ptep_get_lockles",
      /^ptep_get_lockles should be a call of CPU1: ptep_get_lockless; did you mean ptep_get_lockless\?$/,
    ],
    ["CPU1 is in set_ptes", 11, "set_ptes", "set_ptes should be a call of CPU1: ptep_get_lockless"],
    ["CPU1 retried >= many", 16, "many", "many should be a number, 0 to 1000"],
    ["CPU1 retried >= 1001", 16, "1001", "1001 should be a number, 0 to 1000"],
    ["CPU2 caches entry 9 as blok", 23, "blok", "blok should be block or page; did you mean block?"],
    ["CPU2 caches entry 16", 18, "16", "16 should be an entry of the table, 0 to 15"],
    ["entry 9 valid adn entry 4 none", 14, "adn", "adn should be and, or, implies, at the end, or nothing more; did you mean and?"],
    ["entry 9 valid at the end and entry 4 none", 25, "and", "and should be left out: nothing comes behind at the end"],
    ["entry 9 valid at end", 17, "end", "end should be the, as in at the end"],
    ["entry 9 valid at the", 20, "", "at the end of the question should come end, as in at the end"],
    ["eventually entry 9 valid at the end", 25, "at the end", /^"at the end" should be left out: eventually asks/],
    ["entry 9 valid and never entry 4 none", 18, "never", "never should be left out: never stands only at the beginning of a question"],
    ["(entry 9 valid", 14, "", "at the end of the question should come and, or, implies or a closing parenthesis"],
    ["(entry 9 valid at the end)", 15, "at", /^at should be left out here/],
    ["entry 9 valid)", 13, ")", '")" should be and, or, implies, at the end, or nothing more'],
    ["entry 9 valid and", 17, "", /^at the end of the question should come entry/],
    ["and entry 9 valid", 0, "and", /^and should be entry, /],
    ["entry 9 🙂", 8, "🙂", /^"🙂" should be one of valid/],
    ['"CPU 1 finished', 0, '"CPU 1 finished', /should be a name between two quotation marks/],
  ])("%s", (text, at, word, said) => {
    const [refused, found, why] = refusedAt(text);
    expect([refused, found]).toEqual([at, word]);
    if (typeof said === "string") expect(why).toBe(said);
    else expect(why).toMatch(said);
  });

  it("whose actor returns nothing of the kind", () => {
    const of = scenarioOf({ actors: [kernel(lock, { fn: "ptep_test_and_clear_young", index: 0 }), kernel(lock), kernel()] });
    expect(understood("CPU0 returned 1", of).mode).toBe("sometimes");
    expect(sentence("CPU0 returned dirty", of)).toBe("dirty should be asked of a call that returns a pte; CPU0 returns none");
    expect(sentence("CPU1 returned 1", of)).toBe("1 should be asked of a call that returns a value; CPU1 returns none");
    expect(sentence("CPU2 call 1 returned 1", of)).toBe("1 should be the number of a call of CPU2, and it has none");
    expect(sentence("CPU2 is in ptl_lock", of)).toBe("ptl_lock should be a call of CPU2, and it has none");
  });

  it("in a table of several blocks", () => {
    expect(sentence("block 2 folded", scenarioOf({ machine: { entries: 32 }, actors: [mmu()] }))).toBe(
      "2 should be a block of the table, 0 to 1",
    );
  });

  it("where it is too long", () => {
    const longest = `entry 9 valid${" ".repeat(487)}`;
    expect(understood(longest).text).toHaveLength(500);
    expect(refusedAt(`${longest} `)).toEqual([500, " ", '" " should be left out: a question has at most 500 characters']);
  });

  it("where it is nested too deep", () => {
    const nested = (depth: number): string => `${"(".repeat(depth)}entry 9 valid${")".repeat(depth)}`;
    expect(understood(nested(30)).condition.kind).toBe("leaf");
    expect(refusedAt(nested(31))).toEqual([30, "(", '"(" should be left out: a condition has at most 30 levels of parentheses and not']);
    expect(understood(`${"not ".repeat(30)}entry 9 valid`).condition.kind).toBe("not");
    expect(refusedAt(`${"not ".repeat(31)}entry 9 valid`)[0]).toBe(120);
  });
});
