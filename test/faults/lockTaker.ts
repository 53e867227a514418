// Takes and releases run locks when it is told to; for the tests in which processes race.
import { releaseLock, takeLock } from "../../src/data/runs/runLock.ts";

export interface LockAnswer {
  readonly state: "ready" | "owner" | "refused" | "released";
  readonly reason?: string;
}

const answer = (message: LockAnswer): void => void process.send!(message);

process.on("message", ({ what, dir }: { what: "take" | "release"; dir: string }) => {
  if (what === "release") void releaseLock(dir).then(() => answer({ state: "released" }));
  else {
    takeLock(dir).then(
      () => answer({ state: "owner" }),
      (error: Error) => answer({ state: "refused", reason: error.message }),
    );
  }
});
process.on("disconnect", () => process.exit(0));
answer({ state: "ready" });
