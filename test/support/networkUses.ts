// Reads JavaScript for what can reach a network: Node's modules for it, the browser's globals, addresses.
import ts from "typescript";

const modules = new Set([
  "http",
  "https",
  "http2",
  "net",
  "tls",
  "dgram",
  "dns",
  "dns/promises",
  "undici",
  "ws",
  "inspector",
]);
const globals = new Set(["fetch", "WebSocket", "XMLHttpRequest", "EventSource", "sendBeacon"]);

/** Names of network modules that the source imports and network globals that it uses, with repeats. */
export function findNetworkUses(source: string): string[] {
  const file = ts.createSourceFile("x.js", source, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JS);
  const found: string[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && isSpecifier(node)) {
      const name = node.text.replace(/^node:/, "");
      if (modules.has(name)) found.push(name);
    }
    if (ts.isIdentifier(node) && globals.has(node.text) && isUse(node)) found.push(node.text);
    ts.forEachChild(node, walk);
  };
  walk(file);
  return found;
}

/** Host names of all addresses in a text, whether in code, strings, comments or a library's data. */
export function hostsIn(text: string): Set<string> {
  const hosts = new Set<string>();
  for (const [, host] of text.matchAll(
    /\b(?:https?|wss?|ftp):\/\/([a-zA-Z0-9.-]+\.[a-zA-Z]{2,})/g,
  )) {
    if (host !== undefined) hosts.add(host.toLowerCase());
  }
  return hosts;
}

function isSpecifier(node: ts.StringLiteral): boolean {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true;
  // `require("net")`, also under the names that bundlers give it, and `import("net")`.
  return (
    ts.isCallExpression(parent) && /^(?:import|\w*[rR]equire\w*)$/.test(parent.expression.getText())
  );
}

/** Called, constructed, or read off a global object; not a property or a method of the same name. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return /^(?:globalThis|window|self|navigator|global)$/.test(parent.expression.getText());
  }
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === node;
}
