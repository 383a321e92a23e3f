import type { PreviewServer } from "vite";

export function serve(): Promise<PreviewServer>;
