/**
 * The machine of a model, in C: a step of a kernel actor along its automaton's tables, an
 * access of an MMU, a flush that lands. The same as `automata/product.ts` and
 * `hardware/mmu.ts` in another language, so that a search of another's making can be held
 * against ours.
 */
import { BIT, has, isCont, isValid } from "../hardware/descriptor.ts";
import { blockPfn, GRANULES, pfnOf } from "../hardware/granule.ts";
import { kindsOf } from "../machine/mmuActor.ts";
import { isTouch } from "../machine/operations.ts";
import type { KernelActorSpec } from "../scenario/scenario.ts";
import { type Closure, NoModel } from "./closure.ts";
import { bitsFor, table, typeFor } from "./cText.ts";
import { accessText, RW, tlbText } from "./mmuText.ts";
import type { Hooks } from "./monitors/monitor.ts";

const THROUGH = 0;
const TOUCH = 1;
const QUIET = 2;
const FLUSH = 3;
const FLUSH_LATER = 4;
const LOCK = 5;
const UNLOCK = 6;

/** Flushes that one model may have pending at a time. */
const MOST_PENDING = 8;

export interface MachineText {
  /** Promela's declarations of the state vector. */
  readonly vector: readonly string[];
  /** C's constant tables and helpers that need no state. */
  readonly constants: readonly string[];
  /** C's functions on the state. */
  readonly functions: string;
  /** One for each actor. */
  readonly processes: readonly Process[];
}

export interface Process {
  readonly name: string;
  /** C: whether a step can be made, and the step. */
  readonly options: readonly (readonly [can: string, step: string])[];
}

export function machineText({ product, words, nodes, starts, table: first }: Closure, hooks: Hooks): MachineText {
  const { automata } = product;
  const { scenario } = automata;
  const granule = GRANULES[scenario.granule];
  const { adUpdate, tlbAnswer } = scenario.features;
  const entries = scenario.ptes.length;
  const wordCount = 1 + Math.max(...words.flat());
  const ptes = Array.from({ length: wordCount }, (_unused, word) => automata.words.at(word));
  const kernels = scenario.actors.flatMap((spec, actor) => (spec.kind === "kernel" ? [actor] : []));
  const mmus = scenario.actors.flatMap((spec, actor) => (spec.kind === "mmu" ? [{ actor, spec }] : []));

  const frames = [...new Set(ptes.flatMap((pte) => [pfnOf(granule, pte), blockPfn(granule, pfnOf(granule, pte))]))];
  const frame = new Map(frames.map((pfn, n) => [pfn, n]));
  const frameBits = bitsFor(frames.length);
  const startBits = bitsFor(entries);
  const entryBits = 4 + frameBits + startBits;
  if (entryBits > 31) throw new NoModel("one with fewer frames and entries, for a model");

  const flags = ptes.map(
    (pte) =>
      (isValid(pte) ? 1 : 0) |
      (isCont(pte) ? 2 : 0) |
      (has(pte, BIT.AF) ? 4 : 0) |
      (has(pte, BIT.USER) ? 8 : 0) |
      (has(pte, BIT.RDONLY) ? 16 : 0) |
      (has(pte, BIT.DBM) ? 32 : 0),
  );
  const wordOf = new Map(ptes.map((pte, word) => [pte as bigint, word]));
  const young = ptes.map((pte) => wordOf.get(pte | BIT.AF) ?? 0);
  const dirtied = ptes.map((pte) => wordOf.get((pte | BIT.AF) & ~BIT.RDONLY) ?? 0);

  /** Positions of words among those of their entry. */
  const places = words.map((own) => {
    const place = new Array<number>(wordCount).fill(0);
    for (const [n, word] of own.entries()) place[word] = n;
    return place;
  });

  const kinds = nodes.map(({ node, actor }) => {
    const { next } = node;
    if (next === undefined) return THROUGH;
    if (isTouch(next)) return automata.kernels[actor]?.isBeyond(next.index) ? QUIET : TOUCH;
    if (next.op === "tlbi") return next.local ? QUIET : next.sync ? FLUSH : FLUSH_LATER;
    return next.op === "lock" ? LOCK : next.op === "unlock" ? UNLOCK : QUIET;
  });
  const edges = nodes.flatMap((node) => node.edges);
  const edgeBegins: number[] = [];
  nodes.reduce((at, node) => {
    edgeBegins.push(at);
    return at + node.edges.length;
  }, 0);
  const touches = nodes.map(({ node }, n) => (kinds[n] === TOUCH && node.next !== undefined && "index" in node.next ? node.next.index : 0));
  const ranges = nodes.map(({ node }) => (node.next?.op === "tlbi" ? [node.next.index, node.next.index + node.next.nr] : [0, 0]));
  /** What each actor's calls may return, the numbers of such values from 1 on. */
  const values = scenario.actors.map(() => new Map<bigint, number>());
  const valueNumber = (actor: number, value: bigint): number => {
    const known = values[actor]?.get(value) ?? (values[actor]?.size ?? 0) + 1;
    values[actor]?.set(value, known);
    return known;
  };
  const returned = edges.map((edge) => edge.returned.map(({ call, value }) => ({ call, number: valueNumber(edge.actor, value) })));
  const returnBegins: number[] = [];
  returned.reduce((at, own) => {
    returnBegins.push(at);
    return at + own.length;
  }, 0);
  const begun = kernels.flatMap((actor) => {
    const own = nodes[starts[actor] ?? 0]?.node.own.returns ?? [];
    return own.map((value) => (value === undefined ? 0 : valueNumber(actor, value)));
  });
  if (begun.some((number) => number !== 0)) throw new NoModel("one whose actors begin with a call that accesses the table, for a model");
  const hasLater = kinds.includes(FLUSH_LATER);
  const hasLock = kinds.includes(LOCK) || kinds.includes(UNLOCK);

  const slots = Math.max(1, ...mmus.map(({ spec }) => spec.accesses.length));
  const entryType = entryBits < 15 ? "short" : "int";
  const wordType = typeFor([wordCount - 1]) === "unsigned char" ? "byte" : "short";
  const vector = [
    `${wordType} T[${entries}] = {${first.join(", ")}};`,
    ...kernels.map((actor) => `unsigned n${actor} : ${bitsFor(nodes.length)} = ${starts[actor] ?? 0};`),
    ...kernels.flatMap((actor) => {
      const count = values[actor]?.size ?? 0;
      const callCount = scenario.actors[actor]?.kind === "kernel" ? (scenario.actors[actor] as KernelActorSpec).calls.length : 0;
      return count === 0 ? [] : [`${count < 256 ? "byte" : "short"} ret${actor}[${callCount}];`];
    }),
    ...(hasLock ? [`unsigned ptl : ${bitsFor(scenario.actors.length + 1)};`] : []),
    ...mmus.flatMap(({ actor, spec }) => [
      `${entryType} tlb${actor}[${Math.max(1, spec.accesses.length)}];`,
      `byte got${actor}[${Math.max(1, spec.accesses.length)}];`,
    ]),
    ...(hasLater
      ? [`byte pendingActor[${MOST_PENDING}];`, `short pendingFrom[${MOST_PENDING}];`, `short pendingTo[${MOST_PENDING}];`]
      : []),
  ];

  const constants = [
    `#define ENTRIES ${entries}`,
    `#define BLOCK ${granule.contPtes}`,
    `#define SLOTS ${slots}`,
    `#define MOST_PENDING ${MOST_PENDING}`,
    "#define VALID(w) (FLAGS[w] & 1)",
    "#define CONT(w) (FLAGS[w] & 2)",
    "#define AF(w) (FLAGS[w] & 4)",
    "#define USER(w) (FLAGS[w] & 8)",
    "#define RDONLY(w) (FLAGS[w] & 16)",
    "#define DBM(w) (FLAGS[w] & 32)",
    "/* A TLB entry: size, then start, then frame, writable, user; 0 for none. */",
    `#define ENTRY(big, start, frame, w, u) (1 | ((u) ? 2 : 0) | ((w) ? 4 : 0) | ((frame) << 3) | ((start) << ${3 + frameBits}) | ((big) ? ${1 << (3 + frameBits + startBits)} : 0))`,
    "#define MAY_USE(e) ((e) & 2)",
    "#define MAY_WRITE(e) ((e) & 4)",
    `#define FRAME(e) (((e) >> 3) & ${(1 << frameBits) - 1})`,
    `#define START(e) (((e) >> ${3 + frameBits}) & ${(1 << startBits) - 1})`,
    `#define BIG(e) ((e) >> ${3 + frameBits + startBits})`,
    "#define COUNT(e) (BIG(e) ? BLOCK : 1)",
    table("FLAGS", flags),
    table("YOUNG", young),
    table("DIRTIED", dirtied),
    table(
      "PAGE_FRAME",
      ptes.map((pte) => frame.get(pfnOf(granule, pte)) ?? 0),
    ),
    table(
      "BLOCK_FRAME",
      ptes.map((pte) => frame.get(blockPfn(granule, pfnOf(granule, pte))) ?? 0),
    ),
    table("PLACE", places.flat()),
    `#define WORDS ${wordCount}`,
    table("KIND", kinds),
    table("TOUCHES", touches),
    table(
      "FLUSH_FROM",
      ranges.map(([from = 0]) => from),
    ),
    table(
      "FLUSH_TO",
      ranges.map(([, to = 0]) => to),
    ),
    table("EDGES", edgeBegins),
    table(
      "TARGET",
      edges.map(({ target }) => target),
    ),
    table(
      "STORES",
      edges.map(({ edge }) => edge.stores),
    ),
    table("RETURNS", [...returnBegins, returned.flat().length]),
    table(
      "RETURNS_CALL",
      returned.flat().map(({ call }) => call),
    ),
    table(
      "RETURNS_VALUE",
      returned.flat().map(({ number }) => number),
    ),
    `static const long long FRAME_NUMBER[] = {${frames.join("LL,")}LL};`,
  ];

  const functions = `
/* A bit for each property that the step being made violates. With -DTALLY no assertion fails: the bits are added up and printed at the end. */
static int bad;
#ifdef TALLY
static int found;
static void tell(void) { printf("violated properties, a bit each: %d\\n", found); }
#endif
static void fail(int property) { bad |= 1 << property; }

static int nodeOf(int a) {
  switch (a) {
${kernels.map((actor) => `  case ${actor}: return now.n${actor};`).join("\n")}
  }
  return 0;
}
${tlbText(mmus, entryType)}
${hooks.helpers.join("\n")}
${
  hasLater
    ? `static void landed(int from, int to) {
${hooks.landed.join("\n")}
}
static void unqueue(int k) {
  for (; k + 1 < MOST_PENDING; k++) {
    now.pendingActor[k] = now.pendingActor[k + 1]; now.pendingFrom[k] = now.pendingFrom[k + 1]; now.pendingTo[k] = now.pendingTo[k + 1];
  }
  now.pendingActor[k] = 0; now.pendingFrom[k] = 0; now.pendingTo[k] = 0;
}
static void landAll(int a) {
  int k = 0;
  while (k < MOST_PENDING && now.pendingActor[k])
    if (now.pendingActor[k] == a + 1) { flush(now.pendingFrom[k], now.pendingTo[k]); unqueue(k); } else k++;
}`
    : "#define landAll(a)"
}
${accessText(scenario.features, mmus, hooks)}
static int canKernel(int a) {
  int kind = KIND[nodeOf(a)];
  return kind != ${THROUGH}${hasLock ? ` && !(kind == ${LOCK} && now.ptl)` : ""};
}
static int canLand(int a, int k) {
  return ${hasLater ? `KIND[nodeOf(a)] != ${THROUGH} && now.pendingActor[k] == a + 1` : "0"};
}
static int anybodyCan(void) {
${kernels.map((actor) => `  if (canKernel(${actor})) return 1;`).join("\n")}
${mmus.map(({ actor }) => `  if (canMmu(${actor})) return 1;`).join("\n")}
${hasLater ? `  { int k; for (k = 0; k < MOST_PENDING && now.pendingActor[k]; k++) if (canLand(now.pendingActor[k] - 1, k)) return 1; }` : ""}
  return 0;
}
static void stepDone(void) {
#ifdef TALLY
  static int isTold;
  if (!isTold) { isTold = 1; atexit(tell); }
#endif
  if (!anybodyCan()) {
${hooks.ended.join("\n")}
  }
#ifdef TALLY
  found |= bad;
  bad = 0;
#endif
}
static void stepKernel(int a) {
  int r, n = nodeOf(a), kind = KIND[n], i = TOUCHES[n], old = kind == ${TOUCH} ? now.T[i] : 0, e = EDGES[n] + (kind == ${TOUCH} ? PLACE[i * WORDS + old] : 0);
${hooks.before.join("\n")}
  if (kind == ${TOUCH}) now.T[i] = STORES[e];
  if (kind == ${FLUSH}) { landAll(a); flush(FLUSH_FROM[n], FLUSH_TO[n]); }
${
  hasLater
    ? `  if (kind == ${FLUSH_LATER}) {
    int k = 0;
    while (k < MOST_PENDING && now.pendingActor[k]) k++;
    if (k == MOST_PENDING) { printf("more flushes are pending than this model has room for\\n"); exit(1); }
    now.pendingActor[k] = a + 1; now.pendingFrom[k] = FLUSH_FROM[n]; now.pendingTo[k] = FLUSH_TO[n];
  }`
    : ""
}
${hasLock ? `  if (kind == ${LOCK}) now.ptl = a + 1;\n  if (kind == ${UNLOCK} && now.ptl == a + 1) now.ptl = 0;` : ""}
  switch (a) {
${kernels.map((actor) => `  case ${actor}: now.n${actor} = TARGET[e];${(values[actor]?.size ?? 0) > 0 ? ` for (r = RETURNS[e]; r < RETURNS[e + 1]; r++) now.ret${actor}[RETURNS_CALL[r]] = RETURNS_VALUE[r];` : ""} break;`).join("\n")}
  }
  (void)r;
  if (KIND[TARGET[e]] == ${THROUGH}) landAll(a);
${hooks.after.join("\n")}
  stepDone();
}
static void land(int a, int k) {
${
  hasLater
    ? `  int from = now.pendingFrom[k], to = now.pendingTo[k];
  unqueue(k);
  flush(from, to);
  landed(from, to);
  stepDone();`
    : ""
}
}
`;

  const answers = tlbAnswer === "any" ? 2 : 1;
  const choices = adUpdate === "any" ? granule.contPtes + 1 : 1;
  const processes = scenario.actors.map((spec, actor) => {
    if (spec.kind === "kernel") {
      const landings = hasLater
        ? Array.from({ length: MOST_PENDING }, (_unused, k) => [`canLand(${actor}, ${k})`, `land(${actor}, ${k})`] as const)
        : [];
      return { name: spec.name, options: [[`canKernel(${actor})`, `stepKernel(${actor})`] as const, ...landings] };
    }
    const indexes = spec.accesses.some(({ index }) => index === "any")
      ? Array.from({ length: entries }, (_unused, i) => i)
      : [...new Set(spec.accesses.map(({ index }) => index as number))];
    const rws = [...new Set(spec.accesses.flatMap((wanted) => kindsOf(wanted)))].map((rw) => RW.indexOf(rw));
    const ways = Array.from({ length: answers * choices }, (_unused, n) => [Math.floor(n / choices), n % choices] as const);
    const options = indexes.flatMap((i) =>
      rws.flatMap((rw) =>
        ways.map(([answer, choice]) => {
          const call = `${actor}, ${i}, ${rw}, ${answer}, ${choice}`;
          return [`wants(${actor}, ${i}, ${rw}) && mmuAccess(${call}, 0)`, `mmuAccess(${call}, 1); stepDone()`] as const;
        }),
      ),
    );
    return { name: spec.name, options };
  });
  return { vector, constants, functions, processes };
}
