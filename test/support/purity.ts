// Finds what pure code may not reach for, with the compiler's own symbols: a name counts as the DOM's or
// Node's by where it is declared, so a parameter called `document` is fine and an alias does not hide.
import { join } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "../..");
const allowedPackages = /^@noble\/hashes\//;

/** What the files reach for that they may not, one line `FILE:LINE: WHAT` each. */
export function findImpurities(files: readonly string[]): string[] {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2024.d.ts", "lib.dom.d.ts"],
    types: ["node", "vscode"],
    typeRoots: [join(root, "node_modules/@types")],
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  const found: string[] = [];
  for (const file of files) {
    const source = program.getSourceFile(file);
    if (!source) throw new Error(`${file}: expected a source file, the compiler found none`);
    const walk = (node: ts.Node): void => {
      const what = impurityOf(node, checker);
      if (what !== null) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
        found.push(`${file}:${line + 1}: ${what}`);
      }
      ts.forEachChild(node, walk);
    };
    walk(source);
  }
  return found;
}

function impurityOf(node: ts.Node, checker: ts.TypeChecker): string | null {
  if (ts.isStringLiteral(node) && isSpecifier(node)) {
    const isAllowed = node.text.startsWith(".") || allowedPackages.test(node.text);
    return isAllowed ? null : `imports ${node.text}`;
  }
  if (!ts.isIdentifier(node)) return null;
  const declarations = checker.getSymbolAtLocation(node)?.declarations ?? [];
  const homes = declarations.map((declaration) => declaration.getSourceFile().fileName);
  if (homes.some((home) => /\/lib\.dom(?:\.[a-z]+)*\.d\.ts$/.test(home))) {
    // Names that both the language and the DOM declare (Error, Array helpers) belong to the language.
    return homes.some((home) => /\/lib\.es\d*[^/]*\.d\.ts$/.test(home))
      ? null
      : `uses ${node.text}`;
  }
  if (homes.some((home) => home.includes("/@types/node/"))) {
    return homes.some((home) => /\/lib\.es/.test(home)) ? null : `uses ${node.text}`;
  }
  if (!homes.some((home) => /\/lib\.es/.test(home))) return null;
  if (node.text === "Date") return "uses Date";
  return node.text === "Math" && !isHarmlessMath(node) ? "uses Math.random" : null;
}

/** Math.sqrt and the like; `Math["random"]`, an alias or destructuring could hide Math.random. */
function isHarmlessMath(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === node &&
    parent.name.text !== "random"
  );
}

/** Import and export declarations, dynamic imports, require calls and import types. */
function isSpecifier(node: ts.StringLiteral): boolean {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true;
  if (ts.isLiteralTypeNode(parent)) return ts.isImportTypeNode(parent.parent);
  if (!ts.isCallExpression(parent)) return false;
  const called = parent.expression;
  return (
    called.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(called) && called.text === "require")
  );
}
