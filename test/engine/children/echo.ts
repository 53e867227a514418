// A child that gives back what it is sent, for the tests of the peer.
import { Peer } from "../../../src/protocol/peer.ts";

export interface Echo {
  echo(arrays: { readonly floats: Float64Array; readonly ints: Int32Array }): {
    readonly floats: Float64Array;
    readonly ints: Int32Array;
  };
  fail(parameter: { readonly message: string }): never;
  hang(parameter: Record<string, never>): never;
}

new Peer<Echo, Record<string, never>>(
  {
    post: (message) => void process.send!(message),
    onMessage: (listener) => void process.on("message", listener),
    onClose: (listener) => void process.on("disconnect", () => listener("the parent is gone")),
  },
  {
    echo: (arrays) => arrays,
    fail: ({ message }) => {
      throw new TypeError(message);
    },
    hang: () => new Promise(() => undefined),
  },
);
