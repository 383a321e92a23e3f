/** What an actor did or is doing: the grammar of an atom from the actor on. */
import { GRANULES } from "../../hardware/granule.ts";
import type { AccessResult } from "../../hardware/mmu.ts";
import type { Access, Call, Scenario } from "../../scenario/scenario.ts";
import { actorNames } from "./actors.ts";
import {
  type Cached,
  COMPARISONS,
  cachesLeaf,
  counted,
  faultedLeaf,
  finishedLeaf,
  gotLeaf,
  inCallLeaf,
  retriedLeaf,
  returnedLeaf,
  returnsA,
} from "./atoms.ts";
import type { Leaf } from "./question.ts";
import { oneOf, type Reader, refuse } from "./reader.ts";
import { readIndex, readWholeNumber, readWordTest } from "./wordTests.ts";

/** The actor that an atom is about. */
interface Doer {
  readonly scenario: Scenario;
  readonly actor: number;
  readonly name: string;
}

export function readDeed(scenario: Scenario, reader: Reader, actor: number): Leaf {
  const [spec, name] = [scenario.actors[actor], actorNames(scenario)[actor]];
  if (spec === undefined || name === undefined) throw new RangeError(`there is no actor ${actor}`);
  const doer = { scenario, actor, name };
  return spec.kind === "kernel" ? readKernelDeed(reader, doer, spec.calls) : readMmuDeed(reader, doer, spec.accesses);
}

const KERNEL_DEEDS = ["returned", "call", "is", "retried", "finished"] as const;

function readKernelDeed(reader: Reader, doer: Doer, calls: readonly Call[]): Leaf {
  const deed = reader.expect(KERNEL_DEEDS, `${oneOf(KERNEL_DEEDS)}: ${doer.name} runs kernel code`);
  switch (deed) {
    case "returned":
      return readReturned(reader, doer, calls);
    case "call": {
      const number = readNumberOf(reader, "call", doer.name, calls.length);
      reader.expect(["returned"]);
      return readReturned(reader, doer, calls, number - 1);
    }
    case "is":
      reader.expect(["in"]);
      return readInCall(reader, doer, calls);
    case "retried":
      return readRetried(reader, doer);
    case "finished":
      return finishedLeaf(doer.actor, 0);
    default:
      return deed satisfies never;
  }
}

/** @param asked the number of one call from 0, or the last call that returns what is asked for */
function readReturned(reader: Reader, { scenario, actor, name }: Doer, calls: readonly Call[], asked?: number): Leaf {
  const word = reader.next;
  const { of, test } = readWordTest(GRANULES[scenario.granule], reader);
  const returning = calls.flatMap((call, n) => (returnsA(of, call) && (asked ?? n) === n ? [n] : []));
  if (returning.length > 0) return returnedLeaf(actor, returning, test);
  const who = asked === undefined ? name : `call ${asked + 1} of ${name}, ${calls[asked]?.fn},`;
  return refuse(word, `asked of a call that returns a ${of}; ${who} returns none`);
}

function readInCall(reader: Reader, { actor, name }: Doer, calls: readonly Call[]): Leaf {
  const { next } = reader;
  const functions = [...new Set(calls.map(({ fn }) => fn))];
  const fn = functions.find((known) => known.toLowerCase() === next.text.toLowerCase());
  if (fn === undefined)
    return refuse(next, `a call of ${name}${functions.length > 0 ? `: ${functions.join(", ")}` : ", and it has none"}`, functions);
  reader.take();
  return inCallLeaf(actor, fn);
}

/** The search keeps states apart that differ in a count: a person who asks for more has mistyped. */
const MOST_RETRIES = 1000;

function readRetried(reader: Reader, { actor }: Doer): Leaf {
  const comparison = reader.accept(...COMPARISONS);
  if (comparison === undefined) return retriedLeaf(actor, counted(">=", 1));
  return retriedLeaf(actor, counted(comparison, readWholeNumber(reader, 0, MOST_RETRIES, `a number, 0 to ${MOST_RETRIES}`)));
}

const MMU_DEEDS = ["got", "access", "faulted", "caches", "finished"] as const;
const RESULTS = ["ok", "fault-translation", "fault-access", "fault-permission"] as const satisfies readonly AccessResult[];

function readMmuDeed(reader: Reader, { scenario, actor, name }: Doer, accesses: readonly Access[]): Leaf {
  const deed = reader.expect(MMU_DEEDS, `${oneOf(MMU_DEEDS)}: ${name} is an MMU`);
  switch (deed) {
    case "got":
      return gotLeaf(actor, undefined, reader.expect(RESULTS));
    case "access": {
      const number = readNumberOf(reader, "access", name, accesses.length);
      reader.expect(["got"]);
      return gotLeaf(actor, number - 1, reader.expect(RESULTS));
    }
    case "faulted":
      return faultedLeaf(actor);
    case "caches":
      reader.expect(["entry"]);
      return cachesLeaf(actor, readIndex(scenario, reader), readCached(reader));
    case "finished":
      return finishedLeaf(actor, accesses.length);
    default:
      return deed satisfies never;
  }
}

/** `[writable] [as block | as page]`, in either order. */
function readCached(reader: Reader): Cached {
  const before = reader.accept("writable") !== undefined;
  const as = reader.accept("as") === undefined ? undefined : reader.expect(["block", "page"]);
  return { writable: before || reader.accept("writable") !== undefined, as };
}

/** A call's or an access's number as the page shows it: the first is 1. */
function readNumberOf(reader: Reader, what: "call" | "access", name: string, many: number): number {
  const numbers = many === 0 ? ", and it has none" : `, 1 to ${many}`;
  return readWholeNumber(reader, 1, many, `the number of ${what === "call" ? "a call" : "an access"} of ${name}${numbers}`);
}
