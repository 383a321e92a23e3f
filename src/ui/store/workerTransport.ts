/**
 * The engine's worker as a transport that outlives it: a worker that fails, or falls
 * silent with work to do, is replaced by a fresh one.
 */
import type { Transport } from "../../engine/client.ts";
import type { FromEngine, ToEngine } from "../../engine/protocol.ts";
import { packer } from "../../engine/wire.ts";

/** Long work reports progress far more often than this: silence means the worker is gone. */
const SILENCE_MS = 10_000;

/** So many workers in a row that died without a word: another would not live either. */
const MOST_DEATHS = 3;

export function workerTransport(start: () => Worker): Transport {
  let message: (message: FromEngine) => void = () => {};
  let restart: (reason: string) => void = () => {};
  let gone: (reason: string) => void = () => {};
  let silence: ReturnType<typeof setTimeout> | undefined;
  const awaited = new Set<number>();
  /** Workers that died one after another without a word. */
  let deaths = 0;
  let pack: ReturnType<typeof packer>;
  let worker: Worker | undefined = begin();

  function begin(): Worker {
    const fresh = start();
    pack = packer();
    fresh.onmessage = ({ data }: MessageEvent<FromEngine>) => {
      deaths = 0;
      if (data.type !== "progress") awaited.delete(data.id);
      watch();
      message(data);
    };
    fresh.onerror = (event) => {
      event.preventDefault();
      replace(event.message || "its code could not be loaded");
    };
    fresh.onmessageerror = () => replace("a message could not be read");
    return fresh;
  }

  function replace(reason: string): void {
    worker?.terminate();
    awaited.clear();
    clearTimeout(silence);
    deaths++;
    worker = deaths < MOST_DEATHS ? begin() : undefined;
    if (worker === undefined) gone(reason);
    else restart(reason);
  }

  function watch(): void {
    clearTimeout(silence);
    if (awaited.size > 0) silence = setTimeout(() => replace("it no longer answered"), SILENCE_MS);
  }

  return {
    post(request: ToEngine) {
      if ("id" in request) awaited.add(request.id);
      else if ("cancel" in request) awaited.delete(request.cancel);
      worker ??= begin();
      worker.postMessage(pack(request));
      watch();
    },
    onMessage: (listener) => {
      message = listener;
    },
    onRestart: (listener) => {
      restart = listener;
    },
    onGone: (listener) => {
      gone = listener;
    },
    close() {
      clearTimeout(silence);
      worker?.terminate();
    },
  };
}
