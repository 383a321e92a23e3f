/** From text or JSON to a scenario, or to one problem: where in the document, and what was expected there. */
import * as v from "valibot";
import { asPte, BIT, clear, hex, NONE, type Pte, set } from "../hardware/descriptor.ts";
import { GRANULES, type Granule, withPfn } from "../hardware/granule.ts";
import { ARGUMENTS } from "../kernel/call.ts";
import { CALLS } from "../kernel/calls.ts";
import { mkdirty, PROTS } from "../kernel/pte.ts";
import { contested, PROFILES, usable, VARIANTS } from "../kernel/variants/profiles.ts";
import { type CompleteDocument, type ScenarioDocument, scenarioSchema } from "./document.ts";
import { LIMITS } from "./limits.ts";
import { type Problem, problemSentence, shownName } from "./problem.ts";
import type { ActorSpec, Call, Choice, Scenario } from "./scenario.ts";

/** A scenario, and the document that said so. */
export interface ParsedDocument {
  readonly scenario: Scenario;
  readonly document: ScenarioDocument;
}

export type Parsed = ({ readonly ok: true } & ParsedDocument) | { readonly ok: false; readonly problem: Problem };

class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problemSentence(problem));
    this.problem = problem;
  }
}

function refuse(path: string, expected: string): never {
  throw new Refused({ path, expected });
}

/** @param text JSON */
export function parseScenarioText(text: string): Parsed {
  if (text.length > LIMITS.documentLength) return { ok: false, problem: tooLong(text.length) };
  let json: unknown;
  try {
    // Some editors write a byte order mark, which JSON does not allow.
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return { ok: false, problem: { path: "", expected: `JSON${whereItBreaks(error, text)}` } };
  }
  return parseScenario(json);
}

/** @param length in characters */
export const tooLong = (length: number): Problem => ({
  path: "",
  expected: `at most ${LIMITS.documentLength / 1024 / 1024} MiB of JSON, not ${Math.ceil(length / 1024 / 1024)} MiB`,
});

/** The parser's own message quotes the source, over several lines if it has them: only the place is told. */
function whereItBreaks(error: unknown, text: string): string {
  const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  if (position === undefined) return "; it does not parse";
  const before = text.slice(0, Number(position)).split("\n");
  return `; it breaks at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

export function parseScenario(json: unknown): Parsed {
  const shape = v.safeParse(scenarioSchema, json, { abortEarly: true });
  if (!shape.success) return { ok: false, problem: problemOf(shape.issues[0]) };
  try {
    return { ok: true, scenario: build(shape.output), document: json as ScenarioDocument };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** A union reports every alternative, by paths from the union on: the one that got furthest says what is wrong. */
function problemOf(issue: v.BaseIssue<unknown>, above: readonly string[] = []): Problem {
  const path = [...above, ...(issue.path ?? []).map((item) => shownName(String(item.key)))];
  const inside = (issue.issues ?? []).filter((alternative) => alternative.path !== undefined);
  const [first, ...others] = inside;
  if (first === undefined) return { path: path.join("."), expected: issue.message };
  return problemOf(
    others.reduce((best, other) => (gotFurther(best, other) ? best : other), first),
    path,
  );
}

/** Further along a list, then deeper, then with the right type at least; of equals the later alternative. */
function gotFurther(a: v.BaseIssue<unknown>, b: v.BaseIssue<unknown>): boolean {
  const rank = ({ path, kind }: v.BaseIssue<unknown>): readonly number[] => {
    const position: unknown = path?.[0]?.key;
    return [typeof position === "number" ? position : 0, path?.length ?? 0, kind === "validation" ? 1 : 0];
  };
  const [ranksA, ranksB] = [rank(a), rank(b)];
  const parting = ranksA.findIndex((value, i) => value !== ranksB[i]);
  return parting >= 0 && (ranksA[parting] ?? 0) > (ranksB[parting] ?? 0);
}

function build(doc: CompleteDocument): Scenario {
  const { machine } = doc;
  const granule = GRANULES[machine.granule];
  const va = BigInt(machine.va);
  if (va % granule.contSize !== 0n) refuse("machine.va", `an address aligned to a block of ${hex(granule.contSize)} bytes`);
  const ptes = initialTable(machine, granule);
  if (va + BigInt(ptes.length) * granule.pageSize > 1n << 64n)
    refuse("machine.va", "an address from which the whole table fits below 2^64");
  checkKernel(doc);
  const actors = doc.actors.map((actor, n) => buildActor(actor, n, { length: ptes.length, granule }, doc.kernel.profile));
  doc.choices.forEach((choice, n) => {
    const actor = typeof choice === "number" ? choice : choice.actor;
    if (actor >= actors.length) refuse(`choices.${n}`, `an actor's number below ${actors.length}`);
  });
  return {
    title: doc.title,
    granule: machine.granule,
    va,
    mm: machine.mm,
    features: { hardwareAD: machine.hardwareAD, bbm: machine.bbm, adUpdate: machine.adUpdate, tlbAnswer: machine.tlbAnswer },
    folios: buildFolios(machine.folios, granule),
    ptes,
    profile: doc.kernel.profile,
    variants: doc.kernel.variants,
    actors,
    choices: doc.choices as readonly Choice[],
  };
}

type MachineDocument = CompleteDocument["machine"];
type RunDocument = Exclude<MachineDocument["ptes"][number], string>;

const isWords = (ptes: MachineDocument["ptes"]): ptes is string[] => typeof ptes[0] === "string";

function initialTable(machine: MachineDocument, granule: Granule): readonly Pte[] {
  const words = isWords(machine.ptes) ? machine.ptes : undefined;
  const runs = words === undefined ? (machine.ptes as readonly RunDocument[]) : [];
  const used = words?.length ?? runs.reduce((most, run) => Math.max(most, run.index + run.count), 0);
  const length = machine.entries ?? Math.max(1, Math.ceil(used / granule.contPtes)) * granule.contPtes;
  if (length % granule.contPtes !== 0) refuse("machine.entries", `a multiple of the block size, ${granule.contPtes}`);
  if (length > LIMITS.entries) refuse("machine.ptes", `at most ${LIMITS.entries} entries`);
  if (words !== undefined && used > length) refuse("machine.ptes", `at most ${length} words`);
  const table: Pte[] = new Array<Pte>(length).fill(NONE);
  words?.forEach((word, i) => {
    table[i] = asPte(BigInt(word));
  });
  const written = new Set<number>();
  runs.forEach((run, n) => {
    if (run.index >= length) refuse(`machine.ptes.${n}.index`, `an entry inside the table, 0 to ${length - 1}`);
    if (run.index + run.count > length)
      refuse(`machine.ptes.${n}.count`, `at most ${length - run.index} entries from entry ${run.index} to the end of the table`);
    checkFrames(`machine.ptes.${n}.pfn`, BigInt(run.pfn), run.count, granule);
    const first = runWord(run, n);
    for (let i = 0; i < run.count; i++) {
      if (written.has(run.index + i))
        refuse(`machine.ptes.${n}.index`, `entries that no earlier run sets; entry ${run.index + i} is set twice`);
      written.add(run.index + i);
      table[run.index + i] = withPfn(granule, first, BigInt(run.pfn) + BigInt(i));
    }
  });
  return table;
}

function runWord(run: RunDocument, n: number): Pte {
  return run.flags.reduce((pte, flag, i) => {
    switch (flag) {
      case "cont":
        return set(pte, BIT.CONT);
      case "young":
        return set(pte, BIT.AF);
      case "dirty":
        return mkdirty(pte);
      case "hwdirty":
        if (run.prot !== "rw") refuse(`machine.ptes.${n}.flags.${i}`, "left out: hardware dirties only entries with prot rw");
        return clear(pte, BIT.RDONLY);
      case "special":
        return set(pte, BIT.SPECIAL);
      case "uffd":
        return set(pte, BIT.UFFD_WP);
      default:
        return flag satisfies never;
    }
  }, asPte(PROTS[run.prot]));
}

function checkFrames(path: string, pfn: bigint, count: number, granule: Granule): void {
  const frames = 1n << BigInt(50 - granule.pageShift);
  if (pfn + BigInt(count) > frames) refuse(path, `frames below ${hex(frames)}, what a ${granule.name} descriptor can hold`);
}

function buildFolios(folios: MachineDocument["folios"], granule: Granule): Scenario["folios"] {
  const built = folios.map(({ pfn, pages }) => ({ pfn: BigInt(pfn), pages }));
  built.forEach((folio, n) => {
    checkFrames(`machine.folios.${n}.pfn`, folio.pfn, folio.pages, granule);
    const other = built.find((f, m) => m < n && f.pfn < folio.pfn + BigInt(folio.pages) && folio.pfn < f.pfn + BigInt(f.pages));
    if (other !== undefined) refuse(`machine.folios.${n}`, `frames outside the folio of frame ${hex(other.pfn)}`);
  });
  return built;
}

/** Named variants exclude each other where they fill the same slot, or one fills a slot that the other leaves out; what a profile brings gives way to them. */
function checkKernel({ kernel, machine }: CompleteDocument): void {
  if (!PROFILES.has(kernel.profile)) refuse("kernel.profile", `one of ${[...PROFILES.keys()].join(", ")}`);
  const named = kernel.variants.map((id, n) => {
    const path = `kernel.variants.${n}`;
    const variant = VARIANTS.get(id);
    if (variant === undefined) refuse(path, `one of ${[...VARIANTS.keys()].join(", ")}`);
    if (!usable(variant, machine.bbm)) refuse(path, `left out: ${id} is for machines with bbm ${variant.needs?.bbm}`);
    return variant;
  });
  named.forEach((variant, n) => {
    const other = named.slice(0, n).find((earlier) => contested(earlier, variant) !== undefined);
    if (other === undefined) return;
    const why = other.id === variant.id ? "it is there already" : `it excludes ${other.id}, which changes the same piece of code`;
    refuse(`kernel.variants.${n}`, `left out: ${why}`);
  });
}

type ActorDocument = CompleteDocument["actors"][number];
type CallDocument = Extract<ActorDocument, { kind: "kernel" }>["calls"][number];

interface Table {
  readonly length: number;
  readonly granule: Granule;
}

function buildActor(actor: ActorDocument, n: number, table: Table, profile: string): ActorSpec {
  const name = actor.name ?? `CPU${n}`;
  const { length } = table;
  const inside = (path: string, index: number): void => {
    if (index >= length) refuse(path, `an entry inside the table, 0 to ${length - 1}`);
  };
  switch (actor.kind) {
    case "kernel":
      return {
        kind: "kernel",
        name,
        calls: actor.calls.map((call, c) => buildCall(call, actor.calls, `actors.${n}.calls.${c}`, c, table, profile)),
      };
    case "mmu":
      actor.accesses.forEach(({ index }, a) => {
        if (index !== "any") inside(`actors.${n}.accesses.${a}.index`, index);
      });
      return { kind: "mmu", name, accesses: actor.accesses };
    default:
      return actor satisfies never;
  }
}

/** Leaves out what is not given: an absent argument and an undefined one are not the same to a call. */
const given = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };

function buildCall(
  call: CallDocument,
  calls: readonly CallDocument[],
  path: string,
  position: number,
  { length, granule }: Table,
  profile: string,
): Call {
  const spec = CALLS.get(call.fn);
  if (spec === undefined) refuse(`${path}.fn`, `one of ${[...CALLS.keys()].join(", ")}`);
  if (PROFILES.get(profile)?.lacks.includes(call.fn)) refuse(`${path}.fn`, `a call that the ${profile} kernel has`);
  for (const arg of spec.args) if (call[arg] === undefined) refuse(`${path}.${arg}`, `given: ${call.fn} needs it`);
  for (const arg of ARGUMENTS) {
    if (call[arg] !== undefined && !spec.args.includes(arg))
      refuse(`${path}.${arg}`, `left out: ${call.fn} takes ${spec.args.join(", ") || "no arguments"}`);
  }
  const { index, nr, pte, ...rest } = call;
  if (index !== undefined && index >= length) refuse(`${path}.index`, `an entry inside the table, 0 to ${length - 1}`);
  if (spec.wholeBlock && index !== undefined && index % granule.contPtes !== 0) refuse(`${path}.index`, "the first entry of a block");
  if (index !== undefined && nr !== undefined && index + nr > length)
    refuse(`${path}.nr`, `at most ${length - index} entries from entry ${index} to the end of the table`);
  if (typeof pte === "object") {
    const source = calls[pte.result];
    if (pte.result >= position || source === undefined || CALLS.get(source.fn)?.returns !== "pte") {
      refuse(`${path}.pte.result`, "the number of an earlier call of this actor that returns a pte");
    }
  }
  return {
    ...given(rest),
    ...(index !== undefined && { index }),
    ...(nr !== undefined && { nr }),
    ...(pte !== undefined && { pte: typeof pte === "string" ? asPte(BigInt(pte)) : pte }),
  };
}
