/** mm_is_user(): kernel mappings never fold, since they cannot take the faults that the break between two makes causes. */
import type { Code } from "../kernel.ts";

export const mmIsUserCode = {
  mmIsUser: { run: (k) => k.mm === "user", text: "not a user mm" },
} as const satisfies Partial<Code>;
