/** `no-lost-dirty`, `no-lost-young`: the marks that a folio is owed, two bits each (explore/properties/lostMarks.ts). */
import type { Subject } from "../../explore/explore.ts";
import { ALL_DIRTY, FOLIOS_PER_COLUMN, foliosOf, movedBy, type Place, placeIn } from "../../explore/properties/lostMarks.ts";
import type { PropertyId } from "../../explore/properties/property.ts";
import type { Closure } from "../closure.ts";
import { table } from "../cText.ts";
import { kernelsOf } from "./calls.ts";
import { fails, type Monitor } from "./monitor.ts";

export function lostMarks(subject: Subject, { product, words, nodes, table: first }: Closure, wanted: readonly PropertyId[]): Monitor {
  const { scenario } = subject;
  const folios = foliosOf(scenario);
  const columns = Math.ceil(folios.count / FOLIOS_PER_COLUMN);
  const places = Array.from({ length: 1 + Math.max(...words.flat()) }, (_, word) => placeIn(folios, product.automata.words.at(word)));
  const moved = nodes.flatMap(({ actor, edges }) => edges.map(({ edge }) => movedBy(scenario, folios, actor, edge)));
  const both = (name: string, list: readonly Place[]): readonly string[] => [
    table(
      `${name}_AT`,
      list.map(({ column }) => column),
    ),
    table(
      `${name}_BITS`,
      list.map(({ bits }) => bits),
    ),
  ];
  const owed = Array.from({ length: columns }, (_, column) =>
    first.reduce((bits, word) => (places[word]?.column === column ? bits | (places[word]?.bits ?? 0) : bits), 0),
  );
  const forget = (name: string): string => `  if (${name}_BITS[e]) now.owed[${name}_AT[e]] &= ~${name}_BITS[e] | marksIn(${name}_AT[e]);`;
  const lost = (id: PropertyId, bits: string): readonly string[] =>
    wanted.includes(id) ? [`      if (lost & ${bits}) ${fails(id)};`] : [];
  return {
    vector: [`int owed[${columns}] = {${owed.join(", ")}};`],
    constants: [
      ...both("MARKS", places),
      ...both(
        "STORED",
        moved.map(({ stored }) => stored),
      ),
      ...both(
        "LET_GO",
        moved.map(({ letGo }) => letGo),
      ),
      ...both(
        "RETURNED",
        moved.map(({ returned }) => returned),
      ),
    ],
    helpers: `static int marksIn(int column) {
  int i, bits = 0;
  for (i = 0; i < ENTRIES; i++) if (MARKS_AT[now.T[i]] == column) bits |= MARKS_BITS[now.T[i]];
  return bits;
}
static int callInFlight(void) {
  return ${
    kernelsOf(subject)
      .map((actor) => `IN_CALL[now.n${actor}]`)
      .join(" || ") || "0"
  };
}`,
    after: [
      "  now.owed[STORED_AT[e]] |= STORED_BITS[e];",
      forget("LET_GO"),
      forget("RETURNED"),
      `  if (ENDS[e] && !callInFlight()) {
    int column;
    for (column = 0; column < ${columns}; column++) {
      int lost = now.owed[column] & ~marksIn(column);
${[...lost("no-lost-dirty", `${ALL_DIRTY}`), ...lost("no-lost-young", `~${ALL_DIRTY}`)].join("\n")}
    }
  }`,
    ],
    updated: ["  now.owed[MARKS_AT[nw]] |= MARKS_BITS[nw];"],
  };
}
