// Texts that cost far more to read than to write: formulas, patterns of Markdown and of code, nesting.

const math = (formula: string): string => `Before\n\n$$\n${formula}\n$$\n\nAfter $${formula}$ it.`;

/** TeX that nests, expands, spreads, or asks for what a formula has no business with. */
export const formulaBombs: readonly string[] = [
  math("{".repeat(20_000)),
  math(`${"{".repeat(5000)}x${"}".repeat(5000)}`),
  math(`${"\\frac{1}{".repeat(3000)}x${"}".repeat(3000)}`),
  math(`${"\\sqrt{".repeat(3000)}x${"}".repeat(3000)}`),
  math(`${"\\left(".repeat(3000)}x${"\\right)".repeat(3000)}`),
  math(`${"x^{".repeat(3000)}x${"}".repeat(3000)}`),
  math("\\def\\a{\\a\\a}\\a"),
  math(
    "\\def\\b{xxxxxxxxxx}\\def\\c{\\b\\b\\b\\b\\b\\b\\b\\b}\\def\\d{\\c\\c\\c\\c\\c\\c\\c\\c}\\def\\e{\\d\\d\\d\\d\\d\\d\\d\\d}\\e\\e\\e\\e",
  ),
  math("\\newcommand{\\x}[1]{#1#1#1#1}\\x{\\x{\\x{\\x{\\x{\\x{\\x{y}}}}}}}"),
  math("\\edef\\a{x}\\edef\\b{\\a\\a}\\loop\\iftrue\\repeat"),
  math(`\\begin{matrix}${`${"1&".repeat(300)}1\\\\`.repeat(300)}\\end{matrix}`),
  math(`\\begin{array}{${"c".repeat(20_000)}}1\\end{array}`),
  math("\\rule{100000em}{100000em}"),
  math("\\kern{-99999em}\\raisebox{99999em}{x}\\hspace{1e9em}"),
  math("\\href{javascript:canary('x')}{click}"),
  math("\\url{https://canary.test/x}"),
  math("\\includegraphics[height=1em]{https://canary.test/x.png}"),
  math("\\htmlData{onclick=canary('x')}{y}\\htmlId{page}{y}\\htmlClass{spoken}{y}"),
  math("\\htmlStyle{background:url(https://canary.test/x);position:fixed;inset:0}{y}"),
  math("\\text{<img src=x onerror=canary('x')>}</math><script>canary('x')</script>"),
  math("x".repeat(200_000)),
  "$".repeat(100_000),
  "$x$ ".repeat(20_000),
  `$$${"\\\\".repeat(50_000)}$$`,
  math('\\unicode{x202E}\\char"202E \\verb|</script>|'),
];

const times = (piece: string, count: number): string => piece.repeat(count);
const code = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;

/** What makes a parser with backtracking, or with a loop inside a loop, slow. */
export const patternBombs: readonly string[] = [
  times("`", 100_000),
  Array.from({ length: 600 }, (_, i) => times("`", i)).join(" "),
  times("[", 50_000),
  times("![", 50_000),
  times("[a](", 30_000),
  times("[a](<b", 30_000),
  times("]", 50_000),
  times("*a ", 50_000),
  times("**a ", 30_000),
  times("a**b", 30_000) + times("c*", 30_000),
  times("*", 100_000),
  times("_", 100_000),
  times("~~", 50_000),
  times("<", 100_000),
  times("<!--", 30_000),
  times("<a ", 30_000),
  times("<?", 30_000),
  times("&", 100_000),
  times("&#x", 50_000),
  times("http://", 20_000),
  times("a@b.", 30_000),
  times("\\", 100_000),
  times("|", 50_000),
  [times("| a ", 5000), times("|-", 5000), times("| b ", 5000)].join("\n"),
  times("[x]: /y\n", 20_000),
  times("a\n=\n", 20_000),
  times("(\"'", 60_000),
  times("-- ... (c) +- ", 20_000),
  code("js", times("(", 100_000)),
  code("js", `/${times("(a+)+", 3000)}$/`),
  code("js", times("`${", 20_000)),
  code("xml", times("<a <a ", 20_000)),
  code("html", times("<script>", 20_000)),
  code("markdown", times("*_[", 30_000)),
  code("latex", times("\\begin{", 20_000)),
  code("perl", times("q{s///", 20_000)),
  code("json", times("[", 100_000)),
  code("python", times("f'{", 30_000)),
  code("sql", times("select (", 20_000)),
  code("no-such-language", times("x", 100_000)),
  code('js" onload="canary(1)', "1"),
  code("__proto__", "1"),
  code("constructor", "1"),
];

const depth = 100_000;

/** Nesting beyond what a person writes. */
export const deepTexts: readonly string[] = [
  `${times("- ", depth)}x`,
  `${times("> ", depth)}x`,
  `${times(">", depth)}x`,
  `${times("1. ", depth)}x`,
  `${times("> - ", depth / 2)}x`,
  Array.from({ length: 1500 }, (_, i) => `${" ".repeat(2 * i)}- x`).join("\n"),
  `${times("<div>", depth)}x`,
  `${times("<b><i>", depth / 2)}x`,
  `${times("<svg><g>", 20_000)}x`,
  `${times("<table><tr><td>", 20_000)}x`,
  times("*a **b ", 20_000),
  `${times("[", depth)}a${times("](b)", depth)}`,
];
