/** Which kernel trees the words on the command line name. */
export interface TreeWish {
  /** The root of a kernel tree. */
  readonly folder: string;
  /** Unified diffs to apply to a copy of it, in this order. */
  readonly patches: readonly string[];
}

/** @returns none if no tree is named; a sentence if the words do not go together */
export function treesWished(
  command: string | undefined,
  folders: readonly string[],
  patches: readonly string[],
): readonly TreeWish[] | string {
  const [folder, second, ...more] = folders;
  if (folder === undefined) return patches.length === 0 ? [] : "--patch changes a kernel tree: name it with --linux";
  if (command !== "compare") return second === undefined ? [{ folder, patches }] : `one --linux at a time: ${second} is too much`;
  if (more.length > 0) return `compare takes two trees: ${more.join(" ")} is too much`;
  if (second === undefined)
    return patches.length === 0
      ? "compare needs another tree: a second --linux, or --patch"
      : [
          { folder, patches: [] },
          { folder, patches },
        ];
  if (patches.length > 0) return "--patch goes with one --linux: the tree without it is compared with the tree with it";
  return [
    { folder, patches: [] },
    { folder: second, patches: [] },
  ];
}
