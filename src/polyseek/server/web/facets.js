// The filters: values with their counts. One click asks for a value, the next leaves it out, the third lets go.
import { button, make } from "./elements.js";
import { count, folderName, range } from "./numbers.js";
import { filtered, stateOf } from "./view.js";
import { say } from "./words.js";

const shown = 10;
const order = ["format", "tag", "triangles", "longest", "has_texture", "animated", "watertight", "root", "licence", "status"];
const next = { "": "on", on: "out", out: "" };

/** Draw the filters of a view; `onView(view)` when one is clicked. */
export function drawFacets(root, facets, view, onView) {
  const groups = order.map((field) => [field, entries(field, facets[field] ?? {}, view)]).filter(([field, values]) => isUseful(field, values, view));
  root.replaceChildren(...groups.map(([field, values]) => group(field, values, view, onView)));
}

/** The counts of a list of records, as the server counts the library. */
export function facetsOf(records, borders) {
  const found = Object.fromEntries(order.map((field) => [field, {}]));
  const add = (field, value) => { if (value != null) found[field][value] = (found[field][value] ?? 0) + 1; };
  for (const record of records) {
    for (const field of ["format", "root", "licence", "status", "has_texture", "animated", "watertight"]) add(field, record[field]);
    for (const { tag } of record.tags) add("tag", tag);
    add("triangles", rangeOf(record.triangles, borders.triangles));
    add("longest", rangeOf(Math.max(...record.size_metres), borders.longest));
  }
  return found;
}

export const borders = { triangles: [1000, 10_000, 100_000], longest: [0.1, 1, 10] };

function rangeOf(value, ends) {
  const place = ends.findIndex((end) => value < end);
  return place < 0 ? `${ends.at(-1)}..` : `${ends[place - 1] ?? ""}..${ends[place]}`;
}

function entries(field, values, view) {
  const all = Object.entries(values);
  for (const value of [...(view.only[field] ?? []), ...(view.not[field] ?? [])]) if (!(value in values)) all.push([value, 0]);
  if (field in borders) return all.sort((a, b) => start(a[0]) - start(b[0]));
  return all.sort((a, b) => Boolean(stateOf(view, field, b[0])) - Boolean(stateOf(view, field, a[0])) || b[1] - a[1] || a[0].localeCompare(b[0]));
}

const start = (value) => Number(value.split("..")[0] || -1);

// Where every model is present, "status" tells nothing.
const isUseful = (field, values, view) => values.length > 0 && (field !== "status" || values.some(([value]) => value === "missing") || view.only.status);

function group(field, values, view, onView) {
  const section = make("section");
  const list = make("div", "chips");
  const add = (some) => list.append(...some.map(([value, n]) => chip(field, value, n, view, onView)));
  add(values.slice(0, shown));
  section.append(make("h2", "", say(field)), list);
  if (values.length > shown) {
    const more = button(say("more", { n: count(values.length - shown) }), () => {
      more.remove();
      add(values.slice(shown, 200));
    }, "more");
    section.append(more);
  }
  return section;
}

function chip(field, value, n, view, onView) {
  const state = stateOf(view, field, value);
  const text = label(field, value);
  const found = button("", () => onView(filtered(view, field, value, next[state])), `chip ${state}`);
  found.ariaPressed = state === "out" ? "mixed" : state === "on";
  found.title = say({ "": "include", on: "exclude", out: "letGo" }[state], { value: field === "root" ? value : text });
  found.dataset.value = `${field}=${value}`;
  if (state === "out") found.ariaLabel = say("leftOut", { value: text });
  found.append(make("span", "", text), make("span", "number", state === "out" ? "" : count(n)));
  return found;
}

/** A filter's value in words. */
export function label(field, value) {
  if (field === "triangles" || field === "longest") return range(field, value);
  if (field === "root") return folderName(value);
  return { true: say("yes"), false: say("no"), missing: say("missingFile"), present: say("presentFile") }[value] ?? value;
}
