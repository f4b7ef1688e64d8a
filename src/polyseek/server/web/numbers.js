// Numbers as people read them.
import { say } from "./words.js";

const whole = new Intl.NumberFormat();

export const count = (n) => whole.format(n);
export const models = (n) => (n === 1 ? say("oneModel") : say("models", { n: count(n) }));

/** 1.2 m, 34 cm, 5.6 mm. */
export function length(metres) {
  const [value, unit] = metres < 0.01 ? [metres * 1000, "mm"] : metres < 1 ? [metres * 100, "cm"] : metres < 1000 ? [metres, "m"] : [metres / 1000, "km"];
  return `${Number(value.toPrecision(3))} ${unit}`;
}

/** 3.4 MB. */
export function bytes(n) {
  for (const unit of ["B", "kB", "MB"]) {
    if (n < 1000) return `${unit === "B" ? n : n.toFixed(1)} ${unit}`;
    n /= 1000;
  }
  return `${n.toFixed(1)} GB`;
}

/** The end of a long path, from a whole folder name on. */
export const folderName = (path) => path.split(/[\\/]/).filter(Boolean).slice(-2).join("/");

const short = new Intl.NumberFormat(undefined, { notation: "compact" });

/** "1000..10000" as "1K – 10K", "..0.1" as "< 10 cm". */
export function range(field, value) {
  const [from, to] = value.split("..");
  const read = (end) => (field === "longest" ? length(Number(end)) : short.format(Number(end)));
  return !from ? `< ${read(to)}` : !to ? `≥ ${read(from)}` : `${read(from)} – ${read(to)}`;
}

/** The word for a score: exact, very close, close, alike or loose. The limits are search/why.py's. */
export const nearness = (score) => (score >= 0.999 ? "exact" : score >= 0.9 ? "veryClose" : score >= 0.75 ? "near" : score >= 0.5 ? "alike" : "loose");
