/** Where the labels of a kernel's code stand in its listings. */
import type { Listing } from "../kernel/listing.ts";

export type Places = ReadonlyMap<string, { readonly fn: string; readonly line: number }>;

export const placesOf = (listings: readonly Listing[]): Places =>
  new Map(
    listings.flatMap(({ fn, lines }) =>
      lines.flatMap(({ place }, line) => (place === undefined ? [] : [[`${fn}.${place}`, { fn, line }] as const])),
    ),
  );
