/** Where things are, from the root of the project. */
import { fileURLToPath } from "node:url";

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const shim = at("src/engine/linux/shim");
export const cache = at(".cache/linux");
export const lockFile = at("conformance/package-lock.json");
export const toolchainFile = at("conformance/toolchain.ts");
export const recordingFile = at("conformance/recorded/linux-6.12.json");
