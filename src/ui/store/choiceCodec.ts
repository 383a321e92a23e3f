/**
 * Choices as text for links: `0x5.1.2r12e3` is actor 0 five times, actor 1 once, then
 * actor 2 reading page 12 with hardware updating entry 3. Readable, and short because
 * runs repeat.
 */
import { type Choice, LIMITS } from "../../engine/protocol.ts";

const RW_LETTER = { read: "r", write: "w", speculate: "s", evict: "v" } as const;
const LETTER_RW = { r: "read", w: "write", s: "speculate", v: "evict" } as const;

/** A run is written once, however many links and keys name it: runs are never changed, only replaced. */
const written = new WeakMap<readonly Choice[], string>();

export function encodeChoices(choices: readonly Choice[]): string {
  const known = written.get(choices);
  if (known !== undefined) return known;
  const text = write(choices);
  written.set(choices, text);
  return text;
}

function write(choices: readonly Choice[]): string {
  const parts: string[] = [];
  let current = "";
  let times = 0;
  const close = (): void => {
    if (times > 0) parts.push(times === 1 ? current : `${current}x${times}`);
  };
  for (const choice of choices) {
    const text = encode(choice);
    if (text === current) {
      times++;
      continue;
    }
    close();
    current = text;
    times = 1;
  }
  close();
  return parts.join(".");
}

function encode(choice: Choice): string {
  if (typeof choice === "number") return `${choice}`;
  if ("land" in choice) return `${choice.actor}l${choice.land}`;
  const { actor, access, answer, entry } = choice;
  return [actor, access && `${RW_LETTER[access[0]]}${access[1]}`, answer !== undefined && `t${answer}`, entry !== undefined && `e${entry}`]
    .filter((part) => part !== undefined && part !== false)
    .join("");
}

const PART = /^(\d{1,3})(?:l(\d{1,6})|(?:([rwsv])(\d{1,6}))?(?:t(\d{1,3}))?(?:e(\d{1,6}))?)(?:x(\d{1,6}))?$/;

/** @returns the number of the part that cannot be read, from 0, when it cannot */
export function decodeChoices(
  text: string,
): { readonly ok: true; readonly choices: readonly Choice[] } | { readonly ok: false; readonly part: number } {
  const choices: Choice[] = [];
  if (text === "") return { ok: true, choices };
  for (const [n, part] of text.split(".").entries()) {
    const match = PART.exec(part);
    if (match === null) return { ok: false, part: n };
    const times = Number(match[7] ?? 1);
    if (times < 1 || choices.length + times > LIMITS.choices) return { ok: false, part: n };
    const choice = choiceOf(match);
    for (let i = 0; i < times; i++) choices.push(choice);
  }
  return { ok: true, choices };
}

function choiceOf([, actorText, land, rw, index, answer, entry]: RegExpExecArray): Choice {
  const actor = Number(actorText);
  if (land !== undefined) return { actor, land: Number(land) };
  if (rw === undefined && answer === undefined && entry === undefined) return actor;
  return {
    actor,
    ...(rw !== undefined && { access: [LETTER_RW[rw as keyof typeof LETTER_RW], Number(index)] as const }),
    ...(answer !== undefined && { answer: Number(answer) }),
    ...(entry !== undefined && { entry: Number(entry) }),
  };
}
