// Making the names in a folder survive a power cut.
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { faultCode } from "./fileFault.ts";

/** Makes the names in a folder durable. Windows cannot and does not need to. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await folder.sync();
  } catch (error) {
    // Some network and user-space file systems have no such operation.
    if (!["EINVAL", "ENOTSUP", "ENOSYS"].includes(faultCode(error) ?? "")) throw error;
  } finally {
    await folder.close().catch(() => undefined);
  }
}
