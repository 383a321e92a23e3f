/**
 * A typed client of the engine over any transport. It remembers which documents it
 * opened: when the engine behind the transport dies and comes back, they are opened
 * again and unanswered requests are sent again, so that callers notice nothing.
 */
import {
  type Checked,
  type Fault,
  type FromEngine,
  type Method,
  type Methods,
  MOST_OPEN,
  PROTOCOL_VERSION,
  type ProgressOf,
  type Request,
  type Source,
  type ToEngine,
} from "./protocol.ts";

export interface Transport {
  post(message: ToEngine): void;
  onMessage(listener: (message: FromEngine) => void): void;
  /** The engine died and a fresh one has taken its place. */
  onRestart(listener: (reason: string) => void): void;
  /** The engine died, and so did those that took its place: nothing will be answered. The next post tries once more. */
  onGone(listener: (reason: string) => void): void;
  close(): void;
}

export interface CallOptions<M extends Method = Method> {
  readonly signal?: AbortSignal;
  /** Ends an exploration early: it answers with what it has found. */
  readonly stop?: AbortSignal;
  readonly onProgress?: (progress: ProgressOf<M>) => void;
}

/** The engine broke, or the two sides do not fit: never a fault of the person or the document. */
export class EngineFault extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

export class Cancelled extends Error {
  constructor() {
    super("cancelled");
    this.name = "AbortError";
  }
}

interface Waiting {
  readonly request: Request;
  readonly onProgress: ((progress: never) => void) | undefined;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: Error) => void;
  /** How many engines have died with this request unanswered. */
  deaths: number;
}

/** A request that kills the engine this many times is given up, so that one bad request cannot loop. */
const MOST_DEATHS = 2;

export interface Client {
  call<M extends Method>(method: M, params: Methods[M]["params"], options?: CallOptions<M>): Promise<Methods[M]["answer"]>;
  /** Opens a document, under a fresh handle or once more under the one it had, and keeps it open through restarts. */
  open(source: Source, handle?: number): Promise<Checked & { readonly handle: number }>;
  onRestart(listener: (reason: string) => void): void;
  close(): void;
}

export function createClient(transport: Transport): Client {
  const waiting = new Map<number, Waiting>();
  const documents = new Map<number, unknown>();
  const restartListeners: ((reason: string) => void)[] = [];
  let lastId = 0;
  let lastHandle = 0;

  function send<M extends Method>(method: M, params: Methods[M]["params"], options: CallOptions<M> = {}): Promise<Methods[M]["answer"]> {
    const id = ++lastId;
    const request = { v: PROTOCOL_VERSION, id, method, params } as Request;
    return new Promise<Methods[M]["answer"]>((resolve, reject) => {
      if (options.signal?.aborted) return reject(new Cancelled());
      waiting.set(id, { request, onProgress: options.onProgress, resolve: resolve as (answer: unknown) => void, reject, deaths: 0 });
      options.signal?.addEventListener("abort", () => cancel(id), { once: true });
      options.stop?.addEventListener("abort", () => transport.post({ v: PROTOCOL_VERSION, stop: id }), { once: true });
      transport.post(request);
    });
  }

  /** The caller is free at once; whatever the engine still says about this id is dropped. */
  function cancel(id: number): void {
    const entry = waiting.get(id);
    if (entry === undefined) return;
    waiting.delete(id);
    transport.post({ v: PROTOCOL_VERSION, cancel: id });
    entry.reject(new Cancelled());
  }

  transport.onMessage((message) => {
    const entry = waiting.get(message.id);
    if (entry === undefined) return;
    if (message.type === "progress") return entry.onProgress?.(message.progress as never);
    waiting.delete(message.id);
    switch (message.type) {
      case "answer":
        return entry.resolve(message.answer);
      case "cancelled":
        return entry.reject(new Cancelled());
      case "fault":
        return entry.reject(new EngineFault(message.fault));
      default:
        return message satisfies never;
    }
  });

  transport.onRestart((reason) => {
    const unanswered = [...waiting];
    // If one cannot be opened again, the next request for it says so.
    for (const [handle, document] of documents) send("open", { handle, document }).catch(() => undefined);
    for (const [id, entry] of unanswered) {
      entry.deaths++;
      if (entry.deaths < MOST_DEATHS) {
        transport.post(entry.request);
        continue;
      }
      waiting.delete(id);
      entry.reject(new EngineFault({ kind: "engine", message: `the engine died twice on "${entry.request.method}": ${reason}` }));
    }
    for (const listener of restartListeners) listener(reason);
  });

  transport.onGone((reason) => {
    const unanswered = [...waiting.values()];
    waiting.clear();
    for (const { reject } of unanswered) reject(new EngineFault({ kind: "engine", message: `the engine does not start: ${reason}` }));
  });

  return {
    call: send,
    async open(source, handle = ++lastHandle) {
      const checked = await send("open", { ...source, handle });
      documents.delete(handle); // the latest is the last to be forgotten
      if (checked.ok) documents.set(handle, checked.document);
      for (const oldest of documents.keys()) if (documents.size > MOST_OPEN) documents.delete(oldest);
      return { ...checked, handle };
    },
    onRestart: (listener) => void restartListeners.push(listener),
    close: () => transport.close(),
  };
}
