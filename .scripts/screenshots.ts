// Pictures of every page, state and theme into .cache/screenshots, and of the editor with them into
// docs/pictures with the recorded story for the README's top. `node .scripts/pinned.mjs .scripts/screenshots.ts`
// makes all; with `pages`, `pictures` or `story` only these. Needs `npm run build`, Debian's chromium and, for
// the last two, code-server.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { launch } from "../test/page/support/pageHarness.ts";
import { tellStory } from "./storyEditor.ts";
import { states } from "./storyPages.ts";

const root = dirname(import.meta.dirname);
const parts = ["pages", "pictures", "story"];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !parts.includes(name.split("=")[0]!));
if (unknown.length > 0) {
  console.error(`unknown part ${unknown.join(", ")}; expected ${parts.join(", ")} or pages=NAME`);
  process.exit(2);
}
const does = (part: string): boolean =>
  wanted.length === 0 || wanted.some((name) => name.split("=")[0] === part);

if (does("pages")) await picturePages(wanted.find((name) => name.startsWith("pages="))?.slice(6));

if (does("pictures") || does("story")) {
  const folder = join(root, "docs/pictures");
  mkdirSync(folder, { recursive: true });
  await tellStory({ folder, writesPictures: does("pictures"), writesStory: does("story") });
}

/** Every state in the four themes, or in one where only its size matters. */
async function picturePages(beginning = ""): Promise<void> {
  const folder = join(root, ".cache/screenshots");
  mkdirSync(folder, { recursive: true });
  const browser = await launch();
  for (const { name, only, open } of states.filter((state) => state.name.startsWith(beginning))) {
    const context = { viewport: { width: 1280, height: 800 }, ...only };
    for (const theme of only ? ["dark"] : ["dark", "light", "hc-dark", "hc-light"]) {
      const { page, close } = await open(browser, { theme, context });
      await page.screenshot({ path: join(folder, `${name}.${theme}.png`), animations: "disabled" });
      await close();
    }
    console.log(name);
  }
  await browser.close();
}
