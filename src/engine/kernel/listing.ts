/**
 * Listings: what the source panel shows of a routine. The words are ours; each line
 * that performs an operation or a call carries a place, and each place names the
 * line of Linux 6.12.117 that it stands for.
 */
export interface ListingLine {
  readonly text: string;
  /** Second half of the label `function.place`; undefined on lines where nobody ever stands. */
  readonly place?: string;
  /** Line in `file` that does the access or the call; none where a variant does what this kernel does not. */
  readonly kernelLine?: number;
}

export interface Listing {
  readonly fn: string;
  /** From the root of the kernel tree. */
  readonly file: string;
  readonly lines: readonly ListingLine[];
}

/** The kernel that line numbers refer to. */
export const KERNEL_TAG = "v6.12.117";

/** Words alone; or a line where a routine can stand, and the kernel line it stands for, unless that kernel has no such line. */
export type Line = string | readonly [text: string, place: string, kernelLine?: number];

export function listing(fn: string, file: string, lines: readonly Line[]): Listing {
  return {
    fn,
    file,
    lines: lines.map((line) => {
      if (typeof line === "string") return { text: line };
      const [text, place, kernelLine] = line;
      return { text, place, ...(kernelLine !== undefined && { kernelLine }) };
    }),
  };
}
