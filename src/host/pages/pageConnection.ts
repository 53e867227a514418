// The host's end of the seam to a page. Every load of the page is a session with a peer of its own, so that an
// answer for a page that was hidden or reloaded reaches nobody. A hidden page is sent nothing.
import { Peer, type Handlers, type Methods } from "../../protocol/peer.ts";
import { checkedHandlers, pageMessage, type Schemas } from "./checked.ts";

/** The part of vscode.Webview that a connection needs; tests have their own. */
export interface PagePort {
  postMessage(message: unknown): Thenable<boolean>;
  onDidReceiveMessage(listener: (message: unknown) => void): { dispose(): unknown };
}

interface Session<Local extends Methods<Local>, Remote extends Methods<Remote>> {
  readonly id: string;
  readonly peer: Peer<Local, Remote>;
  readonly receive: (message: unknown) => void;
  readonly close: (reason: string) => void;
}

export class PageConnection<Local extends Methods<Local>, Remote extends Methods<Remote>> {
  readonly #port: PagePort;
  readonly #handlers: Handlers<Local>;
  readonly #log: (text: string) => void;
  readonly #listening: { dispose(): unknown };
  #session: Session<Local, Remote> | null = null;

  constructor(
    port: PagePort,
    methods: { readonly schemas: Schemas<Local>; readonly handlers: Handlers<Local> },
    log: (text: string) => void,
  ) {
    this.#port = port;
    this.#handlers = checkedHandlers(methods.schemas, methods.handlers);
    this.#log = log;
    this.#listening = port.onDidReceiveMessage((message) => this.#receive(message));
  }

  /** The peer of the page that is shown, null while it is hidden or loads. */
  get page(): Peer<Local, Remote> | null {
    return this.#session?.peer ?? null;
  }

  /** The page was hidden, which ends it: it asks for everything again when it comes back. */
  hidden(): void {
    this.#session?.close("The page was hidden.");
    this.#session = null;
  }

  dispose(): void {
    this.hidden();
    this.#listening.dispose();
  }

  #receive(message: unknown): void {
    const parsed = pageMessage.safeParse(message);
    if (!parsed.success) {
      this.#log("A message of the page that is none was left out.");
      return;
    }
    const { session, wire } = parsed.data;
    if (this.#session?.id !== session) {
      this.#session?.close("The page was loaded again.");
      this.#session = this.#open(session);
    }
    this.#session.receive(wire);
  }

  #open(id: string): Session<Local, Remote> {
    let receive: (message: unknown) => void = () => undefined;
    let close: (reason: string) => void = () => undefined;
    const channel = {
      post: (wire: unknown) => void this.#port.postMessage({ session: id, wire }),
      onMessage: (listener: (message: unknown) => void) => (receive = listener),
      onClose: (listener: (reason: string) => void) => (close = listener),
    };
    const peer = new Peer<Local, Remote>(channel, this.#handlers);
    return { id, peer, receive, close };
  }
}
