/** The engine in a worker of its own. */
export const startEngine = (): Worker => new Worker(new URL("../engine/worker.ts", import.meta.url), { type: "module", name: "engine" });
