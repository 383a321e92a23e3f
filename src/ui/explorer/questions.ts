/** A person's questions as the panel handles them: examples to begin with, and a refused one cut at the offending word. */
import type { Asked } from "../../engine/protocol.ts";

export interface Asking {
  readonly name: string;
  readonly kind: "kernel" | "mmu";
}

/** Names that end in a digit are none of the words that mean something. */
const PLAIN = /^[A-Za-z][A-Za-z0-9_]*\d$/;

const typed = (name: string): string => (PLAIN.test(name) ? name : `"${name.replaceAll(/["\\]/g, "\\$&")}"`);

/** What might be asked of these actors: whether it can be, the engine says. */
export function examplesFor(actors: readonly Asking[]): readonly string[] {
  const of = (kind: Asking["kind"]) => actors.filter((actor) => actor.kind === kind).map(({ name }) => typed(name));
  const [kernels, mmus] = [of("kernel"), of("mmu")];
  return [
    ...kernels.toReversed().map((name) => `${name} returned dirty`),
    "reader retried >= 2",
    ...mmus.map((name) => `${name} faulted`),
    ...kernels.toReversed().map((name) => `eventually ${name} finished`),
    "always block 0 folded at the end",
  ];
}

/** The text before the offending word, the word, and what follows. At the very end of the text a mark stands for what is missing. */
export function cutAt(text: string, { at, length }: Extract<Asked, { ok: false }>): readonly [string, string, string] {
  const end = at + length;
  return [text.slice(0, at), text.slice(at, end) || "…", text.slice(end)];
}
