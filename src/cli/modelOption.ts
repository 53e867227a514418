// The model of `score` and `eval`.
import { openModel, type OpenModel } from "../engine/openModel.ts";
import { absolute } from "./places.ts";
import { UsageError } from "../data/usageError.ts";

/** @throws UsageError where none was named; DataError where the folder holds none */
export async function expectModel(path: string | null): Promise<OpenModel> {
  if (path === null) {
    throw new UsageError("expected --model RUN_OR_DIR, a folder that `ssrm run` wrote, got none");
  }
  return openModel(path.startsWith("hub:") ? path : absolute([path])[0]!);
}
