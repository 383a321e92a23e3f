/** Two traces in columns, with the first difference marked. */

const WIDTH = 72;
/** Lines shown before the first difference and after it. */
const AROUND = 12;

export function sideBySide(ours: readonly string[], theirs: readonly string[], all = false): string {
  const length = Math.max(ours.length, theirs.length);
  const first = Array.from({ length }, (_, n) => n).find((n) => ours[n] !== theirs[n]) ?? length;
  const from = all ? 0 : Math.max(0, first - AROUND);
  const to = all ? length : Math.min(length, first + AROUND + 1);
  const row = (mark: string, left: string, right: string): string => `${mark} ${left.padEnd(WIDTH)} ${right}`.trimEnd();
  const rows = Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    return row(n === first ? ">" : ours[n] === theirs[n] ? " " : "*", ours[n] ?? "(nothing)", theirs[n] ?? "(nothing)");
  });
  return [
    row(" ", "this engine", "Linux"),
    ...(from > 0 ? [row(" ", `… ${from} equal lines`, "…")] : []),
    ...rows,
    ...(to < length ? [row(" ", `… ${length - to} more lines`, "…")] : []),
  ].join("\n");
}
