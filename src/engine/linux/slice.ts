/** Takes a function out of a C file by its name, as the kernel lays its functions out: it ends with a brace in the first column. */

export interface CFunction {
  readonly text: string;
  /** The line, from 1, on which it begins. */
  readonly line: number;
}

/** @returns the function's definition, return type and attributes included; undefined if the file does not define it */
export function functionIn(source: string, name: string): CFunction | undefined {
  for (const { index } of source.matchAll(new RegExp(`(?<!\\w)${name}\\s*\\(`, "g"))) {
    const body = bodyAfter(source, source.indexOf("(", index));
    if (body === undefined) continue;
    const start = startOf(source, index);
    // A definition begins in the first column; an indented match is a use, another one may be a comment.
    if (!/^\w/.test(source.slice(start, start + 1))) continue;
    const end = endOf(source, body);
    return { text: `${source.slice(start, end)}\n`, line: source.slice(0, start).split("\n").length };
  }
  return undefined;
}

/** Where the body begins after these parameters, if a body follows them. */
function bodyAfter(source: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < source.length; at++) {
    if (source[at] === "(") depth++;
    if (source[at] === ")") depth--;
    if (depth > 0) continue;
    const brace = /^\s*(?:__\w+(?:\([^)]*\))?\s*)*\{/.exec(source.slice(at + 1, at + 200));
    return brace === null ? undefined : at + brace[0].length;
  }
  return undefined;
}

/** The return type may stand on lines of its own: back to the end of whatever comes before. */
function startOf(source: string, at: number): number {
  let start = source.lastIndexOf("\n", at) + 1;
  while (start > 0) {
    const above = source.lastIndexOf("\n", start - 2) + 1;
    const line = source.slice(above, start).trimEnd();
    if (line === "" || /[;}/]$|^\s*[#*]|\\$/.test(line)) break;
    start = above;
  }
  return start;
}

/** @param body where its opening brace stands */
function endOf(source: string, body: number): number {
  const rest = source.slice(body, source.indexOf("\n", body));
  if (/\}\s*$/.test(rest)) return body + rest.length;
  const close = source.indexOf("\n}", body);
  return close < 0 ? source.length : close + 2;
}
