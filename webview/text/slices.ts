// Work on long texts in slices, so that no frame waits for it: jobs take turns, a few milliseconds at a time.

/** A job does a little (under 10 ms) between two yields. */
export type Job = Generator<undefined, void>;

/** What a first screen may cost, and each later slice. */
const firstBudgetMs = 14;
const sliceBudgetMs = 8;

const jobs = new Set<Job>();
/** What nobody waits for yet: done when there is nothing else. */
const jobsAhead = new Set<Job>();
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

/** Starts a job for later, when the page is idle and has no other. Answers how to stop it. */
export function runAhead(job: Job): () => void {
  jobsAhead.add(job);
  schedule();
  return () => void jobsAhead.delete(job);
}

function schedule(): void {
  if (isScheduled || (jobs.size === 0 && jobsAhead.size === 0)) return;
  isScheduled = true;
  // A page that is busy all the time must come to its texts too.
  requestIdleCallback(pump, { timeout: 100 });
}

function pump(): void {
  isScheduled = false;
  const until = performance.now() + sliceBudgetMs;
  for (;;) {
    const some = jobs.size > 0 ? jobs : jobsAhead;
    for (const job of [...some]) {
      if (performance.now() >= until) return schedule();
      if (job.next().done === true) some.delete(job);
    }
    if (jobs.size === 0 && jobsAhead.size === 0) return;
  }
}
