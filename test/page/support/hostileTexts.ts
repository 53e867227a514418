// Texts that try to act, to ask for an address, to lead away, to hang the page or to hide what they say: a table
// of families, each a list of variants. What they call is `canary("FAMILY")`, what they ask is canary.test.
import { deepTexts, patternBombs, formulaBombs } from "./hostileBombs.ts";
import { markupTexts } from "./hostileMarkup.ts";

export interface HostileText {
  /** "FAMILY 3", for messages. */
  readonly name: string;
  readonly text: string;
}

const call = "canary('x')";
const address = "https://canary.test/x";

const schemes: readonly string[] = [
  "command:workbench.action.terminal.new",
  "vscode://ms-vscode.x/open?file=/etc/passwd",
  "vscode-insiders:extension/x",
  "file:///etc/passwd",
  `javascript:${call}`,
  `JaVaScRiPt&colon;${call}`,
  `java&#x0A;script:${call}`,
  `data:text/html,<script>parent.${call}</script>`,
  `vbscript:${call}`,
  "blob:https://page.test/0",
  `//canary.test/x`,
  "/dist/extension.mjs",
];

/** The ways in which a text can hold a link. */
const links: readonly ((target: string) => string)[] = [
  (target) => `[click me](${target})`,
  (target) => `<${target}>`,
  (target) => `[click me][1]\n\n[1]: ${target} "title"`,
  (target) => `<a href="${target}" target="_top" ping="${address}">click me</a>`,
];

const bidi: readonly string[] = [
  "safe \u202Egnitset\u202C text",
  "\u2066if\u2069 (\u2067isAdmin\u2069) { \u202D}",
  "a\u200Bb\u200Cc\u200Dd\u2060e\uFEFFf",
  `\u200B`.repeat(100_000),
  "NUL\u0000 in \u0000 the middle",
  "\u0000".repeat(5000),
  "lone \uD800 high",
  "lone \uDC00 low, then a pair \u{1F600}",
  "\uDC00\uD800".repeat(2000),
  `Z${"\u0300\u0301\u0302\u0303".repeat(5000)}algo`,
  "\u001B[31mred\u001B[0m \u001B]8;;https://canary.test/x\u0007link\u001B]8;;\u0007",
  "\u0080\u0085\u009B31m C1 controls",
  "tags \u{E0041}\u{E0042}\u{E007F} end",
  "line\u2028separator\u2029paragraph\u0085next",
  "carriage\rreturn\r\nand\n\rboth",
  "\uFFFE\uFFFF\u{1FFFE} non-characters",
  "soft\u00ADhyphen\u00AD".repeat(3000),
  "\u061Cא ב ג abc \u200Fמ".repeat(200),
  "\uFFF9base\uFFFAannotation\uFFFB",
  "a\uFE00b\uFE0Ec\u{E0100}d",
  "\u{1F468}\u200D\u{1F469}\u200D\u{1F467}".repeat(2000),
  "\u3164\u115F\u1160\uFFA0 fillers",
];

const long: readonly string[] = [
  "a".repeat(1_000_000),
  "word ".repeat(200_000),
  "字".repeat(350_000),
  "\n".repeat(200_000),
  "x\n".repeat(200_000),
  `${"- item\n".repeat(30_000)}`,
  `${"# heading\n\n".repeat(20_000)}`,
  `\`\`\`js\n${"let a = [1, 'x', /y/];".repeat(45_000)}\n\`\`\``,
  `|${" a |".repeat(3000)}\n|${" - |".repeat(3000)}\n|${" b |".repeat(3000)}`,
  `https://example.com/${"a".repeat(1_000_000)}`,
  `${"a".repeat(499_999)}\u202E${"b".repeat(500_000)}`,
];

const families: Readonly<Record<string, readonly string[]>> = {
  ...markupTexts(call, address),
  link: schemes.flatMap((target) => links.map((link) => link(target))),
  "formula bomb": formulaBombs,
  "pattern bomb": patternBombs,
  deep: deepTexts,
  "hidden character": bidi,
  long,
};

/** Over 200 texts by family, the same every time. */
export const hostileFamilies: ReadonlyMap<string, readonly HostileText[]> = new Map(
  Object.entries(families).map(([family, texts]) => [
    family,
    texts.map((text, index) => ({ name: `${family} ${index}`, text })),
  ]),
);
