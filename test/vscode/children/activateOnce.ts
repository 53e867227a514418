// Loads the built extension with a stand-in for VS Code, activates it once, and prints what that cost this
// process: milliseconds of processor time (wall time would measure the machine's other work too), and which of
// the extension's files were loaded.
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const extension = process.argv[2]!;
const loaded: string[] = [];
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode"
      ? { url: "stand-in:vscode", format: "module", shortCircuit: true }
      : next(specifier, context),
  load: (url, context, next) => {
    if (url === "stand-in:vscode") {
      return { format: "module", source: standIn, shortCircuit: true };
    }
    if (url.startsWith("file:")) loaded.push(url.slice(url.lastIndexOf("/") + 1));
    return next(url, context);
  },
});

/** Answers every call with itself; events and emitters are of the one class that is constructed. */
const standIn = `
  const anything = new Proxy(function () {}, {
    get: (_target, key) =>
      key === "then" || key === Symbol.toPrimitive || key === Symbol.iterator ? undefined : anything,
    set: () => true,
    apply: () => anything,
    construct: () => anything,
  });
  export const window = anything, workspace = new Proxy({ textDocuments: [], workspaceFolders: [] },
    { get: (own, key) => own[key] ?? anything }), commands = anything, languages = anything,
    EventEmitter = class { event = () => anything; fire() {} dispose() {} }, Uri = anything,
    Disposable = anything, StatusBarAlignment = {}, TreeItem = anything;
`;

const before = process.cpuUsage();
const { activate } = (await import(pathToFileURL(extension).href)) as {
  readonly activate: (context: unknown) => void;
};
const context = {
  subscriptions: [] as { dispose?(): void }[],
  globalStorageUri: { fsPath: "/storage" },
  extension: { packageJSON: {} },
  asAbsolutePath: (path: string) => join("/", path),
};
activate(context);
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ cpuMs: (user + system) / 1000, loaded }));
process.exit(0);
