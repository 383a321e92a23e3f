/** `no-deadlock`: where nobody can move, everybody has finished. */
import type { Subject } from "../../explore/explore.ts";
import { kernelsOf, mmusOf } from "./calls.ts";
import { fails, type Monitor } from "./monitor.ts";

export const deadlock = (subject: Subject): Monitor => ({
  vector: [],
  constants: [],
  ended: [
    ...kernelsOf(subject).map((actor) => `    if (KIND[now.n${actor}] != 0) ${fails("no-deadlock")};`),
    ...mmusOf(subject).map((mmu) => `    if (nextOf(${mmu}) < accesses(${mmu})) ${fails("no-deadlock")};`),
  ],
});
