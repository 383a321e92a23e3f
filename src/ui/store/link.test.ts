import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Choice } from "../../engine/protocol.ts";
import { parseScenarioText } from "../../engine/scenario/parse.ts";
import { READY_SCENARIOS } from "../../stories/scenarios/index.ts";
import { decodeChoices, encodeChoices } from "./choiceCodec.ts";
import { applyFields, diffFields } from "./documentDiff.ts";
import { type FindScenario, readLink, writeLink } from "./link.ts";

const [race] = READY_SCENARIOS;

const choice: fc.Arbitrary<Choice> = fc.oneof(
  fc.nat(15),
  fc.record({ actor: fc.nat(15), land: fc.nat(9) }),
  fc
    .record(
      {
        actor: fc.nat(15),
        access: fc.tuple(fc.constantFrom("read" as const, "write" as const, "speculate" as const, "evict" as const), fc.nat(511)),
        answer: fc.nat(3),
        entry: fc.nat(511),
      },
      { requiredKeys: ["actor"] },
    )
    .filter((c) => Object.keys(c).length > 1),
);

describe("choices in a link", () => {
  it("come back as they were", () => {
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 60 }), (choices) => {
        expect(decodeChoices(encodeChoices(choices))).toEqual({ ok: true, choices });
      }),
    );
  });

  it("are short and readable", () => {
    expect(encodeChoices([0, 0, 0, 1, { actor: 2, access: ["read", 12], entry: 3 }, { actor: 0, land: 1 }])).toBe("0x3.1.2r12e3.0l1");
  });

  it.each(["x", "1..2", "1x0", "1x999999999", "1e", "1x200001", "-1"])("refuse %s", (text) => {
    expect(decodeChoices(text).ok).toBe(false);
  });
});

/** JSON without empty-string values, which a link uses for "taken away". */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.boolean(),
    fc.integer(),
    fc.string({ minLength: 1 }),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("record"),
  ),
  record: fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie("value"), { maxKeys: 4 }),
})).record;

describe("a document told by its difference", () => {
  it("comes back as it was, whatever the two documents are", () => {
    fc.assert(
      fc.property(json, json, (base, changed) => {
        expect(applyFields(base, diffFields(base, changed))).toEqual(changed);
      }),
    );
  });

  it("names only what differs", () => {
    const changed = structuredClone(race.document);
    const [, reader] = changed.actors;
    if (reader?.kind !== "kernel" || reader.calls[0] === undefined) throw new Error("the race has a reader");
    reader.calls[0].index = 7;
    expect(diffFields(race.document, changed)).toEqual([["actors.1.calls.0.index", "7"]]);
  });

  it("does not reach into prototypes", () => {
    expect(applyFields({}, [["__proto__.polluted", "1"]])).toBeUndefined();
    expect(applyFields({}, [["constructor.prototype.polluted", "1"]])).toBeUndefined();
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

const findNone: FindScenario = async () => undefined;

describe("a link", () => {
  it("opens what it was made of, and says nothing that is the default", async () => {
    const place = { base: race, document: race.document, choices: [1, 1, 0], at: 2 };
    expect(writeLink(place)).toBe("#v=1&scenario=unfold-race&choices=1x2.0&at=2");
    expect(await readLink(writeLink(place), findNone)).toEqual({ ok: true, place });
  });

  it("carries a changed scenario, awkward texts included", async () => {
    const document = { ...race.document, title: 'a&b=c #1 <b>ünïcode</b> +100% "q"', actors: race.document.actors.slice(0, 1) };
    const place = { base: race, document, choices: [0], at: 1 };
    expect(await readLink(writeLink(place), findNone)).toEqual({ ok: true, place });
  });

  it("carries what the engine gives back for a file, with defaults and choices left as the file has them", async () => {
    const file = JSON.stringify({ ...race.document, title: "from a file", kernel: { profile: "6.12" }, choices: [0, 1] });
    const parsed = parseScenarioText(file);
    if (!parsed.ok) throw new Error("it was refused");
    const { choices: _, ...document } = parsed.document;
    const place = { base: race, document, choices: [0, 1], at: 2 };
    expect(await readLink(writeLink(place), findNone)).toEqual({ ok: true, place });
    expect(writeLink(place)).not.toContain("hardwareAD");
  });

  it("without a scenario is the first one, at its start", async () => {
    expect(await readLink("", findNone)).toEqual({ ok: true, place: { base: race, document: race.document, choices: [], at: 0 } });
  });

  it("that is too long is refused before anything of it is read", async () => {
    expect(await readLink(`#v=1&title=${"x".repeat(70_000)}`, findNone)).toMatchObject({
      ok: false,
      sentence: expect.stringContaining("longer than 64 KiB"),
    });
  });

  it.each([
    ["#scenario=unfold-race", "no version"],
    ["#v=2", "newer version"],
    ["#v=0", "not one that ever was"],
    ["#v=1&scenario=nothing", 'there is no scenario "nothing"'],
    ["#v=1&choices=1..2", "damaged at part 2"],
    ["#v=1&choices=1x3&at=4", "from 0 to 3"],
    ["#v=1&at=x", "from 0 to 0"],
    ["#v=1&machine.nothing.there=1", "does not have"],
    ["#v=1&%E0%A4%A=1", "damaged"],
    ["#v=1&=1", "damaged"],
  ])("that is damaged is refused with one sentence: %s", async (hash, part) => {
    const link = await readLink(hash, findNone);
    if (link.ok) throw new Error("it was opened");
    expect(link.sentence).toContain(part);
    expect(link.sentence).toMatch(/^This link cannot be opened: .*\.$/);
  });

  it("names a scenario that has to be found first", async () => {
    const found = { ...race, name: "a-story" };
    const find: FindScenario = async (name) => (name === "a-story" ? found : undefined);
    const place = { base: found, document: found.document, choices: [1], at: 1 };
    expect(await readLink(writeLink(place), find)).toEqual({ ok: true, place });
  });
});
