/** What a question may be about: the grammar of one atom, from its subject to its last word. */
import { GRANULES, type Granule } from "../../hardware/granule.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { actorNames, readActor, SUBJECTS } from "./actors.ts";
import { entriesLeaf, flushLeaf, foldedLeaf, lockLeaf } from "./atoms.ts";
import { readDeed } from "./deeds.ts";
import { type Condition, type Leaf, MODES } from "./question.ts";
import { type Reader, refuse } from "./reader.ts";
import { readIndex, readWholeNumber, readWordTest } from "./wordTests.ts";

/** Reads one atom. */
export function readAtom(scenario: Scenario, reader: Reader): Condition {
  const subject = reader.accept(...SUBJECTS);
  switch (subject) {
    case "entry":
    case "entries":
      return leaf(readEntries(scenario, reader));
    case "block":
      return readBlock(scenario, reader);
    case "lock":
      return leaf(readLock(scenario, reader));
    case "flush":
      reader.expect(["pending"]);
      return leaf(flushLeaf);
    case undefined: {
      const expected = `${SUBJECTS.join(", ")} or an actor: ${actorNames(scenario).join(", ")}`;
      return leaf(
        readDeed(scenario, reader, readActor(scenario, reader, expected, [...SUBJECTS, "not", ...(reader.atStart ? MODES : [])])),
      );
    }
    default:
      return subject satisfies never;
  }
}

const leaf = (of: Leaf): Condition => ({ kind: "leaf", leaf: of });

const granuleOf = (scenario: Scenario): Granule => GRANULES[scenario.granule];

function readEntries(scenario: Scenario, reader: Reader): Leaf {
  const first = readIndex(scenario, reader);
  if (reader.accept("-", "to") === undefined) return entriesLeaf(first, first, "all", readWordTest(granuleOf(scenario), reader).test);
  const end = reader.next;
  const last = readIndex(scenario, reader);
  if (last < first) refuse(end, `an entry from ${first} on`);
  const which = reader.expect(["all", "any"], "all or any: whether it is asked of all these entries or of any one of them");
  return entriesLeaf(first, last, which, readWordTest(granuleOf(scenario), reader).test);
}

function readBlock(scenario: Scenario, reader: Reader): Condition {
  const granule = granuleOf(scenario);
  const last = scenario.ptes.length / granule.contPtes - 1;
  const block = readWholeNumber(reader, 0, last, last === 0 ? "0, the only block of the table" : `a block of the table, 0 to ${last}`);
  reader.accept("is");
  const negated = reader.accept("not") !== undefined;
  reader.expect(["folded"]);
  const folded = leaf(foldedLeaf(granule, block));
  return negated ? { kind: "not", of: folded } : folded;
}

function readLock(scenario: Scenario, reader: Reader): Leaf {
  reader.accept("is");
  reader.expect(["held"]);
  if (reader.accept("by") === undefined) return lockLeaf(undefined);
  const word = reader.next;
  const actor = readActor(scenario, reader, `an actor: ${actorNames(scenario).join(", ")}`);
  if (scenario.actors[actor]?.kind !== "kernel") refuse(word, "an actor that runs kernel code: MMUs take no lock");
  return lockLeaf(actor);
}
