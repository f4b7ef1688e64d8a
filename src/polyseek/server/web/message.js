// What is said in place of, or above, the cards: an empty library, no match, a failure.
import { button, make } from "./elements.js";

/** Say something calmly; `hint`: a line below it, or several; `actions`: [text, what it does] of its buttons. */
export function showMessage(root, text, hint = "", actions = []) {
  const row = make("div", "buttons");
  row.append(...actions.map(([label, todo]) => button(label, todo)));
  root.replaceChildren(make("p", "", text), ...[hint].flat().filter(Boolean).map((line) => make("p", "hint", line)), ...(actions.length ? [row] : []));
  root.hidden = false;
}

/** A line that goes away by itself, with one thing to do about it. */
export function toast(text, label, todo) {
  document.querySelector(".toast")?.remove();
  const box = make("div", "toast");
  box.setAttribute("role", "status");
  box.append(make("span", "", text));
  if (label) {
    box.append(button(label, () => {
      box.remove();
      todo();
    }));
  }
  // What is not in an open dialog lies behind it, out of reach.
  (document.querySelector("dialog[open]") ?? document.body).append(box);
  setTimeout(() => box.remove(), label ? 8000 : 2500);
}
