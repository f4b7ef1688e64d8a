// What is asked for, as chips beside the words: models that hits should be like or unlike, and a dropped file.
import * as api from "./api.js";
import { button, make } from "./elements.js";
import { weighted } from "./view.js";
import { say } from "./words.js";

const names = new Map(); // id -> name of the models in chips
const heavier = { 1: 2, 2: 0.5, 0.5: 1 };

/** Draw the chips of a view. `onView(view)` when one changes; `onDropFiles()` when the dropped file is let go. */
export function drawQuery(root, view, dropped, { onView, onDropFiles }) {
  const chips = view.terms.map((term) => modelChip(term, view, onView));
  if (dropped) chips.unshift(chip([make("span", "label", dropped[0].name)], say("removePart", { name: dropped[0].name }), onDropFiles));
  root.replaceChildren(...chips);
}

/** Remember the name of a model, so that its chip shows it at once. */
export const nameModel = ({ id, name }) => names.set(id, name);

function modelChip({ id, weight }, view, onView) {
  const label = make("span", "label", names.get(id) ?? id);
  if (!names.has(id)) {
    api.record(id).then(nameModel).then(() => { label.textContent = names.get(id); }, () => {});
  }
  const picture = make("img");
  picture.src = api.thumbnail(id);
  picture.alt = "";
  const size = Math.abs(weight);
  const sign = weight > 0 ? "+" : "−";
  const turn = button(`${sign}${size === 1 ? "" : ` ${size}×`}`, () => onView(weighted(view, id, Math.sign(weight) * (heavier[size] ?? 1))), "weight");
  turn.title = say("weight");
  turn.ariaLabel = say(weight > 0 ? "likeWeight" : "unlikeWeight", { name: names.get(id) ?? id, n: size });
  return chip([turn, picture, label], say("removePart", { name: names.get(id) ?? id }), () => onView(weighted(view, id, 0)), weight < 0 ? "minus" : "");
}

function chip(content, removal, onRemove, kind = "") {
  const found = make("span", `chip part ${kind}`);
  const remove = button("×", onRemove, "remove");
  remove.ariaLabel = removal;
  found.append(...content, remove);
  return found;
}

/** The ids and signs of `id:` parts in typed words, and the words without them. */
export function takeIds(text) {
  const terms = [];
  const words = text.replace(/(^|\s)(-?)(?:(\d+(?:\.\d+)?):)?id:([^\s"]+)/g, (_, space, minus, weight, id) => {
    terms.push({ id, weight: (minus ? -1 : 1) * (Number(weight) || 1) });
    return space;
  });
  return { words: words.trim(), terms };
}
