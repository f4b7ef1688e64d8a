// What is looked at: the words, the example, the filters, the order, the open model. It lives in the URL.

const lists = ["format", "tag", "root", "licence"];
const flags = ["has_texture", "animated", "watertight"];

/** The view that an address describes. */
export function readView(address = location) {
  const values = new URLSearchParams(address.search);
  const view = { words: values.get("q") ?? "", like: values.get("like"), open: values.get("open"), sort: values.get("sort"), only: {} };
  for (const field of [...lists, ...flags]) {
    const chosen = values.getAll(field);
    if (chosen.length) view.only[field] = chosen;
  }
  return view;
}

/** The address of a view, relative to the page. */
export function addressOf(view) {
  const values = new URLSearchParams();
  if (view.words) values.set("q", view.words);
  if (view.like) values.set("like", view.like);
  for (const [field, chosen] of Object.entries(view.only)) for (const value of chosen) values.append(field, value);
  if (view.sort) values.set("sort", view.sort);
  if (view.open) values.set("open", view.open);
  const text = values.toString();
  return text ? `?${text}` : "./";
}

/** The chosen filters as a `where` expression; empty when there are none. */
export function whereOf(view) {
  const terms = [];
  for (const [field, chosen] of Object.entries(view.only)) {
    if (flags.includes(field)) terms.push(chosen[0] === "true" ? field : `not ${field}`);
    else if (field === "tag") terms.push(...chosen.map((value) => `tag = ${quoted(value)}`));
    else terms.push(`${field} in (${chosen.map(quoted).join(", ")})`);
  }
  return terms.join(" and ");
}

const quoted = (text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

/** The view with one filter value turned on or off. */
export function toggled(view, field, value) {
  const before = view.only[field] ?? [];
  const after = before.includes(value) ? before.filter((each) => each !== value) : flags.includes(field) ? [value] : [...before, value];
  const only = { ...view.only, [field]: after };
  if (!after.length) delete only[field];
  return { ...view, only, open: null };
}
