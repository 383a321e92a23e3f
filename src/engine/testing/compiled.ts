/** The inner loop of the search as WebAssembly: tests that search much take it, because it is fast however modules are loaded. */
import { innerLoopBytes } from "../../../scripts/innerLoop.mjs";

export const compiled = new WebAssembly.Module(await innerLoopBytes());
