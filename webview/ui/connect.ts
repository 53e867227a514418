// The page's end of the seam to the extension host, and the little that a page keeps by itself.
import { Peer, type Handlers, type Methods } from "../../src/protocol/peer.ts";

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare const acquireVsCodeApi: () => EditorApi;

const editor = acquireVsCodeApi();

/** What the page kept with `keep` before it was hidden or reloaded; null at first. JSON; check what it holds. */
export function kept(): unknown {
  return editor.getState() ?? null;
}

/** Keeps a small JSON value over hiding and reloading: navigation and unsent drafts, never data. */
export function keep(state: unknown): void {
  editor.setState(state);
}

/** Connects to the host; each load of a page is a session of its own. Call once. */
export function connect<Local extends Methods<Local>, Remote extends Methods<Remote>>(
  handlers: Handlers<Local>,
): Peer<Local, Remote> {
  const session = crypto.randomUUID();
  return new Peer<Local, Remote>(
    {
      post: (wire) => editor.postMessage({ session, wire }),
      onMessage: (listener) => {
        addEventListener("message", ({ data }: MessageEvent<unknown>) => {
          const message = data as { readonly session?: unknown; readonly wire?: unknown } | null;
          if (message?.session === session) listener(message.wire);
        });
      },
      // The page is gone when its host is: the editor takes the document away.
      onClose: () => undefined,
    },
    handlers,
  );
}
