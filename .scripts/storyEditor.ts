// One story in a real VS Code server: label by keyboard, run, watch the dashboard, review, look at the data.
// Its stations are the README's pictures, all of its steps the recording at the README's top.
import type { Buffer } from "node:buffer";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { Editor } from "../test/vscode/support/editor.ts";
import { removeWorkspace, sampleWorkspace } from "../test/vscode/support/sampleWorkspace.ts";

export interface StoryOptions {
  /** Where the pictures go, docs/pictures. */
  readonly folder: string;
  readonly writesPictures: boolean;
  readonly writesStory: boolean;
}

/** A frame of the recording and how long it is shown. */
interface StoryFrame {
  readonly png: Buffer;
  readonly delayMs: number;
}

const storyWidth = 960;
const limits = { picture: 300_000, story: 3_000_000 };

/** Plays the story and writes what is asked for. Throws where a file would be larger than its limit. */
export async function tellStory(options: StoryOptions): Promise<void> {
  const workspace = sampleWorkspace();
  const editor = await Editor.open({ folder: workspace });
  const frames: StoryFrame[] = [];
  const show = async (delayMs: number): Promise<void> => {
    frames.push({ png: await editor.page.screenshot(), delayMs });
  };
  const picture = async (name: string): Promise<void> => {
    if (!options.writesPictures) return;
    const path = join(options.folder, `${name}.png`);
    const png = await editor.page.screenshot();
    await sharp(png).png({ palette: true, effort: 10 }).toFile(path);
    expectBelow(path, limits.picture);
  };
  try {
    await editor.page.setViewportSize({ width: 1440, height: 900 });
    await editor.showViews();
    await editor.command("SSRM: Label");
    const label = await editor.webview("SSRM Label");
    await label.locator(".response-a .text").waitFor();
    await label.locator(".response-a").click();
    await show(1600);
    for (const key of "2616352") {
      await editor.page.keyboard.press(key);
      await editor.page.waitForTimeout(250);
      await show(600);
    }
    await picture("label");

    await editor.command("SSRM: Run");
    for (let step = 0; step < 120 && !hasDoneRun(workspace); step++) {
      await editor.page.waitForTimeout(500);
      await show(300);
    }
    await editor.command("SSRM: Open Dashboard");
    await editor.command("View: Close Other Editors in Group");
    const dashboard = await editor.webview("SSRM Dashboard");
    await dashboard.locator(".chart svg, svg").first().waitFor({ timeout: 30_000 });
    await show(2000);
    await picture("dashboard");
    await dashboard.locator("svg").first().scrollIntoViewIfNeeded();
    await editor.page.waitForTimeout(300);
    await show(2200);
    await picture("charts");

    await editor.command("SSRM: Review Unsure Pairs");
    const review = await editor.webview("SSRM Label");
    await review.locator(".response-a .text").waitFor();
    await review.locator(".response-a").click();
    await show(1200);
    for (const key of "261") {
      await editor.page.keyboard.press(key);
      await editor.page.waitForTimeout(250);
      await show(900);
    }
    await picture("review");

    await editor.command("View: Close All Editors");
    await editor.openFile("pairs.jsonl");
    await editor.command("SSRM: Open as Preference Pairs");
    const pairs = await editor.webview("pairs.jsonl", "SSRM Preference Pairs");
    await pairs.locator(".row").first().waitFor();
    await editor.page.waitForTimeout(1500);
    await show(2500);
    await picture("pairs");
    if (options.writesStory) await writeStory(frames, join(options.folder, "story.webp"));
  } finally {
    await editor.close();
    removeWorkspace(workspace);
  }
}

/** True once a run of the workspace has ended, as its directory says. */
function hasDoneRun(workspace: string): boolean {
  return globSync(".ssrm/runs/*/run.json", { cwd: workspace }).some((path) => {
    const info = JSON.parse(readFileSync(join(workspace, path), "utf8")) as { state: string };
    return info.state === "done";
  });
}

async function writeStory(frames: readonly StoryFrame[], path: string): Promise<void> {
  const distinct = frames.filter(({ png }, i) => i === 0 || !png.equals(frames[i - 1]!.png));
  const small = await Promise.all(
    distinct.map(({ png }) => sharp(png).resize({ width: storyWidth }).png().toBuffer()),
  );
  await sharp(small, { join: { animated: true } })
    .webp({
      ...{ quality: 80, smartSubsample: true, effort: 6, loop: 0 },
      delay: distinct.map(({ delayMs }) => delayMs),
    })
    .toFile(path);
  expectBelow(path, limits.story);
}

function expectBelow(path: string, limit: number): void {
  const { size } = statSync(path);
  console.log(`${path}: ${Math.round(size / 1000)} kB`);
  if (size > limit) throw new Error(`${path} has ${size} bytes, expected at most ${limit}.`);
}
