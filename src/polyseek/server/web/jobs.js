// Indexing as it goes: the newest job of the server, watched live.
import * as api from "./api.js";
import { button, make } from "./elements.js";
import { count } from "./numbers.js";
import { say } from "./words.js";

const states = ["scanning", "indexing", "paused", "finished", "stopped", "failed"];
const over = new Set(["finished", "stopped", "failed"]);

/** Whether a job has come to its end. */
export const isOver = (job) => over.has(job.state);

/** Watches the newest job. `onJob(job)` whenever it changed; start(paths) begins one, look() finds one begun elsewhere. */
export function makeJobs(onJob) {
  let source = null;
  let watched = null;

  function watch(job) {
    if (watched === job.id) return;
    source?.close();
    watched = job.id;
    onJob(job);
    if (isOver(job)) return;
    source = api.jobEvents(job.id);
    for (const state of states) {
      source.addEventListener(state, ({ data }) => {
        const now = JSON.parse(data);
        if (isOver(now)) source.close();
        onJob(now);
        if (isOver(now)) again();
      });
    }
  }

  /** When one is over, another may have been waiting for it. */
  async function again() {
    const going = (await api.jobs().catch(() => ({ jobs: [] }))).jobs.findLast((job) => !isOver(job));
    if (going) watch(going);
  }

  return {
    async start(paths) { watch(await api.startJob(paths)); },
    async look() {
      const { jobs } = await api.jobs();
      if (jobs.length) watch(jobs.findLast((job) => !isOver(job)) ?? jobs.at(-1));
    },
    steer: async (job, action) => onJob(await api.steerJob(job.id, action)),
  };
}

/** One line: what is indexed, how far, how fast, how long still. */
export function progressText(job) {
  const folder = job.paths.map((path) => path.split(/[\\/]/).filter(Boolean).at(-1)).join(", ");
  const parts = [say(`${job.kind === "embed" ? "embed" : "job"}_${job.state}`, { folder })];
  if (job.total != null) parts.push(say("progress", { n: count(job.done), total: count(job.total) }));
  if (job.state === "indexing") {
    if (job.rate > 0) parts.push(say("rate", { n: job.rate >= 10 ? count(Math.round(job.rate)) : job.rate }));
    // The first files pay for starting the workers: what they say of the rest is not worth hearing.
    if (job.remaining_s != null && job.done >= 10) parts.push(say("left", { time: time(job.remaining_s) }));
  }
  if (job.failed) parts.push(say("notRead", { n: count(job.failed) }));
  if (job.error) parts.push(job.error.message ?? String(job.error));
  return parts.join(" · ");
}

function time(seconds) {
  if (seconds < 60) return say("seconds", { n: Math.max(1, Math.round(seconds)) });
  if (seconds < 3600) return say("minutes", { n: Math.round(seconds / 60) });
  return say("hours", { n: (seconds / 3600).toFixed(1) });
}

/** Progress bar, pause and stop, and the files that failed with their reasons. */
export function jobBox(job, steer) {
  const box = make("section", "job");
  box.append(make("p", "", progressText(job)));
  if (!isOver(job)) {
    const bar = make("progress");
    bar.ariaLabel = say("job_indexing", { folder: "" });
    if (job.total) [bar.max, bar.value] = [job.total, job.done];
    const row = make("div", "buttons");
    const paused = job.state === "paused";
    row.append(button(say(paused ? "resume" : "pause"), () => steer(job, paused ? "resume" : "pause")), button(say("stop"), () => steer(job, "stop")));
    box.append(bar, row);
  }
  if (job.failures.length) box.append(failures(job));
  return box;
}

function failures(job) {
  const box = make("details");
  box.append(make("summary", "", say("notRead", { n: count(job.failed) })));
  const items = make("ul", "failures");
  items.append(...job.failures.map(({ path, reason }) => {
    const item = make("li");
    item.append(make("code", "", path), make("span", "", reason));
    return item;
  }));
  box.append(items);
  return box;
}
