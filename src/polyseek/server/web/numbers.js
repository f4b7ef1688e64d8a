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
