// Bundles host, engine, command and pages into dist, with what ONNX Runtime needs on this platform. Builds
// beside dist and swaps at the end, so that what runs from dist never sees half a build.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { build, type BuildOptions, type Metafile } from "esbuild";
import { copyRuntime } from "./copyRuntime.ts";
import { writeNotices } from "./notices.ts";

const root = dirname(import.meta.dirname);
const dist = join(root, "dist");
const fresh = join(root, `.cache/dist-${process.pid}`);

const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  metafile: true,
  // Kept readable: stack traces in issues are worth more than the few hundred kB of a minified bundle.
  minify: false,
  legalComments: "none",
  logLevel: "warning",
};
const node: BuildOptions = {
  ...shared,
  platform: "node",
  target: "node22",
  format: "esm",
  outExtension: { ".js": ".mjs" },
  // CommonJS packages in an ES module bundle call `require` for Node's own modules.
  banner: {
    js: 'import { createRequire as ssrmRequire } from "node:module"; const require = ssrmRequire(import.meta.url);',
  },
  external: ["onnxruntime-node"],
};

const bundles: BuildOptions[] = [
  // VS Code loads extensions as ES modules since 1.100. Split, so that activation loads a tenth of it:
  // reading pairs, zod and the engine's supervisor come when they are needed.
  {
    ...node,
    entryPoints: { extension: "src/host/extension.ts" },
    splitting: true,
    chunkNames: "extension-[name]-[hash]",
    external: ["vscode"],
  },
  { ...node, entryPoints: { engine: "src/engine/main.ts" } },
  // The data editor's thread, which reads a data file; started by path.
  { ...node, entryPoints: { pairsWorker: "src/host/pairs/pairsWorker.ts" } },
  // A thread of the engine; started by path.
  { ...node, entryPoints: { heartbeatWorker: "src/engine/heartbeatWorker.ts" } },
  // Loads ONNX Runtime in a child of its own, so that nothing else need; started by path.
  { ...node, entryPoints: { providerProbe: "src/engine/providerProbe.ts" } },
  // Split, so that `ssrm --help` loads little. The chunks lie beside the entries, so that a path relative
  // to import.meta.url means the same in all of them.
  {
    ...node,
    entryPoints: { "ssrm-main": "src/cli/main.ts" },
    splitting: true,
    chunkNames: "ssrm-[name]-[hash]",
  },
  // A page's script is the first thing that a person waits for, so it is small; what few pairs need (formulas,
  // colours of code) is in chunks of its own.
  {
    ...shared,
    minify: true,
    platform: "browser",
    target: "chrome136",
    format: "esm",
    splitting: true,
    outbase: "webview",
    chunkNames: "pages/chunk-[name]-[hash]",
    external: ["*.ttf", "*.woff", "*.woff2"],
    entryPoints: globSync("webview/*/main.ts", { cwd: root }).map((path) => ({
      in: path,
      out: `pages/${basename(dirname(path))}`,
    })),
  },
];

mkdirSync(fresh, { recursive: true });
try {
  await buildAll();
} catch (error) {
  // The bundler has printed its own errors, with the lines that they are about.
  if (!(error instanceof Error && "errors" in error)) throw error;
  process.exitCode = 1;
} finally {
  rmSync(fresh, { recursive: true, force: true });
}

async function buildAll(): Promise<void> {
  const results: Metafile[] = [];
  for (const options of bundles) {
    if (entriesOf(options).length === 0) continue;
    const { metafile, warnings } = await build({ ...options, outdir: fresh });
    if (warnings.length > 0) {
      throw new Error("the bundler warned (see above); a build has no warnings");
    }
    if (metafile) results.push(metafile);
  }
  const command = join(fresh, "ssrm.mjs");
  copyFileSync(join(root, ".scripts/ssrmEntry.mjs"), command);
  chmodSync(command, 0o755);
  copyRuntime(root, fresh);
  copyIcons();
  writeNotices(root, { metafiles: results, file: join(fresh, "THIRD-PARTY-NOTICES.txt") });
  swap();
}

/** The icon font, as @vscode-elements expects it: a style sheet of its own and the font beside it. */
function copyIcons(): void {
  const icons = join(root, "node_modules/@vscode/codicons/dist");
  mkdirSync(join(fresh, "pages"), { recursive: true });
  for (const name of ["codicon.css", "codicon.ttf"]) {
    copyFileSync(join(icons, name), join(fresh, "pages", name));
  }
}

function entriesOf({ entryPoints }: BuildOptions): string[] {
  if (Array.isArray(entryPoints)) {
    return entryPoints.map((entry) => (typeof entry === "string" ? entry : entry.in));
  }
  return Object.values(entryPoints ?? {});
}

/** Two renames; a build that runs at the same time may have taken the old folder already. */
function swap(): void {
  const old = `${fresh}-old`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
}
