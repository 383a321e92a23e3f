/** Where things are, from the root of the project. */
import { fileURLToPath } from "node:url";

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const shim = at("src/engine/linux/shim");
export const cache = at(".cache/linux");
/** Where the compiler is installed, with a slash at the end. */
export const compiler = at("linux/");
export const lockFile = at("linux/package-lock.json");
export const toolchainFile = at("linux/toolchain.ts");
