// What label page and queue read pairs with: one for the window, so that a file is indexed once. Nothing is
// opened before a pair is asked for.
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Project } from "../project.ts";
import { PairReader } from "./pairReader.ts";
import type { PlaceBook } from "./placeBook.ts";

export class PairSources {
  readonly reader: PairReader;
  readonly #project: Project;
  readonly #folders: string;
  #book: { readonly path: string; readonly opened: Promise<PlaceBook> } | null = null;

  /** `storage`: the editor's folder for this extension; `cacheDir`: where unpacked copies go. */
  constructor(
    project: Project,
    { storage, cacheDir }: { readonly storage: string; readonly cacheDir: string },
  ) {
    this.#project = project;
    this.#folders = join(storage, "labeling");
    this.reader = new PairReader(async (path) => {
      const { openDataset } = await import("../../data/dataset.ts");
      const mapping = Object.entries(
        (project.state.kind === "ready" ? project.state.file.mapping : null) ?? {},
      ).filter(([, column]) => column !== undefined);
      return openDataset([path], {
        cacheDir,
        mapping: mapping.length === 0 ? null : Object.fromEntries(mapping),
      });
    });
  }

  /** Where what belongs to the project's folder is kept outside of it. */
  get storage(): string {
    const folder = this.#project.folder ?? "none";
    return join(this.#folders, createHash("sha256").update(folder).digest("hex").slice(0, 32));
  }

  book(): Promise<PlaceBook> {
    const path = join(this.storage, "places.jsonl");
    if (this.#book?.path !== path) {
      const opened = import("./placeBook.ts").then((parts) => parts.PlaceBook.open(path));
      this.#book = { path, opened };
    }
    return this.#book.opened;
  }

  /** Writes down what waits, and closes the files. */
  dispose(): void {
    void this.#book?.opened.then((book) => book.flush());
    void this.reader.close();
  }
}
