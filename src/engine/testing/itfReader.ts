/**
 * Reads a trace as the grammar of the Informal Trace Format has it, and nothing beside:
 * what it takes, other tools take. Integers come back as bigints, maps and sets as such.
 */

export type Read = string | boolean | bigint | Seq | Tuple | Group | Table | Rec;
interface Seq {
  readonly kind: "seq";
  readonly items: readonly Read[];
}
interface Tuple {
  readonly kind: "tup";
  readonly items: readonly Read[];
}
interface Group {
  readonly kind: "set";
  readonly items: readonly Read[];
}
interface Table {
  readonly kind: "map";
  readonly pairs: readonly (readonly [Read, Read])[];
}
interface Rec {
  readonly kind: "record";
  readonly fields: ReadonlyMap<string, Read>;
}

export interface ReadTrace {
  readonly vars: readonly string[];
  readonly states: readonly ReadonlyMap<string, Read>[];
}

const refuse = (why: string): never => {
  throw new Error(`not a trace: ${why}`);
};

const objectOf = (value: unknown, what: string): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : refuse(`${what} is no object`);

const listOf = (value: unknown, what: string): readonly unknown[] => (Array.isArray(value) ? value : refuse(`${what} is no list`));

/** @throws Error that says what is not as the grammar has it */
export function readItf(text: string): ReadTrace {
  const top = objectOf(JSON.parse(text), "the whole");
  const stray = Object.keys(top).find((key) => !["#meta", "params", "vars", "states", "loop"].includes(key));
  if (stray !== undefined) refuse(`it has ${stray}`);
  if ("#meta" in top) objectOf(top["#meta"], "#meta");
  const names = (key: string): readonly string[] =>
    listOf(top[key], key).map((name) =>
      typeof name === "string" && name !== "" && !name.startsWith("#") ? name : refuse(`${key} has ${name}`),
    );
  if ("params" in top) names("params");
  const vars = names("vars");
  if (new Set(vars).size < vars.length) refuse("a variable is named twice");
  const states = listOf(top["states"], "states").map((state, n) => readState(objectOf(state, `state ${n}`), vars, n));
  if (states.length === 0) refuse("there is no state");
  for (const name of vars) {
    const types = new Set(states.map((state) => typeOf(state.get(name) ?? refuse(`no ${name}`))));
    const known = [...types].filter((type) => !type.includes(UNKNOWN));
    if (new Set(known).size > 1) refuse(`${name} is of several types: ${known.join(" and ")}`);
  }
  return { vars, states };
}

function readState(state: Readonly<Record<string, unknown>>, vars: readonly string[], n: number): ReadonlyMap<string, Read> {
  const { "#meta": meta, ...values } = state;
  if (meta !== undefined && objectOf(meta, "#meta")["index"] !== n) refuse(`state ${n} has another index`);
  const own = Object.keys(values);
  if (own.length !== vars.length || own.some((name) => !vars.includes(name))) refuse(`state ${n} has ${own.join()}`);
  return new Map(own.map((name) => [name, read(values[name])]));
}

function read(value: unknown): Read {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return { kind: "seq", items: ofOneType(value.map(read)) };
  const object = objectOf(value, JSON.stringify(value));
  const [special, ...others] = Object.keys(object).filter((key) => key.startsWith("#"));
  if (special === undefined) return { kind: "record", fields: new Map(Object.entries(object).map(([name, field]) => [name, read(field)])) };
  if (others.length > 0 || Object.keys(object).length > 1) refuse(`${special} does not stand alone`);
  const inner = object[special];
  switch (special) {
    case "#bigint":
      return typeof inner === "string" && /^-?\d+$/.test(inner) ? BigInt(inner) : refuse(`${JSON.stringify(inner)} is no integer`);
    case "#tup":
      return { kind: "tup", items: listOf(inner, special).map(read) };
    case "#set": {
      const items = ofOneType(listOf(inner, special).map(read));
      return differ(items) ? { kind: "set", items } : refuse("a set has something twice");
    }
    case "#map": {
      const pairs = listOf(inner, special).map((pair) => {
        const [key, held, ...more] = listOf(pair, "a pair");
        return more.length === 0 && held !== undefined ? ([read(key), read(held)] as const) : refuse("a pair is not two");
      });
      ofOneType(pairs.map(([, held]) => held));
      return differ(ofOneType(pairs.map(([key]) => key))) ? { kind: "map", pairs } : refuse("a map has a key twice");
    }
    default:
      return refuse(`${special} is not known`);
  }
}

const differ = (items: readonly Read[]): boolean => new Set(items.map(textOf)).size === items.length;

function ofOneType<T extends Read>(items: readonly T[]): readonly T[] {
  const known = new Set(items.map(typeOf).filter((type) => !type.includes(UNKNOWN)));
  return known.size <= 1 ? items : refuse(`one list is of ${[...known].join(" and ")}`);
}

/** What an empty list is a list of. */
const UNKNOWN = "?";

function typeOf(value: Read): string {
  if (typeof value !== "object") return typeof value;
  switch (value.kind) {
    case "record":
      return `{${[...value.fields]
        .map(([name, field]) => `${name}: ${typeOf(field)}`)
        .sort()
        .join(", ")}}`;
    case "map":
      return `map of ${value.pairs[0]?.map(typeOf).join(" to ") ?? UNKNOWN}`;
    case "tup":
      return `tup of ${value.items.map(typeOf).join()}`;
    default:
      return `${value.kind} of ${value.items[0] === undefined ? UNKNOWN : typeOf(value.items[0])}`;
  }
}

const textOf = (value: Read): string =>
  JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? `${inner}n` : inner instanceof Map ? [...inner] : inner));
