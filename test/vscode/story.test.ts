// The whole story, in a real VS Code server with the packed extension and a real browser: a new user grows a
// reward model from a few labels, by keyboard, with reloads and a killed engine on the way. At its end the log has
// the keys that were pressed, and the pages have the figures of the run's directory.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { seededRandom } from "../../src/core/random.ts";
import { whyNot } from "./support/server.ts";
import { shownIn, Story } from "./support/story.ts";
import { auditText, revealText, reviewText } from "./support/storyEnd.ts";
import { chooseByKeys, wrongModel, wrongRun, wrongTrends } from "./support/storyFigures.ts";
import { tabTo, until } from "./support/storyKeyboard.ts";
import { asExpected } from "./support/storyLedger.ts";
import { queueOf, runsIn, scoresOf, selectedOf } from "./support/storyRows.ts";
import { hashesOf } from "./support/storyWatch.ts";

const reason = whyNot();
if (reason !== null) console.log(`skipped: ${reason}`);
vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

const wait = { timeout: 20_000 };
const sample = join(import.meta.dirname, "../../media/sample");

describe.skipIf(reason !== null)(`the story (${reason ?? "code-server"})`, () => {
  const random = seededRandom("the story");
  const key = (): string => "12345670"[Math.floor(random() * 8)]!;
  let story: Story;
  let before: Record<string, string>;
  let startedAt = 0;

  beforeAll(async () => {
    startedAt = Date.now();
    story = await Story.begin();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await story.picture(task.name);
  });
  afterAll(async () => {
    console.log(`the story took ${Math.round((Date.now() - startedAt) / 1000)} s`);
    await story?.editor.close();
  });

  test("a new user opens the sample from the walkthrough", async () => {
    const { page } = story.editor;
    await story.openWalkthrough();
    expect(await story.ticked()).toEqual([]);
    await tabTo(page, page.mainFrame(), /^Open the Sample$/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/folder=.*sample/, { timeout: 60_000 });
    await page.waitForSelector(".activitybar .action-label", { timeout: 60_000 });
    before = hashesOf(story.folder);
    const source = hashesOf(sample);
    expect(Object.keys(before)).toEqual(["gold.jsonl", "pairs.jsonl", "test.jsonl"]);
    for (const [file, hash] of Object.entries(before)) expect(hash).toBe(source[file]);
    expect(runsIn(story.folder)).toEqual([]);
  });

  test("30 verdicts by keyboard, a reload in the middle of a reason", async () => {
    const { desk, drawn, ledger } = story;
    // The extension may still be starting in the window that has just been loaded.
    await until("the status bar counts labels", () =>
      story.editor.page.locator('.statusbar-item[aria-label*="SSRM: 40 labels"]').isVisible(),
    );
    await story.command("SSRM: Label");
    await desk.attachByKeyboard();
    const start = Date.now();
    let reloadMs = 0;
    for (let given = 0; given < 30; given = ledger.verdicts.length) {
      if (given === 5 || given === 14) await desk.judge(" ", drawn);
      if (given === 7) await desk.judge("f", drawn);
      const why = given === 8 ? await desk.reason("Answers what was asked.") : "";
      if (given === 20) {
        const reloadAt = Date.now();
        await story.reasonOverReload("The other one blames the reader, which helps nobody.");
        reloadMs = Date.now() - reloadAt;
      }
      const reasons = given === 20 ? await desk.rationale() : why;
      await desk.judge(given < 8 ? "12345670"[given]! : key(), drawn, reasons);
      if (given === 8) {
        await desk.undo();
        expect(await desk.rationale()).toBe("Answers what was asked.");
        await desk.redo();
      }
      if (given === 16 || given === 24) {
        // Another verdict in place of the one taken back.
        await desk.undo();
        await desk.judge(given === 16 ? "4" : "7", drawn);
      }
    }
    await desk.saved();
    const seconds = (Date.now() - start - reloadMs) / 1000;
    console.log(`30 verdicts with all keys in ${seconds.toFixed(1)} s of machine time`);
    expect(asExpected(await story.own())).toEqual(ledger.expected);
  });

  test("Run: three iterations, the queue as soon as there is a model, every figure as recorded", async () => {
    const { desk } = story;
    const labels = await story.labels();
    // The editor ticks what is done while it has the walkthrough loaded: after a reload, once it was opened.
    await story.openWalkthrough();
    await story.command("SSRM: Review Unsure Pairs");
    await desk.attachByKeyboard();
    await desk.frame.locator(".state", { hasText: "Nothing to review yet" }).waitFor();
    await story.command("SSRM: Run");
    const isRecorded = (): number | false => story.newest().iterations.length > 0 && Date.now();
    const recorded = until("the first model's record", isRecorded, { everyMs: 10 });
    const queued = desk.seen().then(() => Date.now());
    const latency = (await queued) - (await recorded);
    console.log(`the review queue was there ${latency} ms after the first model's record`);
    await story.done(120);
    const { iterations } = story.newest();
    expect(iterations.map(({ iteration }) => iteration)).toEqual([0, 1, 2, 3]);
    expect(iterations[0]!.labeled).toBe(labels);

    const place = { frame: await story.dashboard(), page: story.editor.page };
    expect(await wrongRun(place, iterations)).toEqual([]);
    const waiting = `${queueOf(story.newest()).length} pairs wait`;
    await expect.poll(() => shownIn(place.frame, ".next"), wait).toContain(waiting);
  });

  test("10 of the queue are reviewed; the guess comes after the vote", async () => {
    const { desk, ledger } = story;
    const queue = queueOf(story.newest());
    desk.guesses = scoresOf(story.newest());
    // A pair that was in view while the run went on stays; from another use of the page the queue begins anew.
    await story.use("SSRM: Label", "label");
    await story.use("SSRM: Review Unsure Pairs", "review");
    const open = () => queue.filter(({ id }) => !ledger.closed.has(id));
    for (let given = 0; given < 10; given++) {
      const leastSure = open()[0]!.id;
      const { pair, shown } = await desk.judge(key(), (id) =>
        id === leastSure ? "unsure" : "random",
      );
      const { winner = "" } = ledger.verdictOn(pair)!;
      const expected = revealText({ shown, winner }, desk.guesses.get(pair)!);
      await expect.poll(() => shownIn(desk.frame, ".strip-reveal"), wait).toContain(expected);
    }
    await desk.saved();
    console.log(
      `reviewed: ${ledger.verdicts
        .slice(-10)
        .map((one) => one.drawn)
        .join(", ")}`,
    );
    expect(asExpected(await story.own())).toEqual(ledger.expected);
    const figures = reviewText(await story.events(), desk.guesses);
    await expect.poll(() => shownIn(desk.frame, ".agreement"), wait).toBe(figures);
    const toGo = `${open().length + ledger.secondLooks.size} to go`;
    await expect.poll(() => shownIn(desk.frame, "#tab-review .count"), wait).toBe(toGo);
    const badge = story.editor.page.locator(".activitybar .action-item", {
      has: story.editor.page.locator('[aria-label^="SSRM"]'),
    });
    await expect.poll(() => badge.innerHTML(), wait).toContain(`${open().length} pairs wait`);
  });

  test("5 pseudo-labels are audited", async () => {
    const { desk, ledger } = story;
    const selected = selectedOf(story.newest());
    desk.guesses = selected;
    await story.use("SSRM: Audit Pseudo-Labels", "audit");
    for (let given = 0; given < 5; given++) {
      const { pair } = await desk.judge(key(), () => "audit");
      expect(selected.has(pair), `${pair} is a pseudo-label of the last model`).toBe(true);
    }
    await desk.saved();
    expect(asExpected(await story.own())).toEqual(ledger.expected);
    const precision = auditText(await story.events(), selected);
    await expect
      .poll(() => shownIn(desk.frame, ".agreement"), wait)
      .toContain(`pseudo-labels right ${precision}`);
    const frame = await story.dashboard();
    const [share] = precision.split(" (");
    await expect.poll(() => shownIn(frame, ".next"), wait).toContain(`5 checks: ${share} right`);
  });

  test("run again with the new labels; the engine is killed, the window loaded again", async () => {
    const { desk, editor } = story;
    const { page } = editor;
    const labels = await story.labels();
    const first = story.newest();
    const frame = await story.dashboard();
    // Long enough to be hit in the middle; the project keeps it.
    await tabTo(page, frame, /^Settings/);
    await page.keyboard.press("Enter");
    await tabTo(page, frame, /#field-iterations/);
    await page.keyboard.press("Control+A");
    await page.keyboard.type("20");
    await page.keyboard.press("Tab");
    await until("project.json has 20 iterations", () =>
      readFileSync(join(story.folder, ".ssrm/project.json"), "utf8").includes('"iterations": 20'),
    );
    const fresh = `${labels - first.iterations.at(-1)!.labeled} new labels`;
    await tabTo(page, frame, new RegExp(`^Run again with ${fresh}$`));
    await page.keyboard.press("Enter");
    const hasModel = (): boolean =>
      story.newest().dir !== first.dir && story.newest().iterations.length > 0;
    await until("the second run's first model", hasModel, { everyMs: 20 });
    const [engine] = editor.processes("engine.mjs");
    process.kill(engine!, "SIGKILL");
    await until("another engine in place of the killed one", () => {
      const now = editor.processes("engine.mjs");
      return now.length > 0 && !now.includes(engine!);
    });
    await story.use("SSRM: Label", "label");
    const made = story.newest().iterations.length;
    expect(story.newest().state, `in mid-run, ${made} models are made`).toBe("running");
    await story.reasonOverReload("Says the same with fewer words, and to the point.");
    console.log(`reloaded after ${made} of 21 models`);
    await desk.judge("6", story.drawn, await desk.rationale());
    await desk.saved();
    await story.done(240);
    expect(runsIn(story.folder)).toHaveLength(2);
    const { iterations, dir } = story.newest();
    expect(iterations.map(({ iteration }) => iteration)).toEqual([...Array(21).keys()]);
    expect(iterations[0]!.labeled).toBe(labels);
    const place = { frame: await story.dashboard(), page };
    await expect.poll(() => place.frame.locator("#pick-run").inputValue(), wait).toBe(dir);
    await chooseByKeys(place, "judge", "test");
    const wrong = await wrongModel(place, iterations.at(-1)!, "test");
    expect([...wrong, ...(await wrongTrends(place, iterations, "test"))]).toEqual([]);
  });

  test("the walkthrough's steps are ticked", async () => {
    await story.openWalkthrough();
    await expect.poll(() => story.ticked(), wait).toEqual(["sample", "label", "run"]);
    await story.command("SSRM: Open Report");
    await story.offerExport("trl-standard");
    await story.openWalkthrough();
    await expect.poll(async () => (await story.ticked()).length, wait).toBe(5);
  });

  test("the log has the keys that were pressed; nothing gave the model away, failed or left the server", async () => {
    const mine = await story.own();
    expect(asExpected(mine)).toEqual(story.ledger.expected);
    for (const event of mine) {
      if (event.kind === "verdict") expect(event.suggestionVisible).toBe(false);
      if (event.kind !== "undo" && event.kind !== "flag") expect(event.activeMs).toBeGreaterThan(0);
    }
    expect(new Set(mine.map((event) => event.rater)).size).toBe(1);
    expect(story.ledger.verdicts).toHaveLength(46);
    const repeats = story.ledger.verdicts.filter(({ drawn }) => drawn === "repeat");
    console.log(`${mine.length} events, ${repeats.length} of them hidden repeats`);
    expect(story.desk.leaks).toEqual([]);
    expect(story.watch.errors).toEqual([]);
    expect(story.watch.foreign).toEqual([]);
    expect(hashesOf(story.folder)).toEqual(before);
  });
});
