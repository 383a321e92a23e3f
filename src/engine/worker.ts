/** The engine in a Web Worker: decode, call, post, nothing else. */
import { createHost } from "./host.ts";
import type { FromEngine, ToEngine } from "./protocol.ts";

/** A message to oneself comes after those already waiting: that is when a cancellation arrives. */
const gate = new MessageChannel();
const waiting: (() => void)[] = [];
gate.port1.onmessage = () => waiting.shift()?.();
const pause = (seconds: number): Promise<void> =>
  new Promise((resolve) => {
    if (seconds > 0) return void setTimeout(resolve, 1000 * seconds);
    waiting.push(resolve);
    gate.port2.postMessage(undefined);
  });

const host = createHost(
  (message: FromEngine) => self.postMessage(message),
  pause,
  () => performance.now() / 1000,
);

self.onmessage = ({ data }: MessageEvent<ToEngine>) => {
  void host.receive(data);
};
