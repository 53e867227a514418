// Work on long texts in slices, so that no frame waits for it: jobs take turns, a few milliseconds at a time.

/** A job does a little (under 10 ms) between two yields. */
export type Job = Generator<undefined, void>;

/** What a first screen may cost, and each later slice. */
const firstBudgetMs = 14;
const sliceBudgetMs = 8;

const jobs = new Set<Job>();
let isScheduled = false;

/** Starts a job: its first part at once, the rest when the page is idle. Answers how to stop it. */
export function runInSlices(job: Job): () => void {
  const until = performance.now() + firstBudgetMs;
  let isDone = false;
  do isDone = job.next().done === true;
  while (!isDone && performance.now() < until);
  if (!isDone) {
    jobs.add(job);
    schedule();
  }
  return () => void jobs.delete(job);
}

function schedule(): void {
  if (isScheduled || jobs.size === 0) return;
  isScheduled = true;
  // A page that is busy all the time must come to its texts too.
  requestIdleCallback(pump, { timeout: 100 });
}

function pump(): void {
  isScheduled = false;
  const until = performance.now() + sliceBudgetMs;
  while (jobs.size > 0 && performance.now() < until) {
    for (const job of [...jobs]) {
      if (job.next().done === true) jobs.delete(job);
      if (performance.now() >= until) break;
    }
  }
  schedule();
}
