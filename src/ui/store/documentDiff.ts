/**
 * What a document changes of another, as `path=value` fields a person can read and
 * edit in a link: `actors.0.calls.1.index=7`. Lists of another length and other
 * shapes are given whole, as JSON.
 */
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type Field = readonly [path: string, value: string];

export function diffFields(base: unknown, changed: unknown): readonly Field[] {
  return collect(base as Json | undefined, changed as Json, "");
}

function collect(base: Json | undefined, changed: Json | undefined, path: string): readonly Field[] {
  if (changed === undefined) return base === undefined ? [] : [[path, ""]];
  if (Array.isArray(base) && Array.isArray(changed) && base.length === changed.length) {
    return changed.flatMap((item: Json, i) => collect(base[i] as Json, item, join(path, `${i}`)));
  }
  if (isRecord(base) && isRecord(changed)) {
    const keys = new Set([...Object.keys(base), ...Object.keys(changed)]);
    return [...keys].flatMap((key) => collect(base[key], changed[key], join(path, key)));
  }
  return JSON.stringify(base) === JSON.stringify(changed) ? [] : [[path, spell(changed)]];
}

const join = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Texts stand bare where they cannot be taken for JSON. */
function spell(value: Json): string {
  return typeof value === "string" && value !== "" && read(value) === value ? value : JSON.stringify(value);
}

function read(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** @returns undefined if a path leads nowhere */
export function applyFields(base: unknown, fields: readonly Field[]): unknown {
  const result = structuredClone(base) as Json;
  for (const [path, value] of fields) if (!put(result, path.split("."), value)) return undefined;
  return result;
}

type Mutable = Record<string, Json>;

function put(target: Json, [key, ...rest]: readonly string[], value: string): boolean {
  if (typeof target !== "object" || target === null || key === undefined || key === "__proto__") return false;
  if (Array.isArray(target) && !/^\d+$/.test(key)) return false;
  const holder = target as Mutable;
  if (rest.length > 0) return Object.hasOwn(holder, key) && put(holder[key] as Json, rest, value);
  if (value === "") delete holder[key];
  else holder[key] = read(value);
  return true;
}
