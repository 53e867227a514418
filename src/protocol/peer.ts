// One end of a seam, for both seams. Four promises: an error crosses with name, message and stack; a closed
// channel rejects everything that is pending; a request can be cancelled; an unknown method is an error.

/** Any map of methods with one parameter object each. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a bound on method maps; `unknown` would refuse every concrete method (parameters are contravariant).
export type Methods<M> = { [K in keyof M]: (parameter: any) => unknown };

export type Parameter<M extends Methods<M>, K extends keyof M> = Parameters<M[K]>[0];
export type Result<M extends Methods<M>, K extends keyof M> = Awaited<ReturnType<M[K]>>;

/** What a handler is told of its caller; every AbortSignal fits. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
}

/** The functions that answer a method map; one that is forgotten does not compile. */
export type Handlers<M extends Methods<M>> = {
  readonly [K in keyof M]: (
    parameter: Parameter<M, K>,
    signal: CancelSignal,
  ) => Promise<Result<M, K>> | Result<M, K>;
};

/** How messages travel: process IPC, postMessage, or two peers in one test. */
export interface Channel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: (reason: string) => void): void;
}

class RemoteError extends Error {
  override readonly name: string;
  constructor(name: string, message: string, stack: string | undefined) {
    super(message);
    this.name = name;
    if (stack !== undefined) this.stack = stack;
  }
}

class ChannelClosedError extends Error {
  override readonly name = "ChannelClosedError";
}

type Wire =
  | {
      readonly t: "request";
      readonly id: number;
      readonly method: string;
      readonly parameter: unknown;
    }
  | { readonly t: "notify"; readonly method: string; readonly parameter: unknown }
  | { readonly t: "cancel"; readonly id: number }
  | { readonly t: "result"; readonly id: number; readonly value: unknown }
  | {
      readonly t: "error";
      readonly id: number;
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
    };

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export class Peer<Local extends Methods<Local>, Remote extends Methods<Remote>> {
  readonly #channel: Channel;
  readonly #handlers: Handlers<Local>;
  readonly #pending = new Map<number, Pending>();
  readonly #running = new Map<number, { aborted: boolean; listeners: (() => void)[] }>();
  #nextId = 1;
  #closed: string | null = null;

  constructor(channel: Channel, handlers: Handlers<Local>) {
    this.#channel = channel;
    this.#handlers = handlers;
    channel.onMessage((message) => this.#receive(message as Wire));
    channel.onClose((reason) => this.#close(reason));
  }

  /** Asks the other side. Rejects with RemoteError, or ChannelClosedError when the channel is gone. */
  request<K extends keyof Remote & string>(
    method: K,
    parameter: Parameter<Remote, K>,
    signal?: CancelSignal,
  ): Promise<Result<Remote, K>> {
    if (this.#closed !== null) return Promise.reject(new ChannelClosedError(this.#closed));
    const id = this.#nextId++;
    const promise = new Promise<Result<Remote, K>>((resolve, reject) => {
      this.#pending.set(id, { resolve: (value) => resolve(value as Result<Remote, K>), reject });
    });
    this.#post({ t: "request", id, method, parameter });
    const cancel = (): void => {
      if (this.#pending.has(id)) this.#post({ t: "cancel", id });
    };
    if (signal?.aborted) cancel();
    else signal?.addEventListener("abort", cancel);
    return promise;
  }

  /** Tells the other side without waiting; on a closed channel it does nothing. */
  notify<K extends keyof Remote & string>(method: K, parameter: Parameter<Remote, K>): void {
    if (this.#closed === null) this.#post({ t: "notify", method, parameter });
  }

  #post(message: Wire): void {
    this.#channel.post(message);
  }

  #receive(message: Wire): void {
    switch (message.t) {
      case "request":
        void this.#answer(message.id, message.method, message.parameter);
        break;
      case "notify":
        // A notification has no answer to carry an error; the handler's own failure must not kill the peer.
        void this.#call(message.method, message.parameter, neverCancelled).catch(() => undefined);
        break;
      case "cancel": {
        const running = this.#running.get(message.id);
        if (running) {
          running.aborted = true;
          for (const listener of running.listeners) listener();
        }
        break;
      }
      case "result":
        this.#settle(message.id)?.resolve(message.value);
        break;
      case "error":
        this.#settle(message.id)?.reject(
          new RemoteError(message.name, message.message, message.stack),
        );
        break;
      default:
        message satisfies never;
    }
  }

  async #answer(id: number, method: string, parameter: unknown): Promise<void> {
    const state = { aborted: false, listeners: [] as (() => void)[] };
    this.#running.set(id, state);
    const signal: CancelSignal = {
      get aborted() {
        return state.aborted;
      },
      addEventListener: (_type, listener) => void state.listeners.push(listener),
    };
    try {
      const value = await this.#call(method, parameter, signal);
      if (this.#closed === null) this.#post({ t: "result", id, value });
    } catch (error) {
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
      if (this.#closed === null) this.#post({ t: "error", id, name, message, stack });
    } finally {
      this.#running.delete(id);
    }
  }

  async #call(method: string, parameter: unknown, signal: CancelSignal): Promise<unknown> {
    if (!Object.hasOwn(this.#handlers, method)) {
      throw new Error(
        `Unknown method ${JSON.stringify(method)}; this side answers ${Object.keys(this.#handlers).join(", ")}`,
      );
    }
    return this.#handlers[method as keyof Local](parameter, signal);
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #close(reason: string): void {
    if (this.#closed !== null) return;
    this.#closed = reason;
    for (const pending of this.#pending.values()) pending.reject(new ChannelClosedError(reason));
    this.#pending.clear();
    for (const running of this.#running.values()) {
      running.aborted = true;
      for (const listener of running.listeners) listener();
    }
  }
}

const neverCancelled: CancelSignal = { aborted: false, addEventListener: () => undefined };
