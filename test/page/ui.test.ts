// The kit's colours, key hints, states and live region in a real browser, in the editor's four themes. Contrast
// is computed from the colours that the browser came to (WCAG 2.2, 1.4.3 and 1.4.11).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keyName } from "../../webview/ui/keyHint.ts";
import { violations } from "./support/axe.ts";
import { launch, openPage, whyNot, type OpenedPage } from "./support/pageHarness.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: ${reason}`);

const themes = ["dark", "light", "hc-dark", "hc-light"];
type Nothing = Record<never, never>;

const script = `
  import "./base.css";
  import { html, render } from "lit";
  import { announce } from "./announce.ts";
  import { connect } from "./connect.ts";
  import { keyHint } from "./keyHint.ts";
  import { emptyState, errorState, loadingState } from "./states.ts";
  connect({});
  const action = { label: "Open", act: () => announce("Opened.") };
  render(
    html\`<h1>Kit</h1>
      \${emptyState({ icon: "inbox", title: "Nothing yet", text: "Open a file.", action })}
      \${errorState("Expected a list, got a number.", action)}
      \${loadingState("Reading")}
      <p class="quiet">quiet <a href="#x">link</a> \${keyHint(["Ctrl+z"])}\${keyHint([])}</p>\`,
    document.getElementById("page"),
  );
`;

describe.skipIf(reason !== null)("what pages share", () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    browser = await launch();
    folder = mkdtempSync(join(tmpdir(), "ssrm-page-"));
    await build({
      stdin: { contents: script, resolveDir: join(import.meta.dirname, "../../webview/ui") },
      bundle: true,
      format: "esm",
      outfile: join(folder, "kit.js"),
    });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (theme: string): Promise<OpenedPage<Nothing, Nothing>> =>
    openPage<Nothing, Nothing>(browser, {
      name: "kit",
      folder,
      schemas: {},
      handlers: {},
      theme,
    });

  test.each(themes)("texts and marks stand out: %s", async (theme) => {
    const { page, close } = await open(theme);
    const colours = await page.evaluate(() => {
      const canvas = document.createElement("canvas").getContext("2d", {
        willReadFrequently: true,
      })!;
      const probe = document.body.appendChild(document.createElement("i"));
      /** What a token looks like over these, as 0 to 255. */
      const seen = (...tokens: string[]): number[] => {
        canvas.clearRect(0, 0, 1, 1);
        for (const token of tokens) {
          probe.style.color = "";
          probe.style.color = `var(${token})`;
          canvas.fillStyle = getComputedStyle(probe).color;
          canvas.fillRect(0, 0, 1, 1);
        }
        return [...canvas.getImageData(0, 0, 1, 1).data];
      };
      const grounds = { paper: ["--paper"], raised: ["--paper", "--raised"] };
      const tokens = ["ink", "ink-quiet", "link", "bad", "good", "warn", "ring"];
      return Object.entries(grounds).flatMap(([ground, below]) =>
        tokens.map((token) => ({
          name: `${token} on ${ground}`,
          token,
          front: seen(...below, `--${token}`),
          back: seen(...below),
        })),
      );
    });
    await close();
    const weak = colours
      .map(({ name, token, front, back }) => ({
        name,
        ratio: contrast(front, back),
        least: token === "ring" ? 3 : 4.5,
      }))
      .filter(({ ratio, least }) => ratio < least);
    expect(weak).toEqual([]);
  });

  test.each(themes)("axe finds nothing: %s", async (theme) => {
    const { page, errors, requests, close } = await open(theme);
    await page.locator("h1").waitFor();
    expect(await violations(page)).toEqual([]);
    await close();
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
  });

  test("the next step is reached and taken by keyboard, its focus is seen, and what changed is said", async () => {
    const { page, close } = await open("dark");
    await page.locator("h1").waitFor();
    const region = page.locator("#announcer");
    await page.keyboard.press("Tab");
    const ring = await page.evaluate(() => {
      const inside = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(inside ?? document.body);
      return { outlineStyle, outlineWidth };
    });
    expect(ring.outlineStyle).toBe("solid");
    expect(Number.parseFloat(ring.outlineWidth)).toBeGreaterThanOrEqual(1);
    await page.keyboard.press("Enter");
    const first = await region.textContent();
    expect(first).toBe("Opened.");
    // The same sentence again must be a change, or nobody hears it.
    await page.keyboard.press("Enter");
    const second = await region.textContent();
    expect(second).not.toBe(first);
    expect(second?.trim()).toBe(first);
    await close();
  });

  test("nothing is cut at 320 pixels", async () => {
    const { page, close } = await open("light");
    await page.setViewportSize({ width: 320, height: 480 });
    await page.locator("h1").waitFor();
    const { wide, seen } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      seen: document.documentElement.clientWidth,
    }));
    expect(wide).toBe(seen);
    await close();
  });
});

test("keys as people write them", () => {
  const names = { " ": "Space", u: "U", "Ctrl+z": "Ctrl+Z", "Ctrl+Shift+z": "Ctrl+Shift+Z" };
  for (const [key, name] of Object.entries(names)) expect(keyName(key)).toBe(name);
  expect(keyName("+")).toBe("+");
  expect(keyName("Ctrl++")).toBe("Ctrl++");
  expect(keyName("ArrowLeft")).toBe("←");
});

/** WCAG's contrast ratio of two opaque colours, 1 to 21. */
function contrast(one: readonly number[], other: readonly number[]): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((x, y) => y - x) as [
    number,
    number,
  ];
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG's relative luminance of an sRGB colour in 0 to 255. */
function luminance(colour: readonly number[]): number {
  const [r, g, b] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
