// What is looked at: words, examples, filters, order, the open model, as a list or as a map. It lives in the URL.

const lists = ["format", "tag", "root", "folder", "licence", "status"];
const flags = ["has_texture", "animated", "watertight"];
const ranges = ["triangles", "longest"];
const fields = [...lists, ...flags, ...ranges, "added"];

/** The view of the whole library. */
export const everything = () => ({ words: "", terms: [], only: {}, not: {}, mode: null, sort: null, open: null, compare: null, show: null, at: null });

/** The view that an address describes. */
export function readView(address = location) {
  const values = new URLSearchParams(address.search);
  const terms = [...values.getAll("like").map((text) => termOf(text, 1)), ...values.getAll("unlike").map((text) => termOf(text, -1))];
  const view = { ...everything(), words: values.get("q") ?? "", terms, mode: values.get("mode"), sort: values.get("sort"), open: values.get("open"), compare: values.get("compare"), show: values.get("show"), at: values.get("at") };
  for (const field of fields) {
    const wanted = values.getAll(field);
    const unwanted = values.getAll(`not.${field}`);
    if (wanted.length) view.only[field] = wanted;
    if (unwanted.length) view.not[field] = unwanted;
  }
  return view;
}

/** The address of a view, relative to the page. */
export function addressOf(view) {
  const values = new URLSearchParams();
  if (view.words) values.set("q", view.words);
  for (const term of view.terms) values.append(term.weight > 0 ? "like" : "unlike", textOf(term));
  for (const [field, chosen] of Object.entries(view.only)) for (const value of chosen) values.append(field, value);
  for (const [field, chosen] of Object.entries(view.not)) for (const value of chosen) values.append(`not.${field}`, value);
  for (const name of ["mode", "sort", "open", "compare", "show", "at"]) if (view[name]) values.set(name, view[name]);
  const text = values.toString();
  return text ? `?${text}` : "./";
}

/** What decides the list: two views with the same key show the same models. */
export const listKey = (view) => addressOf({ ...view, open: null, compare: null, show: null, at: null });

/** Whether the view asks for something, rather than listing the library. */
export const isSearch = (view) => Boolean(view.words.trim() || view.terms.length);

/** The chosen filters as a `where` expression; empty when there are none. */
export function whereOf(view) {
  const wanted = Object.entries(view.only).map(([field, chosen]) => {
    const terms = chosen.map((value) => termFor(field, value));
    return terms.length === 1 ? terms[0] : `(${terms.join(field === "tag" ? " and " : " or ")})`;
  });
  const unwanted = Object.entries(view.not).flatMap(([field, chosen]) => chosen.map((value) => `not (${termFor(field, value)})`));
  return [...wanted, ...unwanted].join(" and ");
}

/** The first day, in UTC, of the last n: `added` is filtered by "7d", as an address should hold next week too. */
export const firstDay = (value) => new Date(Date.now() - (Number.parseInt(value) - 1) * 86_400_000).toISOString().slice(0, 10);

function termFor(field, value) {
  if (field === "added") return `added >= "${Number.parseInt(value) ? firstDay(value) : ""}"`;
  if (flags.includes(field)) return value === "true" ? field : `not ${field}`;
  if (!ranges.includes(field)) return `${field} = "${value.replaceAll('"', '""')}"`;
  const [from, to] = value.split("..");
  return [from && `${field} >= ${Number(from)}`, to && `${field} < ${Number(to)}`].filter(Boolean).map((term) => `(${term})`).join(" and ") || `${field} >= 0`;
}

/** The view without what is asked for of one field. */
export function loosened(view, field) {
  const { [field]: _, ...only } = view.only;
  return { ...view, only };
}

/** Whether a folder is another one or lies below it. */
export const isWithin = (folder, above) => folder.startsWith(above) && (folder.length === above.length || "/\\".includes(folder[above.length]));

/** "on", "out" or "": what is asked of a filter's value. */
export function stateOf(view, field, value) {
  if (view.only[field]?.includes(value)) return "on";
  return view.not[field]?.includes(value) ? "out" : "";
}

/** The view with a filter's value set to "on", "out" or "". */
export function filtered(view, field, value, state) {
  const put = (table, on) => {
    // A flag has one value; of a folder and one within it the last one clicked is meant.
    const gives = (each) => flags.includes(field) || (field === "folder" && (isWithin(each, value) || isWithin(value, each)));
    const chosen = (table[field] ?? []).filter((each) => each !== value && !(on && gives(each)));
    if (on) chosen.push(value);
    const { [field]: _, ...rest } = table;
    return chosen.length ? { ...rest, [field]: chosen } : rest;
  };
  return { ...view, only: put(view.only, state === "on"), not: put(view.not, state === "out"), open: null };
}

/** The view with a model added to what is asked for: weight above 0 like it, below 0 unlike it, 0 takes it out. */
export function weighted(view, id, weight) {
  const others = view.terms.filter((term) => term.id !== id);
  const place = view.terms.findIndex((term) => term.id === id);
  const terms = weight ? others.toSpliced(place < 0 ? others.length : place, 0, { id, weight }) : others;
  return { ...view, terms, open: null, sort: null };
}

const textOf = ({ id, weight }) => (Math.abs(weight) === 1 ? id : `${Math.abs(weight)}:${id}`);

function termOf(text, sign) {
  const [, weight, id] = /^(?:(\d+(?:\.\d+)?):)?(.*)$/.exec(text);
  return { id, weight: sign * (Number(weight) || 1) };
}
