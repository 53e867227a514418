// What to do next: at most four steps, each following from something the report has found.
import { counted, percent, thousands } from "./numbers.ts";
import { sentence } from "./sentence.ts";
import { rawMetrics } from "./summary.ts";
import type { ReportInput, Summary } from "./summary.ts";
import { compare } from "./verdict.ts";
import { lacksLength } from "./warnings.ts";
import type { Sign, Warning } from "./warnings.ts";

const mostSteps = 4;

/** Steps in order of weight, one or two sentences each. */
export function advice(summary: Summary, found: readonly Warning[], input: ReportInput): string[] {
  const signs = new Set(found.map((warning) => warning.sign));
  return [
    ...stateSteps(summary),
    ...judgeSteps(summary),
    ...effectSteps(summary),
    ...signSteps(summary, signs),
    ...queueSteps(summary, input.queueSize),
    ...exportSteps(summary),
  ].slice(0, mostSteps);
}

function stateSteps({ run, ended }: Summary): string[] {
  const steps: string[] = [];
  if (run.state === "failed") {
    steps.push(
      `Remove the cause of the failure, then go on from the last step with \`ssrm run --resume\` and the run's folder${run.error === null ? "" : `: ${run.error}`}`,
    );
  }
  if (run.state === "paused") {
    steps.push("Go on with `ssrm run --resume` and the run's folder; nothing is lost.");
  }
  if (ended) steps.push(sentence(ended.reason));
  return steps;
}

function judgeSteps({ judge, result }: Summary): string[] {
  if (!result) return [];
  if (judge === null) {
    return [
      "Add a test set of human verdicts (`--test FILE`): without one nothing here can be judged.",
    ];
  }
  const n = rawMetrics(result, judge)?.n ?? 0;
  if (judge === "validation") {
    return [
      `Add a test set (\`--test FILE\`): ${counted(n, "label")} that also set the temperature are a weak judge.`,
    ];
  }
  // 500 pairs give an interval of about 9 points, too wide for the differences that SSRM makes.
  return n < 500
    ? [`Enlarge the test set: with ${counted(n, "pair")} only large differences can be seen.`]
    : [];
}

function effectSteps(summary: Summary): string[] {
  const { effect, after } = compare(summary);
  const { last, run, iterations } = summary;
  if (effect === "hurt") {
    return [
      "Use model 0, or let the run keep the best model by held-out labels (`--keep best`). With this many labels the pseudo-labels are worse than what the model has.",
    ];
  }
  if (after && after.low <= 0.5) {
    return [
      "Label more pairs first. A model that is not shown to beat a coin can only teach itself its own mistakes.",
    ];
  }
  if (effect === "no-evidence" && last) {
    return [
      `Add human verdicts rather than iterations: ${counted(last.labeled, "label")} are few, and the model's own labels have not been shown to add anything.`,
    ];
  }
  if (effect === "helped" && iterations.length > run.settings.iterations) {
    return ["See in the trends whether accuracy still rises; if it does, try more iterations."];
  }
  return [];
}

function signSteps(summary: Summary, signs: ReadonlySet<Sign>): string[] {
  const { run, last } = summary;
  const steps: string[] = [];
  const { threshold, confidence, lexical } = run.settings;
  const calibrate = confidence === "raw" && scalingHelps(last);
  const wrong = signs.has("wrong-pseudo-labels") || signs.has("falling-pseudo-labels");
  if (wrong || signs.has("overconfident")) {
    const higher = last?.wouldPass.find((pass) => pass.threshold > threshold && pass.count > 0);
    const raise = higher
      ? `raise the threshold (${thousands(higher.count)} pairs pass ${percent(higher.threshold)})`
      : "raise the threshold";
    steps.push(
      calibrate
        ? `Select by calibrated confidence (\`--confidence calibrated\`), or ${raise}.`
        : `Select less: ${raise}.`,
    );
  }
  if (signs.has("underconfident")) {
    steps.push(
      calibrate
        ? "Lower the threshold, or select by calibrated confidence (`--confidence calibrated`): the model is right more often than it says."
        : "Lower the threshold: the model is right more often than it says.",
    );
  }
  const lacking = lacksLength(summary);
  if (signs.has("longer-selected") || signs.has("longer-model") || signs.has("length-reward")) {
    steps.push(
      run.settings.model === "lexical" && lexical.length
        ? `Leave length out of the model (setting \`lexical.length\`) and compare, and label pairs in which the ${lacking} response is the better one.`
        : `Label pairs in which the ${lacking} response is the better one, and compare with \`ssrm baselines\`, which holds “prefer the longer”.`,
    );
  }
  return steps;
}

/** A temperature from few labels can be wrong; where the test set shows it, it is not recommended. */
function scalingHelps(last: Summary["last"]): boolean {
  if (!last?.test || !last.testCalibrated) return true;
  return last.testCalibrated.smece < last.test.smece;
}

function queueSteps({ run }: Summary, queueSize: number): string[] {
  if (queueSize === 0 || run.state === "failed") return [];
  return [
    `Judge the head of the review queue (${counted(queueSize, "pair")}, least sure first): a human verdict there adds what the model can't know.`,
  ];
}

function exportSteps({ run, result }: Summary): string[] {
  if (!result || run.state !== "done" || result.iteration === 0) return [];
  return [
    "Take the labeled data set along: `ssrm labels export --run` and the run's folder, with `--selected`.",
  ];
}
