/** The engine in a Web Worker: unpack, call, post, nothing else. */
import { createHost } from "./host.ts";
import type { FromEngine } from "./protocol.ts";
import { unpacker, type Wired } from "./wire.ts";

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

/** Where a page may not compile WebAssembly, the same code runs as it stands. */
async function compiled(): Promise<WebAssembly.Module | undefined> {
  const { default: base64 } = await import("virtual:inner-loop");
  try {
    return await WebAssembly.compile(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

const host = createHost(
  (message: FromEngine) => self.postMessage(message),
  pause,
  () => performance.now() / 1000,
  compiled,
);

const unpack = unpacker();
self.onmessage = ({ data }: MessageEvent<Wired>) => {
  void host.receive(unpack(data));
};
