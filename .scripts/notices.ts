// Writes the licences of the packages that the bundles hold, as most of them ask for.
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";

interface Manifest {
  readonly version: string;
  readonly license?: string;
}

interface Notices {
  readonly metafiles: readonly Metafile[];
  readonly file: string;
}

/** Writes name, version, licence and licence text of every bundled or copied package. */
export function writeNotices(root: string, { metafiles, file }: Notices): void {
  const names = new Set(["onnxruntime-common", "onnxruntime-node", "@vscode/codicons"]);
  for (const path of metafiles.flatMap((metafile) => Object.keys(metafile.inputs))) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
    if (name !== undefined) names.add(name);
  }
  const parts = [...names].sort().map((name) => noticeOf(join(root, "node_modules", name), name));
  writeFileSync(file, parts.join(`\n${"-".repeat(80)}\n\n`));
}

function noticeOf(folder: string, name: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const licence = globSync("{LICENSE,LICENCE,license,licence}*", { cwd: folder })[0];
  const text = licence === undefined ? "" : `\n${readFileSync(join(folder, licence), "utf8")}`;
  return `${name} ${manifest.version}, ${manifest.license ?? "see its page"}\n${text}`;
}
