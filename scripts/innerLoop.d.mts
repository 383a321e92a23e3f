import type { Plugin } from "vite";

export function innerLoopBytes(): Promise<Uint8Array<ArrayBuffer>>;
export const innerLoopPlugin: Plugin;
