/** The same for the page as one file: the worker's code is inside it. */
import EngineWorker from "../engine/worker.ts?worker&inline";

export const startEngine = (): Worker => new EngineWorker({ name: "engine" });
