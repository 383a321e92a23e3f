/** Laws of questions: a printed condition means what it meant before, and no text is too much. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDirty, isPresent, isYoung } from "../../kernel/pte.ts";
import { machineFor } from "../../lab.ts";
import type { MachineState } from "../../machine/state.ts";
import { actorOf } from "../../scenario/scenario.ts";
import { aScenario, aSchedule, SEED } from "../../testing/arbitraries.ts";
import { hexWords } from "../../testing/drawing.ts";
import { kernelState, mmuState } from "../../testing/running.ts";
import { kernel, lock, mmu, scenarioOf, unlock } from "../../testing/scenarioOf.ts";
import { COMPARISONS, counted } from "./atoms.ts";
import { parseQuestion } from "./grammar.ts";
import { holds, MODES, refusalSentence } from "./question.ts";

/** A moment of a run: a state, and how often each actor has begun again. */
interface Moment {
  readonly state: MachineState;
  readonly retries: readonly number[];
}

/** A condition as it is printed, what it means, and how closely its outermost word binds: implies 0, or 1, and 2, the rest 3. */
interface Printed {
  readonly text: string;
  readonly binds: 0 | 1 | 2 | 3;
  holds(moment: Moment): boolean;
}

const scenario = scenarioOf({
  machine: { folios: [{ pfn: "0x1000", pages: 64 }], ptes: hexWords("CW*3 CWdy CW*12 Wy .*14 R") },
  actors: [
    kernel(lock, { fn: "ptep_get_and_clear", index: 4 }, unlock),
    { ...kernel({ fn: "ptep_get_lockless", index: 9 }), name: "the reader" },
    mmu({ rw: "write", index: 9 }, { rw: "read", index: 20 }, { rw: "any", index: "any" }),
  ],
});
const machine = machineFor(scenario);

/** The state that a schedule leads to. */
function momentOf(schedule: readonly number[]): Moment {
  const retries = scenario.actors.map(() => 0);
  let state = machine.initial;
  for (const pick of schedule) {
    const choices = machine.choices(state);
    const choice = choices[pick % Math.max(1, choices.length)];
    if (choice === undefined) break;
    const transition = machine.step(state, choice);
    if (transition === undefined) throw new Error("an offered choice was refused");
    state = transition.state;
    const actor = actorOf(choice);
    retries[actor] = (retries[actor] ?? 0) + transition.step.events.filter(({ kind }) => kind === "retry").length;
  }
  return { state, retries };
}

const atom = (text: string, means: (moment: Moment) => boolean): Printed => ({ text, binds: 3, holds: means });

const anIndex = fc.nat(31);

const anAtom: fc.Arbitrary<Printed> = fc.oneof(
  anIndex.map((i) => atom(`entry ${i} valid`, ({ state }) => (state.table.read(i) & 1n) === 1n)),
  anIndex.map((i) => atom(`entry ${i} not dirty`, ({ state }) => !isDirty(state.table.read(i)))),
  fc
    .tuple(anIndex, anIndex)
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
    .map(([a, b]) =>
      atom(`entries ${a}-${b} any young`, ({ state }) =>
        state.table
          .words()
          .slice(a, b + 1)
          .some(isYoung),
      ),
    ),
  anIndex.map((i) => atom(`entries ${i} to 31 all present`, ({ state }) => state.table.words().slice(i).every(isPresent))),
  anIndex.map((i) => atom(`entry ${i} != ${0x1_0000_0000n}`, ({ state }) => state.table.read(i) !== 0x1_0000_0000n)),
  fc.constant(atom("lock held", ({ state }) => state.ptl !== undefined)),
  fc.constant(atom("lock held by CPU0", ({ state }) => state.ptl === 0)),
  fc.constant(atom("flush pending", ({ state }) => state.pending.length > 0)),
  fc.constant(atom('"the reader" finished', ({ state }) => kernelState(state, 1).returns.length === 1)),
  fc.constant(atom("actor 0 is in ptl_unlock", ({ state }) => kernelState(state, 0).call === 2)),
  fc.constant(atom("CPU0 finished", ({ state }) => kernelState(state, 0).call === 3)),
  fc.constant(atom("CPU2 faulted", ({ state }) => mmuState(state, 2).results.some((result) => result.startsWith("fault")))),
  fc.constant(atom("CPU2 access 1 got ok", ({ state }) => mmuState(state, 2).results[0] === "ok")),
  anIndex.map((i) =>
    atom(`CPU2 caches entry ${i}`, ({ state }) => mmuState(state, 2).tlb.some((e) => e.start <= i && i < e.start + e.count)),
  ),
  fc.nat(4).map((n) => atom(`reader retried >= ${n}`, ({ retries }) => (retries[1] ?? 0) >= n)),
  fc.nat(4).map((n) => atom(`reader retried < ${n}`, ({ retries }) => (retries[1] ?? 0) < n)),
);

/** In parentheses where it binds less closely than its place asks for. */
const placed = ({ text, binds }: Printed, least: number): string => (binds < least ? `(${text})` : text);

const joined = (parts: readonly Printed[], word: "and" | "or", binds: 1 | 2): Printed => ({
  text: parts.map((part) => placed(part, binds + 1)).join(` ${word} `),
  binds,
  holds: (moment) => (word === "and" ? parts.every((part) => part.holds(moment)) : parts.some((part) => part.holds(moment))),
});

const { aCondition } = fc.letrec<{ aCondition: Printed }>((tie) => {
  const several = fc.array(tie("aCondition"), { minLength: 2, maxLength: 3 });
  const two = fc.tuple(tie("aCondition"), tie("aCondition"));
  return {
    aCondition: fc.oneof(
      { maxDepth: 3, depthSize: "small", withCrossShrink: true },
      anAtom,
      several.map((parts) => joined(parts, "and", 2)),
      several.map((parts) => joined(parts, "or", 1)),
      two.map(([a, b]) => ({
        text: `${placed(a, 1)} implies ${b.text}`,
        binds: 0 as const,
        holds: (at: Moment) => !a.holds(at) || b.holds(at),
      })),
      tie("aCondition").map((of) => ({ text: `not ${placed(of, 3)}`, binds: 3 as const, holds: (at: Moment) => !of.holds(at) })),
    ),
  };
});

/** Upper case and more space where they must make no difference: outside quotation marks. */
const written = (text: string, loud: boolean, wide: boolean): string =>
  text
    .split('"')
    .map((part, n) =>
      n % 2 === 1 ? part : (loud ? part.toUpperCase().replaceAll("0X", "0x") : part).replaceAll(" ", wide ? " \t\n " : " "),
    )
    .join('"');

describe("a printed condition", () => {
  it("means the same when it is read", () => {
    let [yes, no] = [0, 0];
    fc.assert(
      fc.property(
        aCondition,
        fc.array(aSchedule, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        fc.boolean(),
        (printed, schedules, loud, wide) => {
          const text = written(printed.text, loud, wide);
          fc.pre(text.length <= 500);
          const parsed = parseQuestion(scenario, text);
          if (!parsed.ok) throw new Error(refusalSentence(text, parsed));
          for (const moment of schedules.map(momentOf)) {
            const expected = printed.holds(moment);
            if (expected) yes += 1;
            else no += 1;
            expect(holds(parsed.question.condition, moment.state, moment.retries)).toBe(expected);
          }
        },
      ),
      { seed: SEED, numRuns: 400 },
    );
    expect(Math.min(yes, no)).toBeGreaterThan(100);
  });

  it("keeps its mode and its end", () => {
    fc.assert(
      fc.property(aCondition, fc.constantFrom(...MODES), fc.boolean(), ({ text }, mode, atEnd) => {
        const whole = `${mode} ${text}${atEnd ? " at the end" : ""}`;
        fc.pre(whole.length <= 500);
        const parsed = parseQuestion(scenario, whole);
        if (mode === "eventually" && atEnd) expect(parsed).toMatchObject({ ok: false, at: whole.length - "at the end".length });
        else expect(parsed).toMatchObject({ ok: true, question: { text: whole, mode, atEnd } });
      }),
      { seed: SEED },
    );
  });
});

it("counting to `most` decides a comparison", () => {
  fc.assert(
    fc.property(fc.constantFrom(...COMPARISONS), fc.nat(20), fc.nat(50), (comparison, n, count) => {
      const { most, holds: decide } = counted(comparison, n);
      expect(decide(Math.min(count, most))).toBe(decide(count));
    }),
    { seed: SEED, numRuns: 500 },
  );
});

describe("any text at all", () => {
  const VOCABULARY =
    'always never sometimes eventually not and or implies ( ) at the end entry entries block lock flush reader actor CPU0 CPU1 CPU2 "CPU 1" returned call got access faulted finished is in retried caches writable as page held by pending folded all any to - = != >= ≥ valid dirty pfn 0 1 9 16 0x1009 0x 1e9 " \\ ? . \u0000 \ud800'.split(
      " ",
    );
  const anyText = fc.oneof(
    fc.string({ unit: "binary", maxLength: 520 }),
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.array(fc.constantFrom(...VOCABULARY), { maxLength: 90 }).map((words) => words.join(" ")),
    fc.array(fc.constantFrom(...VOCABULARY), { maxLength: 12 }).map((words) => words.join("")),
    // A question with one word too many, too few or in another place.
    fc.tuple(aCondition, fc.nat(20), fc.constantFrom(...VOCABULARY)).map(([{ text }, n, word]) =>
      text
        .split(" ")
        .with(n % text.split(" ").length, word)
        .join(" "),
    ),
  );

  it("is understood, or refused inside of it with a sentence", () => {
    let understood = 0;
    fc.assert(
      fc.property(fc.oneof(fc.constant(scenario), aScenario), anyText, (of, text) => {
        const parsed = parseQuestion(of, text);
        if (parsed.ok) {
          understood += 1;
          return;
        }
        const { at, length, expected } = parsed;
        expect(at >= 0 && length >= 0 && at + length <= text.length).toBe(true);
        expect(length > 0 || at === text.length).toBe(true);
        expect(expected).toMatch(/^\S.*[^.\s]$/);
      }),
      { seed: SEED, numRuns: 2000 },
    );
    expect(understood).toBeGreaterThan(0);
  });
});
