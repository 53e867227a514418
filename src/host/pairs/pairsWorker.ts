// The thread that reads one data file for the extension host; started by path (tableClient.ts).
import { parentPort, workerData } from "node:worker_threads";
import { Peer } from "../../protocol/peer.ts";
import { TableServer } from "./tableServer.ts";
import type { HostToPairsWorker, PairsWorkerToHost, WorkerTask } from "./workerMethods.ts";

const port = parentPort;
if (port === null) throw new Error("internal: expected to be started as a thread");

const server = new TableServer(workerData as WorkerTask, (event, parameter) =>
  peer.notify(event, parameter),
);
const peer = new Peer<HostToPairsWorker, PairsWorkerToHost>(
  {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on("message", listener),
    onClose: (listener) => void port.on("close", () => listener("The host is gone.")),
  },
  server.handlers,
);
