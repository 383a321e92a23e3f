/**
 * The scenario document, version 1: the JSON that links, files, stories and the
 * command line share. Shapes and their error sentences; what depends on several
 * fields at once is checked in `parse.ts`.
 */
import * as v from "valibot";
import { PTE_HELPERS } from "../kernel/pteHelpers.ts";
import { LIMITS } from "./limits.ts";

const WORD = 'an unsigned hex string such as "0x68000000000bc3": lower case, no leading zeros, at most 64 bits';
const word = v.pipe(v.string(WORD), v.regex(/^0x(0|[1-9a-f][0-9a-f]{0,15})$/, WORD));

const whole = (what: string, least = 0) =>
  v.pipe(
    v.number(what),
    v.check((n) => Number.isSafeInteger(n) && n >= least, what),
  );

const oneOf = <const T extends readonly string[]>(names: T) => v.picklist(names, `one of ${names.join(", ")}`);

const listOf = <T extends v.GenericSchema>(item: T, what: string, most: number) =>
  v.pipe(v.array(item, `a list of ${what}`), v.maxLength(most, `at most ${most} ${what}`));

const object = <T extends v.ObjectEntries>(entries: T) =>
  v.strictObject(entries, (issue) => {
    if (issue.expected === "never") return `one of the fields ${Object.keys(entries).join(", ")}`;
    return issue.received === "undefined" ? "given, and is missing" : "an object";
  });

/** Half of a surrogate pair is no character: it can be neither shown nor put into a link. */
const text = (what: string, longest: number) =>
  v.pipe(
    v.string(what),
    v.maxLength(longest, `${what} of at most ${longest} characters`),
    v.check((s) => !/\p{Surrogate}/u.test(s), `${what} of whole characters`),
  );

const index = whole("an entry number, 0 or more");

const prot = oneOf(["rw", "ro", "none"]);

const pteRun = object({
  index,
  count: v.optional(whole("a number of entries, 1 or more", 1), 1),
  pfn: word,
  prot,
  flags: v.optional(listOf(oneOf(["cont", "young", "dirty", "hwdirty", "special", "uffd"]), "flags", 6), []),
});

const machine = object({
  granule: v.optional(oneOf(["4K", "16K", "64K"]), "4K"),
  va: v.optional(word, "0x10000000"),
  mm: v.optional(oneOf(["user", "init", "efi"]), "user"),
  hardwareAD: v.optional(oneOf(["af+dirty", "af", "none"]), "af+dirty"),
  bbm: v.optional(v.picklist([0, 2], "0 or 2"), 0),
  adUpdate: v.optional(oneOf(["walked", "any"]), "walked"),
  tlbAnswer: v.optional(oneOf(["smallest", "any"]), "smallest"),
  entries: v.optional(v.pipe(whole("a number of entries, 1 or more", 1), v.maxValue(LIMITS.entries, `at most ${LIMITS.entries} entries`))),
  folios: v.optional(listOf(object({ pfn: word, pages: whole("a number of pages, 1 or more", 1) }), "folios", LIMITS.folios), []),
  ptes: v.optional(
    v.union([listOf(word, "words", LIMITS.entries), listOf(pteRun, "runs", LIMITS.entries)], (issue) =>
      Array.isArray(issue.input) ? "either words, one per entry, or runs {index, count, pfn, prot, flags}" : "a list of words or of runs",
    ),
    [],
  ),
});

const helpers = Object.keys(PTE_HELPERS) as (keyof typeof PTE_HELPERS)[];

const SWAP_TYPE = "the number of a swap area, 0 to 22";

const call = object({
  fn: v.string("the name of a call"),
  index: v.optional(index),
  nr: v.optional(whole("a number of entries, 1 or more", 1)),
  pte: v.optional(
    v.union(
      [word, object({ result: whole("the number of an earlier call"), apply: v.optional(listOf(oneOf(helpers), "pte helpers", 16), []) })],
      'a word, or {"result": number of an earlier call, "apply": [pte helpers]}',
    ),
  ),
  flags: v.optional(v.picklist([1, 2, 3], "1 (young), 2 (dirty) or 3 (both)")),
  full: v.optional(v.boolean("true or false")),
  dirty: v.optional(v.boolean("true or false")),
  write: v.optional(v.boolean("true or false")),
  type: v.optional(v.pipe(whole(SWAP_TYPE), v.maxValue(22, SWAP_TYPE))),
  prot: v.optional(prot),
});

const access = object({
  rw: oneOf(["read", "write", "speculate", "evict", "any"]),
  index: v.union([index, v.literal("any")], 'an entry number or "any"'),
});

const name = v.optional(v.pipe(text("a name", 40), v.minLength(1, "a name that is not empty")));

const actor = v.variant(
  "kind",
  [
    object({ name, kind: v.literal("kernel"), calls: listOf(call, "calls", LIMITS.callsPerActor) }),
    object({ name, kind: v.literal("mmu"), accesses: listOf(access, "accesses", LIMITS.callsPerActor) }),
  ],
  'an actor: {"kind": "kernel", "calls": […]} or {"kind": "mmu", "accesses": […]}',
);

const actorNumber = whole("an actor's number");
const choice = v.union(
  [
    actorNumber,
    object({ actor: actorNumber, land: whole("the number of a pending flush") }),
    object({
      actor: actorNumber,
      access: v.optional(v.strictTuple([oneOf(["read", "write", "speculate", "evict"]), index], "[rw, index]")),
      answer: v.optional(whole("which matching TLB entry answers")),
      entry: v.optional(whole("the entry that hardware updates")),
    }),
  ],
  "an actor's number, or {actor, land} or {actor, access, answer, entry}",
);

export const scenarioSchema = object({
  version: v.literal(1, "1, the version this program reads"),
  title: v.optional(text("a text", 200), "untitled"),
  machine,
  kernel: v.optional(
    object({
      profile: v.optional(v.string("a profile's name"), "6.12"),
      variants: v.optional(listOf(v.string("a variant's name"), "variants", 64), []),
    }),
    {},
  ),
  actors: v.pipe(listOf(actor, "actors", LIMITS.actors), v.minLength(1, "at least one actor")),
  choices: v.optional(listOf(choice, "choices", LIMITS.choices), []),
});

/** The document as a person writes it: defaults may be left out. */
export type ScenarioDocument = v.InferInput<typeof scenarioSchema>;
/** The document with its defaults filled in. */
export type CompleteDocument = v.InferOutput<typeof scenarioSchema>;
