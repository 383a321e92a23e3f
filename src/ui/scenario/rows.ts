/** The rows of a list in a draft: an item keeps its row, and what the row has open or half typed, wherever it moves. */
const keys = new WeakMap<object, number>();
let lastKey = 0;

/** The same for an item and for what `replaced` puts in its place. */
export function rowKey(item: object): number {
  const key = keys.get(item) ?? ++lastKey;
  keys.set(item, key);
  return key;
}

/** A copy of a list with one item replaced, or taken away if the new one is undefined. */
export function replaced<T extends object>(list: readonly T[], at: number, item: T | undefined): T[] {
  return list.flatMap((old, n) => {
    if (n !== at) return [old];
    if (item === undefined) return [];
    keys.set(item, rowKey(old));
    return [item];
  });
}

export function movedUp<T>(list: readonly T[], at: number): T[] {
  const copy = [...list];
  const [item] = copy.splice(at, 1);
  if (item !== undefined) copy.splice(at - 1, 0, item);
  return copy;
}

/** Before a row goes, hands the focus to the next one's button that removes it, or after the last to what adds one. */
export function handFocusOn(button: Element): void {
  const row = button.closest("[data-row]");
  const next = row?.nextElementSibling ?? row?.parentElement?.nextElementSibling;
  const heir = next?.querySelector("[data-remove]") ?? next?.querySelector("button, select");
  if (heir instanceof HTMLElement) heir.focus();
}
