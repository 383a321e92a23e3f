/** The engine on this side of the protocol, without a worker. */
import { type Client, createClient, type Transport } from "../client.ts";
import { createHost } from "../host.ts";
import type { FromEngine } from "../protocol.ts";
import { compiled } from "./compiled.ts";

export function localEngine(): Client {
  let listener: (message: FromEngine) => void = () => {};
  const host = createHost(
    (message) => listener(message),
    () => Promise.resolve(),
    () => 0,
    async () => compiled,
  );
  const transport: Transport = {
    post: (message) => void host.receive(message),
    onMessage: (l) => {
      listener = l;
    },
    onRestart() {},
    onGone() {},
    close() {},
  };
  return createClient(transport);
}
