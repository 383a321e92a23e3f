/** The two sides of a comparison. Whatever is told of one is told of the other, so that exchanging them exchanges the report. */

export const SIDES = ["before", "after"] as const;
export type SideName = (typeof SIDES)[number];

export type Sides<T> = Readonly<Record<SideName, T>>;

export const otherSide = (side: SideName): SideName => (side === "before" ? "after" : "before");

export const ofSides = <T, U>({ before, after }: Sides<T>, make: (of: T, side: SideName) => U): Sides<U> => ({
  before: make(before, "before"),
  after: make(after, "after"),
});
