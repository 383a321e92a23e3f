/** What several stories are played with, each maybe under another kernel. */
import type { Act } from "../../engine/protocol.ts";

type Scene = Act["scenario"];
export type Actor = Scene["actors"][number];
export type Machine = Scene["machine"];
export type Call = Extract<Actor, { kind: "kernel" }>["calls"][number];
type Access = Extract<Actor, { kind: "mmu" }>["accesses"][number];

const FOLIO = { folios: [{ pfn: "0x1000", pages: 16 }] };

/** A block with CONT, as it is said in `flags` beside. */
export const folded = (...flags: readonly ("young" | "hwdirty")[]): Machine => ({
  ...FOLIO,
  ptes: [{ index: 0, count: 16, pfn: "0x1000", prot: "rw", flags: ["cont", ...flags] }],
});

/** The same, and one entry of it is young and dirty. */
export const foldedWithDirty = (index: number): Machine => ({
  ...FOLIO,
  ptes: [
    { index: 0, count: index, pfn: "0x1000", prot: "rw", flags: ["cont"] },
    { index, count: 1, pfn: `0x${(0x1000 + index).toString(16)}`, prot: "rw", flags: ["cont", "young", "hwdirty"] },
    { index: index + 1, count: 15 - index, pfn: `0x${(0x1001 + index).toString(16)}`, prot: "rw", flags: ["cont"] },
  ],
});

/** Fifteen single entries, and room for the last. */
export const fifteen: Machine = { ...FOLIO, ptes: [{ index: 0, count: 15, pfn: "0x1000", prot: "rw", flags: ["young"] }] };

/** Frame 0x100f, writable, clean and old: it completes a block. */
export const LAST_PTE: Call = { fn: "set_ptes", index: 15, pte: "0x6800000100fbc3", nr: 1 };

/** CPU0 makes these calls under the PTL. */
export const writer = (...calls: readonly Call[]): Actor => ({
  name: "CPU0",
  kind: "kernel",
  calls: [{ fn: "ptl_lock" }, ...calls, { fn: "ptl_unlock" }],
});

/** CPU1 reads one entry without the lock. */
export const reader = (index: number): Actor => ({ name: "CPU1", kind: "kernel", calls: [{ fn: "ptep_get_lockless", index }] });

/** CPU1 uses its memory. */
export const user = (...accesses: readonly Access[]): Actor => ({ name: "CPU1", kind: "mmu", accesses: [...accesses] });

/** @param variants of the kernel, which is Linux 6.12 */
export const scene = (title: string, variants: readonly string[], machine: Machine, ...actors: readonly Actor[]): Scene => ({
  version: 1,
  title,
  kernel: { profile: "6.12", variants: [...variants] },
  machine,
  actors: [...actors],
});
