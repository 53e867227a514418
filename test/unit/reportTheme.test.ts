// The report's own colours against the contrast that it promises: text 4.5:1, marks 3:1 (WCAG 2.2).
import { describe, expect, it } from "vitest";
import { themeStyle } from "../../src/core/report/style/theme.ts";

const [light, dark] = themeStyle.text.split("@media (prefers-color-scheme: dark)");
const schemes = { light: coloursOf(light!), dark: coloursOf(dark!) };

describe.each(Object.entries(schemes))("%s", (_name, colours) => {
  const on = (name: string) => contrast(colours.get(name)!, colours.get("paper")!);

  it.each(["ink", "muted", "s1"])("text in %s", (name) => {
    expect(on(name)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["s1", "s2", "s3", "s4"])("marks in %s", (name) => {
    expect(on(name)).toBeGreaterThanOrEqual(3);
  });

  it("axes and outlines, 55 parts ink in 100", () => {
    const edge = mixed({ of: colours.get("ink")!, into: colours.get("paper")!, share: 0.55 });
    expect(themeStyle.text).toContain("--edge: color-mix(in srgb, var(--ink) 55%, var(--paper))");
    expect(contrast(edge, colours.get("paper")!)).toBeGreaterThanOrEqual(3);
  });
});

it("knows black on white", () => {
  expect(contrast([255, 255, 255], [0, 0, 0])).toBeCloseTo(21, 9);
});

it("takes VS Code's colours, without orange, which fails 3:1 in its light themes", () => {
  expect(themeStyle.text).toContain("var(--vscode-charts-blue,");
  expect(themeStyle.text).not.toContain("orange");
});

function coloursOf(css: string): Map<string, readonly number[]> {
  return new Map(
    [...css.matchAll(/--(\w+)-own: #(..)(..)(..);/g)].map(([, name, ...hex]) => [
      name!,
      hex.map((two) => Number.parseInt(two, 16)),
    ]),
  );
}

function mixed(mix: { of: readonly number[]; into: readonly number[]; share: number }): number[] {
  return mix.of.map((channel, i) => channel * mix.share + mix.into[i]! * (1 - mix.share));
}

function contrast(a: readonly number[], b: readonly number[]): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

function luminance(colour: readonly number[]): number {
  const [r, g, b] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
