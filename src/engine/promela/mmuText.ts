/**
 * The MMUs of a model, in C: what a TLB holds, and every way that an access may go. The
 * same as `hardware/mmu.ts` and `hardware/tlb.ts` in another language.
 */
import type { Features, Rw } from "../hardware/mmu.ts";
import { kindsOf } from "../machine/mmuActor.ts";
import type { MmuActorSpec } from "../scenario/scenario.ts";
import type { Hooks } from "./monitors/monitor.ts";

/** By their numbers in a model. */
export const RW: readonly Rw[] = ["read", "write", "speculate", "evict"];

export interface ModelMmu {
  readonly actor: number;
  readonly spec: MmuActorSpec;
}

const casesOf = (mmus: readonly ModelMmu[], text: (mmu: ModelMmu) => string): string =>
  mmus.map((mmu) => `  case ${mmu.actor}: ${text(mmu)};`).join("\n");

/** A TLB is an array of entries by size and start, the free ones last. */
export function tlbText(mmus: readonly ModelMmu[], entryType: string): string {
  return `static ${entryType} *tlbOf(int m) {
  switch (m) {
${casesOf(mmus, ({ actor }) => `return now.tlb${actor}`)}
  }
  return 0;
}
static unsigned char *gotOf(int m) {
  switch (m) {
${casesOf(mmus, ({ actor }) => `return now.got${actor}`)}
  }
  return 0;
}
static int accesses(int m) {
  switch (m) {
${casesOf(mmus, ({ spec }) => `return ${spec.accesses.length}`)}
  }
  return 0;
}
static int nextOf(int m) {
  int n = 0, all = accesses(m);
  unsigned char *got = gotOf(m);
  while (n < all && got[n]) n++;
  return n;
}
static int covering(int m, int i, int nth) {
  int p, all = accesses(m);
  ${entryType} *tlb = tlbOf(m);
  for (p = 0; p < all && tlb[p]; p++)
    if (START(tlb[p]) <= i && i < START(tlb[p]) + COUNT(tlb[p]) && nth-- == 0) return p;
  return -1;
}
static void drop(int m, int p) {
  int all = accesses(m);
  ${entryType} *tlb = tlbOf(m);
  for (; p + 1 < all; p++) tlb[p] = tlb[p + 1];
  tlb[p] = 0;
}
static int isNew;
static void fill(int m, int e) {
  int p, q, all = accesses(m);
  ${entryType} *tlb = tlbOf(m);
  for (p = 0; p < all && tlb[p]; p++)
    if (BIG(tlb[p]) == BIG(e) && START(tlb[p]) == START(e)) { isNew = tlb[p] != e; tlb[p] = e; return; }
  isNew = 1;
  for (q = p; q > 0 && tlb[q - 1] > e; q--) tlb[q] = tlb[q - 1];
  tlb[q] = e;
}
static int entryFor(int i, int w, int writable) {
  return CONT(w) ? ENTRY(1, i - i % BLOCK, BLOCK_FRAME[w], writable, USER(w)) : ENTRY(0, i, PAGE_FRAME[w], writable, USER(w));
}
static void flush(int from, int to) {
${mmus
  .map(
    ({ actor, spec }) => `  { int p = 0; while (p < ${spec.accesses.length} && now.tlb${actor}[p])
      if (START(now.tlb${actor}[p]) + COUNT(now.tlb${actor}[p]) <= from || to <= START(now.tlb${actor}[p])) p++; else drop(${actor}, p); }`,
  )
  .join("\n")}
}`;
}

/** What the MMUs may do, and what becomes of it. */
export function accessText({ hardwareAD, tlbAnswer, adUpdate }: Features, mmus: readonly ModelMmu[], hooks: Hooks): string {
  return `static int check(int w, int rw) {
  if (!VALID(w)) return 2;
  if (!AF(w) && ${hardwareAD === "none" ? 1 : 0}) return 3;
  if (!USER(w)) return 4;
  if (rw == 1 && RDONLY(w) && !(DBM(w) && ${hardwareAD === "af+dirty" ? 1 : 0})) return 4;
  return 1;
}
static void over(int m, int result, int filled) {
  gotOf(m)[nextOf(m)] = result;
${hooks.accessed.join("\n")}
}
/* One way that an access may go: which TLB entry answers, which entry hardware updates (0: no choice). With go 0 only whether there is such a way. */
static int mmuAccess(int m, int i, int rw, int answer, int choice, int go) {
  int w = now.T[i], first = covering(m, i, 0), second = covering(m, i, 1), hit, result, dirties, target, nw, after, e = 0;
  if (rw == 3) {
    if (answer || choice) return 0;
    if (go) { int p; while ((p = covering(m, i, 0)) >= 0) drop(m, p); over(m, 1, 0); }
    return 1;
  }
  if (rw == 2) {
    if (answer || choice) return 0;
    if (go) { if (first < 0 && VALID(w) && AF(w)) fill(m, e = entryFor(i, w, !RDONLY(w))); over(m, 1, e); }
    return 1;
  }
  if (${tlbAnswer === "any" ? 1 : 0} && second >= 0) { if (answer > 1) return 0; hit = answer ? second : first; }
  else { if (answer) return 0; hit = first; }
  if (hit >= 0 && MAY_USE(tlbOf(m)[hit]) && (rw == 0 || MAY_WRITE(tlbOf(m)[hit]))) {
    if (choice) return 0;
    if (go) over(m, 1, 0);
    return 1;
  }
  result = check(w, rw);
  dirties = rw == 1 && RDONLY(w);
  if (result != 1 || (!dirties && AF(w))) {
    if (choice) return 0;
    if (go) {
      if (hit >= 0) drop(m, hit);
      if (result == 1) fill(m, e = entryFor(i, w, !RDONLY(w)));
      over(m, result, e);
    }
    return 1;
  }
  if (${adUpdate === "any" ? 1 : 0} && CONT(w)) {
    if (!choice) return 0;
    target = i - i % BLOCK + choice - 1;
    nw = now.T[target];
    if (!VALID(nw) || !CONT(nw) || (dirties && !DBM(nw))) return 0;
  } else {
    if (choice) return 0;
    target = i;
  }
  if (!go) return 1;
  nw = dirties ? DIRTIED[now.T[target]] : YOUNG[now.T[target]];
  after = target == i ? nw : w;
  if (hit >= 0) drop(m, hit);
  fill(m, e = entryFor(i, w, rw == 1 || !RDONLY(after)));
  now.T[target] = nw;
${hooks.updated.join("\n")}
  over(m, 1, e);
  return 1;
}
static int wants(int m, int i, int rw) {
  switch (m) {
${mmus
  .map(
    ({ actor, spec }) =>
      `  case ${actor}: switch (nextOf(${actor})) {\n${spec.accesses
        .map(
          (wanted, n) =>
            `    case ${n}: return ${wanted.index === "any" ? "VALID(now.T[i])" : `i == ${wanted.index}`} && (${kindsOf(wanted)
              .map((rw) => `rw == ${RW.indexOf(rw)}`)
              .join(" || ")});`,
        )
        .join("\n")}\n  } break;`,
  )
  .join("\n")}
  }
  return 0;
}
static int canMmu(int m) {
  int i, n = nextOf(m);
  if (n == accesses(m)) return 0;
  switch (m) {
${mmus.map(({ actor, spec }) => `  case ${actor}: switch (n) {\n${spec.accesses.map((wanted, n) => `    case ${n}: ${wanted.index === "any" ? "for (i = 0; i < ENTRIES; i++) if (VALID(now.T[i])) return 1; return 0;" : "return 1;"}`).join("\n")}\n  } break;`).join("\n")}
  }
  return 0;
}`;
}
