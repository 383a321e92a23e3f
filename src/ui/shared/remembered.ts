/** What the browser keeps for the next visit: where it keeps nothing, as in a frame of another site, it is kept for this one. */

type Kept = Pick<Storage, "getItem" | "setItem">;

function forThisVisit(): Kept {
  const values = new Map<string, string>();
  return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value) };
}

function forTheNext(): Kept | undefined {
  try {
    localStorage.getItem("");
    return localStorage;
  } catch {
    return undefined; // reading the property alone throws where storage is forbidden
  }
}

export const remembered: Kept = forTheNext() ?? forThisVisit();
