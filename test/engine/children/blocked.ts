// An engine whose main thread is in a native call that does not return: only its heartbeat thread goes on.
import { startHeartbeat } from "../../../src/engine/heartbeat.ts";

const heartbeat = startHeartbeat(() => undefined);
heartbeat.stepped();
setTimeout(() => {
  process.send!("blocked");
  // The message leaves in this turn of the loop, the block comes in a later one.
  setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 120_000), 50);
}, 300);
