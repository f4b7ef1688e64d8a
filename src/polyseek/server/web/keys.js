// The keys of the page, and the list of them that ? shows.
import { headOf } from "./dialog.js";
import { make } from "./elements.js";
import { say } from "./words.js";

const listed = [
  ["/", "keySearch"], ["Ctrl K", "keySearch"], ["← ↑ → ↓", "keyMove"], ["Enter", "keyOpen"], ["Esc", "keyBack"],
  ["[ ]", "keyNext"], ["Space", "keySelect"], ["Shift ←→", "keyRange"], ["Ctrl A", "keyAll"], ["Ctrl C", "keyCopy"],
  ["M", "keyLike"], ["L", "keyUnlike"], ["F", "keyUnfold"], ["V", "keyWays"], ["+ − 0", "keyZoom"], ["Shift drag", "keyLasso"], ["T", "keyTag"], ["Ctrl Z", "keyUndo"], ["Ctrl +⟳", "keySide"], ["?", "keyHelp"],
];

/** Bind `actions`: focusSearch, back, copy, selectAll, select(card), like(card), unlike(card), unfold(card), tag, undo, next(step), move, ways, help. */
export function bindKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    const typing = event.target.matches("input, select, textarea");
    const card = event.target.closest?.(".card");
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const todo = command ? commands(key, typing, actions) : key === "Escape" ? actions.back : typing ? null : plain(key, card, actions);
    if (!todo) return;
    event.preventDefault();
    todo();
  });
}

function commands(key, typing, actions) {
  if (key === "k") return actions.focusSearch;
  if (typing || String(getSelection()).trim()) return null;
  return { a: actions.selectAll, c: actions.copy, z: actions.undo }[key];
}

function plain(key, card, actions) {
  if (card) {
    const index = Number(card.dataset.index);
    const found = { " ": actions.select, m: actions.like, l: actions.unlike, f: actions.unfold }[key];
    if (found) return () => found(index);
  } else if (key.startsWith("Arrow") && document.activeElement === document.body) {
    return actions.move;
  }
  return { "/": actions.focusSearch, "?": actions.help, t: actions.tag, v: actions.ways, "[": () => actions.next(-1), "]": () => actions.next(1) }[key];
}

/** Show every key in a dialog. */
export function showKeys(dialog) {
  const table = make("dl", "keys");
  for (const [key, what] of listed) {
    const name = make("dt");
    name.append(make("kbd", "key", key));
    table.append(name, make("dd", "", say(what)));
  }
  dialog.replaceChildren(headOf(dialog, say("keys")), table);
  dialog.showModal();
}
