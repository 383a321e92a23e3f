/** A sentence of a story: what stands in backticks is code. */
export function Prose({ text }: { readonly text: string }) {
  return text.split("`").map((part, n) => (n % 2 === 1 ? <code key={n}>{part}</code> : part));
}
