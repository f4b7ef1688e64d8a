// The filters: values with their counts, one click to include, one to take back.
import { count, folderName } from "./numbers.js";
import { say } from "./words.js";

const shown = 12;
const order = ["format", "tag", "has_texture", "animated", "watertight", "root", "licence"];

/** Draw the filters of a view; `onToggle(field, value)` when one is clicked. */
export function drawFacets(root, facets, view, onToggle) {
  const groups = order.filter((field) => facets[field] && Object.keys(facets[field]).length);
  root.replaceChildren(...groups.map((field) => group(field, facets[field], view.only[field] ?? [], onToggle)));
}

function group(field, values, chosen, onToggle) {
  const section = document.createElement("section");
  const title = document.createElement("h2");
  title.textContent = say(field);
  const all = Object.entries(values).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  for (const value of chosen) if (!(value in values)) all.unshift([value, 0]);
  const list = document.createElement("div");
  list.className = "chips";
  const add = (entries) => list.append(...entries.map(([value, n]) => chip(field, value, n, chosen.includes(value), onToggle)));
  add(all.slice(0, shown));
  if (all.length > shown) {
    const more = document.createElement("button");
    more.type = "button";
    more.className = "more";
    more.textContent = say("more", { n: count(all.length - shown) });
    more.addEventListener("click", () => {
      more.remove();
      add(all.slice(shown, 200));
    });
    section.append(title, list, more);
  } else {
    section.append(title, list);
  }
  return section;
}

function chip(field, value, n, on, onToggle) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chip";
  button.ariaPressed = on;
  const text = { true: say("yes"), false: say("no") }[value] ?? (field === "root" ? folderName(value) : value);
  const label = document.createElement("span");
  label.textContent = text;
  const number = document.createElement("span");
  number.className = "number";
  number.textContent = count(n);
  button.append(label, number);
  button.title = value;
  button.addEventListener("click", () => onToggle(field, value));
  return button;
}
