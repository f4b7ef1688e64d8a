// What is asked for, as chips beside the words: models that hits should be like or unlike, and dropped files.
import * as api from "./api.js";
import { button, make } from "./elements.js";
import { reweighed } from "./things.js";
import { weighted } from "./view.js";
import { say } from "./words.js";

const names = new Map(); // id -> name of the models in chips
const heavier = { 1: 2, 2: 0.5, 0.5: 1 };

/** Draw the chips of a view and of the things beside it (things.js). `onView(view)`, `onThings(things)` when they change. */
export function drawQuery(root, view, things, { onView, onThings }) {
  const chips = view.terms.map((term) => modelChip(term, view, onView));
  root.replaceChildren(...things.map((thing) => thingChip(thing, things, onThings)), ...chips);
}

function thingChip(thing, things, onThings) {
  const { name, weight, url } = thing;
  const turn = weightButton(name, weight, () => onThings(reweighed(things, thing)));
  turn.title = say("weightOrUnlike");
  const parts = [turn, make("span", "label", name)];
  if (url) {
    const picture = make("img");
    picture.src = url;
    picture.alt = "";
    parts.splice(1, 0, picture);
  }
  return chip(parts, say("removePart", { name }), () => onThings(things.filter((each) => each !== thing)), weight < 0 ? "minus" : "");
}

function weightButton(name, weight, onClick) {
  const size = Math.abs(weight);
  const turn = button(`${weight > 0 ? "+" : "−"}${size === 1 ? "" : ` ${size}×`}`, onClick, "weight");
  turn.title = say("weight");
  turn.ariaLabel = say(weight > 0 ? "likeWeight" : "unlikeWeight", { name, n: size });
  return turn;
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
  picture.addEventListener("error", () => picture.remove());
  const size = Math.abs(weight);
  const turn = weightButton(names.get(id) ?? id, weight, () => onView(weighted(view, id, Math.sign(weight) * (heavier[size] ?? 1))));
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
