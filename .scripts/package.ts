// Builds, then packs the extension for this platform: ssrm-studio-TARGET-VERSION.vsix in the project's
// folder, or the file that the first argument names. With `--built` it packs dist as it is.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";

const root = dirname(import.meta.dirname);
const target = `${process.platform}-${process.arch}`;
const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly name: string;
  readonly version: string;
};
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { built: { type: "boolean" } },
});
const file = resolve(positionals[0] ?? join(root, `${name}-${target}-${version}.vsix`));

if (values.built !== true) run(".scripts/build.ts");
// Without dependency detection: it runs `npm list`, which fails on the pruned dist/node_modules. Links in
// the README stay as they are, since there is no public repository to point them to.
run(
  "node_modules/@vscode/vsce/vsce",
  ...["package", "--no-dependencies", "--target", target, "--out", file],
  ...["--no-rewrite-relative-links", "--allow-missing-repository"],
);

function run(...args: string[]): void {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) process.exit(status ?? 1);
}
