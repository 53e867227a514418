// What travels between host and page, through the page's own end (webview/ui/connect.ts) in a real browser:
// typed arrays keep what JSON loses, large messages arrive whole, and the policy allows all of it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { launch, openPage, whyNot } from "./support/pageHarness.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: ${reason}`);

/** Says back what it is told, both ways. */
interface Echo {
  echo(value: unknown): unknown;
}

const script = `
  import { connect } from "./connect.ts";
  const host = connect({ echo: (value) => value });
  // What came back through the page must be what the host had: asked again, it passes both ways twice.
  host.request("echo", { start: Float64Array.of(NaN, Infinity, -0), whole: new Uint8Array(200_000).fill(7) })
    .then((value) => host.request("echo", value));
`;

describe.skipIf(reason !== null)("messages", () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    browser = await launch();
    folder = mkdtempSync(join(tmpdir(), "ssrm-page-"));
    writeFileSync(join(folder, "echo.css"), "");
    await build({
      stdin: { contents: script, resolveDir: join(import.meta.dirname, "../../webview/ui") },
      bundle: true,
      format: "esm",
      outfile: join(folder, "echo.js"),
    });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("typed arrays and large values are the same after both ways", async () => {
    const heard: unknown[] = [];
    const echo = (value: unknown): unknown => {
      heard.push(value);
      return value;
    };
    const opened = await openPage<Echo, Echo>(browser, {
      name: "echo",
      folder,
      schemas: { echo: z.unknown() },
      handlers: { echo },
    });
    try {
      await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(2);
      const expected = {
        start: Float64Array.of(NaN, Infinity, -0),
        whole: new Uint8Array(200_000).fill(7),
      };
      expect(heard[0]).toStrictEqual(expected);
      expect(heard[1]).toStrictEqual(expected);
      const text = "\ud800 \u0000 \u202e".repeat(100_000);
      expect(await opened.connection.page!.request("echo", { text })).toStrictEqual({ text });
      // As in the editor: a number that JSON has no word for is lost outside of typed arrays.
      expect(await opened.connection.page!.request("echo", { bare: NaN })).toEqual({ bare: null });
      expect(opened.errors).toEqual([]);
    } finally {
      await opened.close();
    }
  });
});
