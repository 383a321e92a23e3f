/** The word that somebody who mistyped another probably meant. */

/** @returns the one option that is nearly `word`; undefined if there is none or several are as near */
export function nearest(word: string, options: readonly string[]): string | undefined {
  const most = word.length <= 3 ? 1 : 2;
  const distances = options.map((option) => ({ option, distance: distance(word.toLowerCase(), option.toLowerCase()) }));
  const least = Math.min(...distances.map((d) => d.distance));
  const [best, other] = distances.filter((d) => d.distance === least);
  return best !== undefined && other === undefined && least <= most && least < word.length ? best.option : undefined;
}

/** Letters to insert, leave out, replace, or swap with their neighbour. */
function distance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const ways = [(row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1)];
      row.push(Math.min(...ways, ...(swapped ? [(before[j - 2] ?? 0) + 1] : [])));
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
