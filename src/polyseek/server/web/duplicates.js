// Files of the same bytes, in groups: look at them, take copies out of the library. No file is touched.
import * as api from "./api.js";
import { button, make } from "./elements.js";
import { bytes, count } from "./numbers.js";
import { takeOut } from "./removal.js";
import { say } from "./words.js";

const page = 30;

/** "1 group", "12 groups". */
export const groups = (n) => (n === 1 ? say("oneGroup") : say("groups", { n: count(n) }));

/** Fill `root` with the groups, the largest waste first. `onChanged()` after copies were taken out or brought back. */
export async function drawDuplicates(root, onChanged) {
  const head = make("p", "hint");
  const list = make("div");
  const more = button(say("showMore"), () => load(), "button");
  more.hidden = true;
  let next = null;

  async function load(from = next) {
    try {
      const found = await api.duplicates({ cursor: from, limit: page });
      next = found.next;
      head.textContent = found.number ? say("duplicatesHint", { groups: groups(found.number), size: bytes(found.waste) }) : say("noDuplicates");
      list.append(...found.groups.map((group) => groupBox(group, out)));
      more.hidden = !next;
    } catch (error) {
      root.append(make("p", "problem", error.message));
    }
  }

  // The list is drawn again from its beginning: what was taken out is gone, what came back is there.
  const again = async () => {
    onChanged();
    list.replaceChildren();
    await load(null);
  };
  const out = (copies) => takeOut(copies.flatMap(({ ids }) => ids), again);

  root.replaceChildren(head, list, more);
  await load(null);
}

function groupBox({ bytes: size, waste, copies }, out) {
  const box = make("section", "group");
  const picture = make("img");
  picture.src = api.thumbnail(copies[0].ids[0]);
  picture.alt = "";
  picture.loading = "lazy";
  picture.addEventListener("error", () => picture.classList.add("absent"));
  const top = make("div", "buttons");
  top.append(
    make("strong", "", `${count(copies.length)} × ${bytes(size)}`), make("span", "facts", say("wasted", { size: bytes(waste) })),
    button(say("keepFirst"), () => out(copies.slice(1))),
  );
  const rows = make("ul");
  rows.append(...copies.map((copy, index) => copyRow(copy, index, out)));
  box.append(picture, top, rows);
  return box;
}

function copyRow(copy, index, out) {
  const row = make("li");
  const path = make("code", "", copy.path);
  const remove = button(say("takeOut"), () => out([copy]), "more");
  remove.ariaLabel = say("takeOutPath", { path: copy.path });
  row.append(path);
  if (index === 0) row.append(make("span", "facts", say("addedFirst")));
  row.append(remove);
  return row;
}
