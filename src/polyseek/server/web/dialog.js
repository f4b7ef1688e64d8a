// The head of a dialog: its title, and the button that closes it.
import { button, make } from "./elements.js";
import { say } from "./words.js";

/** A head that names `dialog`; `before`: what stands in front of the title. */
export function headOf(dialog, title, ...before) {
  const close = button("×", () => dialog.close(), "close");
  close.ariaLabel = say("close");
  const top = make("div", "top");
  top.append(...before, make("h2", "", title), close);
  dialog.ariaLabel = title;
  return top;
}
