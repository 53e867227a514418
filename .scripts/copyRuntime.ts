// Copies ONNX Runtime into dist/node_modules: one platform's native files and the JavaScript around them,
// without types, source maps and the download that its install script would start.
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly type?: string;
  readonly main: string;
}

/**
 * Copies for the platform that runs this. A platform without native files gets none: there the engine says
 * what is missing, and everything that needs no ONNX Runtime works.
 */
export function copyRuntime(root: string, outdir: string): void {
  const modules = join(root, "node_modules");
  const native = join("bin", "napi-v6", process.platform, process.arch);
  copyPackage(join(modules, "onnxruntime-common"), {
    to: join(outdir, "node_modules", "onnxruntime-common"),
    files: ["dist/cjs/**/*.js", "dist/cjs/package.json"],
  });
  copyPackage(join(modules, "onnxruntime-node"), {
    to: join(outdir, "node_modules", "onnxruntime-node"),
    files: ["dist/*.js", ...nativeFiles(join(modules, "onnxruntime-node"), native)],
  });
}

/** The macOS package holds its library twice, byte for byte; the binding refers to the short name. */
function nativeFiles(from: string, native: string): string[] {
  const names = existsSync(join(from, native)) ? globSync("*", { cwd: join(from, native) }) : [];
  return names
    .filter((name) => !/^libonnxruntime\.\d+\.\d+\.\d+\.dylib$/.test(name))
    .map((name) => join(native, name));
}

function copyPackage(from: string, { to, files }: { to: string; files: readonly string[] }): void {
  for (const file of globSync(files, { cwd: from })) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(from, file), join(to, file));
  }
  const { name, version, license, main, type } = JSON.parse(
    readFileSync(join(from, "package.json"), "utf8"),
  ) as Manifest;
  // Only what resolving needs: no scripts, no dependencies for an installer to act on.
  const manifest = { name, version, license, main, ...(type === undefined ? {} : { type }) };
  // The ES modules are left out, so the types and `import` condition of the original would lead nowhere.
  writeFileSync(join(to, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
