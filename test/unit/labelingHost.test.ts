// Small parts of the label page's host side.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Drawn } from "../../src/core/labels/labelEvent.ts";
import { safeLink } from "../../src/host/labeling/links.ts";
import { gitUserName } from "../../src/host/labeling/rater.ts";
import { showingFor, showingOf, ticketOf } from "../../src/host/labeling/tickets.ts";
import { actPayload, judgmentOf } from "../../src/host/labeling/verdicts.ts";
import { labelSchemas } from "../../src/host/labeling/labelSchemas.ts";
import type { Act } from "../../src/core/labeling/judgedLog.ts";
import { judgments } from "../../src/protocol/page/judging.ts";

const hex = fc.array(fc.constantFrom(..."0123456789abcdef"), { minLength: 32, maxLength: 32 });
const pairId = hex.map((digits) => digits.join(""));
const drawn = fc.constantFrom<Drawn>("random", "unsure", "audit", "repeat", "chosen");

test("a ticket names its showing, and no other", () => {
  fc.assert(
    fc.property(pairId, drawn, fc.string(), (pair, why, rater) => {
      const showing = showingFor(pair, why, rater);
      const ticket = ticketOf(showing);
      expect(showingOf(ticket)).toEqual(showing);
      expect(labelSchemas.flag.safeParse({ ticket, isFlagged: true }).success).toBe(true);
      expect(showingOf(`${ticket.slice(0, -1)}x`)).toBe(null);
      expect(ticket).not.toContain(why);
    }),
  );
});

test("a repeat shows the other side first", () => {
  fc.assert(
    fc.property(pairId, fc.string(), (pair, rater) => {
      const first = showingFor(pair, "random", rater).shown;
      expect(showingFor(pair, "unsure", rater).shown).toBe(first);
      expect(showingFor(pair, "repeat", rater).shown).not.toBe(first);
    }),
  );
});

test("what was said is what the log says, whichever side was A", () => {
  const request = { eventId: "", ticket: "", activeMs: 12.4, rationale: " " };
  fc.assert(
    fc.property(pairId, drawn, fc.string(), (pair, why, rater) => {
      const showing = showingFor(pair, why, rater);
      for (const judgment of [...judgments, "skip"] as const) {
        const by = { rater: "ada", guideline: null };
        const payload = actPayload({ ...request, judgment }, showing, by);
        expect(judgmentOf(payload as Act, showing.shown)).toBe(judgment);
        expect(payload).toMatchObject({ activeMs: 12, drawn: why, suggestionVisible: false });
        expect(payload).not.toHaveProperty("rationale");
        expect(payload).not.toHaveProperty("guideline");
      }
    }),
  );
});

test("only web and mail links may be opened, under their true host", () => {
  expect(safeLink("https://good.example@evil.example/x")).toEqual({
    href: "https://evil.example/x",
    destination: "evil.example",
  });
  expect(safeLink("mailto:a@b.example")?.destination).toBe("a@b.example");
  // Look-alike letters come out as what they are.
  expect(safeLink("https://аррӏе.example")?.destination).toMatch(/^xn--/);
  for (const href of [
    ...[
      "command:workbench.action.quit",
      "vscode://x/y",
      "vscode-insiders://x",
      "file:///etc/passwd",
    ],
    ...["javascript:alert(1)", "data:text/html,x", "//evil.example", "x", "", "ftp://a", "blob:x"],
  ]) {
    expect(safeLink(href)).toBe(null);
  }
});

test("the user's name in git's settings", () => {
  expect(gitUserName("[core]\n\tname = x\n[user]\n\temail = a\n\tname = Ada L\n")).toBe("Ada L");
  expect(gitUserName('[User]\r\nNAME = "Ada \\"A\\" L" ; who\r\n')).toBe('Ada "A" L');
  expect(gitUserName("[user]\nname = A # b\n[user]\nname = B\n")).toBe("B");
  expect(gitUserName('[user "x"]\nname = A\n')).toBe(null);
  expect(gitUserName("")).toBe(null);
});
