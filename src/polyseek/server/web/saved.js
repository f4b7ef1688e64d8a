// Searches that a person keeps, in this browser: a name and an address each.
import { button, make } from "./elements.js";
import { addressOf, everything, isSearch, readView } from "./view.js";
import { say } from "./words.js";

const read = () => JSON.parse(localStorage.getItem("searches") ?? "[]");
const write = (searches) => localStorage.setItem("searches", JSON.stringify(searches));

/** Draw the kept searches, and the button that keeps the present one where there is something to keep. */
export function drawSaved(root, view, onView) {
  const searches = read();
  const address = addressOf({ ...view, open: null, compare: null });
  const again = () => drawSaved(root, view, onView);
  const chips = searches.map((each) => savedChip(each, each.address === address, onView, again));
  const worth = isSearch(view) || Object.keys(view.only).length || Object.keys(view.not).length;
  const parts = [];
  if (worth && !searches.some((each) => each.address === address)) parts.push(keepForm(view, address, again));
  root.hidden = !chips.length && !parts.length;
  const row = make("div", "chips");
  row.append(...chips, ...parts);
  root.replaceChildren(make("h2", "", say("saved")), row);
}

function savedChip({ name, address }, on, onView, again) {
  const found = make("span", `chip part ${on ? "on" : ""}`);
  const open = button(name, () => onView({ ...everything(), ...readView({ search: address.replace(/^[^?]*/, "") }) }), "label");
  const remove = button("×", () => {
    write(read().filter((each) => each.address !== address));
    again();
  }, "remove");
  remove.ariaLabel = say("removePart", { name });
  found.append(open, remove);
  return found;
}

function keepForm(view, address, again) {
  const name = [view.words.trim(), ...Object.values(view.only).flat(), ...Object.values(view.not).flat().map((value) => `−${value}`)].filter(Boolean).join(", ") || say("like");
  return button(say("save"), () => {
    write([...read(), { name: name.slice(0, 40), address }]);
    again();
  }, "chip quietly save");
}
