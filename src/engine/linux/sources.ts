/**
 * What is taken out of a kernel tree. Nothing of it is in this project: whoever
 * compiles has a tree of their own and reads it (docs/conformance.md).
 *
 * Some files are used whole. Out of larger ones only functions are taken, by name,
 * each under a #line directive, so that debug information still names the true file
 * and line.
 */
import { MM_SLICES } from "./mmSources.ts";

/** Files used whole, from the root of the kernel tree. They include each other by their kernel names. */
export const WHOLE_FILES: readonly string[] = [
  "arch/arm64/mm/contpte.c",
  "arch/arm64/include/asm/pgtable.h",
  "arch/arm64/include/asm/pgtable-prot.h",
  "arch/arm64/include/asm/pgtable-hwdef.h",
  "arch/arm64/include/asm/pgtable-types.h",
];

export interface Slice {
  /** From the root of the kernel tree. */
  readonly file: string;
  /**
   * In the order in which they are to be compiled: callees first, or declared elsewhere.
   * Of several names in one place the first is taken that the tree has: it was renamed.
   */
  readonly functions: readonly (string | readonly string[])[];
  /** The file of `slices/` that they go into; `shim/` includes it where they belong. */
  readonly into: string;
  /** A tree may lack these; the calls that need them are then not offered. */
  readonly optional?: true;
}

/** For each function taken, `HAVE_<function>` is defined in `slices/have.h`, from the beginning. */
export const PAGE_TABLE_SLICES: readonly Slice[] = [
  { file: "arch/arm64/include/asm/tlbflush.h", functions: ["__flush_tlb_page"], into: "tlbflush.c", optional: true },
  { file: "arch/arm64/include/asm/tlbflush.h", functions: ["flush_tlb_page", "flush_tlb_range"], into: "tlbflush.c" },
  { file: "arch/arm64/mm/fault.c", functions: [["__ptep_set_access_flags", "__ptep_set_access_flags_anysz"]], into: "arm64.c" },
  { file: "include/linux/pgtable.h", functions: ["get_and_clear_ptes"], into: "mm.c", optional: true },
  { file: "mm/pgtable-generic.c", functions: ["ptep_clear_flush"], into: "mm.c", optional: true },
  { file: "arch/arm64/mm/mmu.c", functions: ["modify_prot_start_ptes", "modify_prot_commit_ptes"], into: "mm.c", optional: true },
  { file: "arch/arm64/mm/mmu.c", functions: ["ptep_modify_prot_start", "ptep_modify_prot_commit"], into: "mm.c", optional: true },
];

export const SLICES: readonly Slice[] = [
  ...PAGE_TABLE_SLICES,
  ...MM_SLICES.map((slice): Slice => ({ ...slice, into: "core-mm.c", optional: true })),
];

/** Every file of a tree that is read. */
export const KERNEL_FILES: readonly string[] = [...new Set([...WHOLE_FILES, ...SLICES.map(({ file }) => file)])];

/** Our own files in `shim/`, which stand in for the kernel around these. */
export const SHIM_FILES: readonly string[] = ["main.c", "environment.h", "mm.h", "mm.c", "asm/tlbflush.h", "asm-generic/pgtable-nopmd.h"];
