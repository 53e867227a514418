// Lint rules: type-checked TypeScript, and the house's walls: which folder may import which.
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import importX from "eslint-plugin-import-x";
import jsdoc from "eslint-plugin-jsdoc";
import tseslint from "typescript-eslint";

/** Which zones a zone may import; what is not listed is refused. Each may import itself. */
const mayImport = {
  core: [],
  graph: ["core"],
  learn: ["core", "graph"],
  nn: ["core", "graph", "learn"],
  protocol: ["core", "graph", "learn"],
  data: ["core"],
  engine: ["core", "graph", "learn", "nn", "protocol", "data"],
  cli: ["core", "graph", "learn", "nn", "protocol", "data", "engine"],
  host: ["core", "learn", "protocol", "data"],
};
const zones = Object.entries(mayImport).map(([zone, allowed]) => ({
  target: `./src/${zone}`,
  from: "./",
  except: ["node_modules", ...[zone, ...allowed].map((name) => `src/${name}`)],
  message: `src/${zone} may import ${allowed.map((name) => `src/${name}`).join(", ") || "nothing but itself"}.`,
}));
zones.push({
  target: "./webview",
  from: "./src",
  except: ["core", "protocol"],
  message: "webview may import src/core and src/protocol.",
});

const pure = ["src/core/**", "src/graph/**", "src/learn/**"];
const onlyIn = (zone, name) => ({ name, message: `Only src/${zone} imports ${name}.` });
const vscode = onlyIn("host", "vscode");
const runtime = [onlyIn("engine", "onnxruntime-node"), onlyIn("engine", "onnxruntime-common")];
const clockAndChance = [
  ...["Date", "performance", "setTimeout", "setInterval", "console", "process", "crypto", "fetch"],
  ...["document", "window", "navigator", "self", "require"],
].map((name) => ({ name, message: "Pure code gets time, chance and input as parameters." }));
const mathRandom = {
  object: "Math",
  property: "random",
  message: "Pass a seeded generator (src/core/random.ts).",
};

const shapes = [
  {
    selector: "ExportAllDeclaration, ExportNamedDeclaration[source]",
    message: "No barrels: import from the file that has it.",
  },
  {
    selector: "ExportDefaultDeclaration",
    message: "No default exports: a name is the same everywhere.",
  },
  {
    selector:
      ":function > Identifier.params[typeAnnotation.typeAnnotation.type='TSBooleanKeyword'], " +
      ":function > AssignmentPattern.params > Literal.right[raw=/^(true|false)$/]",
    message: "No boolean parameters: take an options record or write two functions.",
  },
];

export default tseslint.config(
  { ignores: ["dist/", ".cache/", "**/*.mts", ".eslint.config.mjs"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.mjs"],
    rules: { "no-unused-vars": "error", eqeqeq: "error", "prefer-const": "error" },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { "import-x": importX, jsdoc },
    settings: {
      "import-x/parsers": { "@typescript-eslint/parser": [".ts"] },
      "import-x/resolver-next": [
        createTypeScriptImportResolver({
          project: "tsconfig.json",
          noWarnOnMultipleProjects: true,
        }),
      ],
    },
    rules: {
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/max-params": ["error", { max: 3 }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/only-throw-error": "error",
      "array-callback-return": "error",
      eqeqeq: ["error", "always"],
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones }],
      "max-lines": ["error", { max: 250 }],
      "no-else-return": "error",
      "no-self-compare": "error",
      "no-template-curly-in-string": "error",
      "no-restricted-syntax": ["error", ...shapes],
      "no-restricted-imports": ["error", { paths: [vscode, ...runtime] }],
      "no-unreachable-loop": "error",
      "object-shorthand": "error",
      "prefer-template": "error",
    },
  },
  {
    files: ["src/**/*.ts", "webview/**/*.ts"],
    rules: {
      "jsdoc/require-jsdoc": ["error", { publicOnly: true }],
      "no-restricted-properties": ["error", mathRandom],
    },
  },
  {
    files: ["src/host/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { paths: runtime }] },
  },
  {
    files: ["src/engine/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { paths: [vscode] }] },
  },
  {
    files: [...pure, "src/protocol/**"],
    rules: {
      "no-restricted-globals": ["error", ...clockAndChance],
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^(?!\\.|@noble/hashes/)",
              message: "Pure code imports nothing but pure code and @noble/hashes.",
            },
          ],
        },
      ],
    },
  },
);
