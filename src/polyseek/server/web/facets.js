// The filters: values with their counts. One click asks for a value, the next leaves it out, the third lets go.
import { button, make } from "./elements.js";
import { count, folderName, range } from "./numbers.js";
import { firstDay, isWithin, stateOf } from "./view.js";
import { say } from "./words.js";

const shown = 10;
const most = 200;
const order = ["root", "folder", "format", "tag", "triangles", "longest", "has_texture", "animated", "watertight", "licence", "added", "status"];
const spans = ["1d", "7d", "30d", "365d"];
const next = { "": "on", on: "out", out: "" };

/** The filters in `root`; `onClick(field, value, state)` when a value is to be set to "on", "out" or "". */
export function makeFacets(root, onClick) {
  const opened = new Set(); // the fields of which more is shown
  let released = Promise.resolve();
  // What is pressed stays until its click has come.
  root.addEventListener("pointerdown", () => {
    released = new Promise((done) => {
      const over = new AbortController();
      const end = () => {
        over.abort();
        setTimeout(done);
      };
      for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, end, { signal: over.signal });
    });
  });

  /** Show these counts, and what the view asks for. */
  async function draw(facets, view) {
    await released;
    const groups = order.map((field) => [field, entries(field, facets[field] ?? {}, view)]).filter(([field, values]) => isUseful(field, values, view));
    const focused = root.contains(document.activeElement) && document.activeElement.dataset.value;
    root.replaceChildren(...groups.map(([field, values]) => group(field, values, view, { opened, onClick })));
    if (focused) root.querySelector(`[data-value="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
  return { draw };
}

const ranges = ["triangles", "longest"];

// Not localeCompare: of a thousand values it takes a while.
const byText = (a, b) => (a < b ? -1 : Number(a > b));

function entries(field, values, view) {
  if (field === "added") return daysSince(values, view);
  if (field === "folder") return foldersOf(values, view);
  const all = Object.entries(values);
  for (const value of [...(view.only[field] ?? []), ...(view.not[field] ?? [])]) if (!(value in values)) all.push([value, 0]);
  if (ranges.includes(field)) return all.sort((a, b) => start(a[0]) - start(b[0]));
  return all.sort((a, b) => Boolean(stateOf(view, field, b[0])) - Boolean(stateOf(view, field, a[0])) || b[1] - a[1] || byText(a[0], b[0]));
}

/** How many were added within each span, from the counts of days; a longer one that holds no more is left out. */
function daysSince(days, view) {
  const all = Object.entries(days);
  const counted = spans.map((span) => [span, all.reduce((sum, [day, n]) => sum + (day >= firstDay(span) ? n : 0), 0)]);
  return counted.filter(([span, n], at) => stateOf(view, "added", span) || (n > 0 && n !== counted[at - 1]?.[1]));
}

/** The topmost folders, fullest first; below one that is chosen, or that holds a chosen one, those in it. */
function foldersOf(values, view) {
  const chosen = [...(view.only.folder ?? []), ...(view.not.folder ?? [])];
  const counts = { ...Object.fromEntries(chosen.map((each) => [each, 0])), ...values };
  const inside = new Map();
  for (const folder of Object.keys(counts)) {
    const above = parent(folder) in counts ? parent(folder) : "";
    inside.set(above, [...(inside.get(above) ?? []), folder]);
  }
  const isChosen = (folder) => chosen.some((each) => isWithin(each, folder));
  // A folder with nothing but one folder in it is stepped over.
  const within = (above) => {
    const [only, ...others] = inside.get(above) ?? [];
    return only && !others.length && counts[only] === counts[above] && !isChosen(only) ? within(only) : inside.get(above) ?? [];
  };
  const under = (above, depth) => within(above)
    .sort((a, b) => isChosen(b) - isChosen(a) || counts[b] - counts[a] || byText(a, b))
    .flatMap((folder) => [[folder, counts[folder], depth], ...(isChosen(folder) ? under(folder, depth + 1) : [])]);
  return under("", 0);
}

const parent = (folder) => folder.slice(0, Math.max(folder.lastIndexOf("/"), folder.lastIndexOf("\\"), 0));

const start = (value) => Number(value.split("..")[0] || -1);

// What holds of every model tells nothing.
const isUseful = (field, values, view) => values.length > 0 && !{
  status: !values.some(([value]) => value === "missing") && !view.only.status,
  root: values.length === 1 && !stateOf(view, "root", values[0][0]),
  added: values.length === 1 && !stateOf(view, "added", values[0][0]),
}[field];

function group(field, values, view, { opened, onClick }) {
  const section = make("section");
  const list = make("div", "chips");
  const add = (some) => list.append(...some.map(([value, n, depth]) => chip(field, value, n, depth, stateOf(view, field, value), onClick)));
  const first = opened.has(field) ? most : shown;
  add(values.slice(0, first));
  section.append(make("h2", "", say(field)), list);
  if (values.length > shown && first === shown) {
    const more = button(say("more", { n: count(values.length - shown) }), () => {
      more.remove();
      opened.add(field);
      add(values.slice(shown, most));
    }, "more");
    section.append(more);
  }
  return section;
}

function chip(field, value, n, depth, state, onClick) {
  const text = label(field, value);
  const found = button("", () => onClick(field, value, next[state]), `chip ${state}${depth ? " inner" : ""}`);
  found.ariaPressed = state === "out" ? "mixed" : state === "on";
  found.title = say({ "": "include", on: "exclude", out: "letGo" }[state], { value: field === "root" || field === "folder" ? value : text });
  found.dataset.value = `${field}=${value}`;
  if (state === "out") found.ariaLabel = say("leftOut", { value: text });
  found.append(make("span", "", text), make("span", "number", state === "out" ? "" : count(n)));
  return found;
}

/** A filter's value in words. */
export function label(field, value) {
  if (field === "triangles" || field === "longest") return range(field, value);
  if (field === "root") return folderName(value);
  if (field === "folder") return value.slice(parent(value).length + 1).replace(/!$/, "");
  if (field === "added") return say(value === "1d" ? "today" : "lastDays", { n: Number.parseInt(value) });
  return { true: say("yes"), false: say("no"), missing: say("missingFile"), present: say("presentFile") }[value] ?? value;
}
