// One card of the gallery: picture, name, facts; on hover its back, turning when the pointer rests, the score and what can be done with it.
import { thumbnail } from "./api.js";
import { button, iconButton, make } from "./elements.js";
import { count, length, nearness } from "./numbers.js";
import { turnUnderPointer } from "./turntable.js";
import { say } from "./words.js";

const signs = {
  like: "M12 5v14M5 12h14",
  unlike: "M5 12h14",
  compare: "M4 5h6v14H4zM14 5h6v14h-6z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
};

/** The cell of an item at `index`; its first child is the card itself, a button. */
export function makeCard(item, index, total) {
  const cell = make("div", "cell");
  cell.item = item;
  cell.setAttribute("role", "listitem");
  cell.setAttribute("aria-setsize", total);
  cell.setAttribute("aria-posinset", index + 1);
  const card = button("", () => {}, item?.variants?.length ? "card stack" : "card");
  card.dataset.index = index;
  card.tabIndex = -1;
  cell.append(card);
  if (!item) {
    card.append(make("span", "plate"), make("span", "name", "\u00a0"), make("span", "facts", "\u00a0"));
    card.ariaLabel = say("loading");
    return cell;
  }
  const { record } = item;
  card.title = record.path;
  card.draggable = true;
  card.addEventListener("dragstart", (event) => dragOut(event, record));
  card.append(plate(item), make("span", "name", record.name), make("span", "facts", factsOf(record)));
  return cell;
}

function plate({ record, why, score, byExample, variants }) {
  const found = make("span", "plate");
  const picture = make("img");
  picture.src = thumbnail(record.id);
  picture.alt = "";
  picture.decoding = "async";
  picture.draggable = false;
  picture.addEventListener("error", () => picture.classList.add("absent"));
  found.addEventListener("pointerenter", () => { picture.src = thumbnail(record.id, "back"); });
  found.addEventListener("pointerleave", () => { picture.src = thumbnail(record.id); });
  turnUnderPointer(found, record);
  found.append(picture);
  if (record.status === "missing") found.append(make("span", "badge", say("missingFile")));
  if (variants?.length) found.append(foldBadge(variants.length + 1));
  if (why) {
    const reason = make("span", "why", byExample ? say(nearness(score)) : why);
    reason.title = `${score.toFixed(2)}: ${why}`;
    found.append(reason);
  }
  return found;
}

function foldBadge(n) {
  const badge = make("span", "badge fold", `×${count(n)}`);
  badge.title = say("unfold", { n: count(n) });
  return badge;
}

const factsOf = (record) => `${record.format} · ${record.triangles ? `${count(record.triangles)} △` : `${count(record.vertices)} ∙`} · ${length(Math.max(...record.size_metres))}`;

/** Let the browser save the model as a GLB where it is dropped (Chromium); its path as text elsewhere. */
export function dragOut(event, record) {
  const address = new URL(`api/v1/records/${encodeURIComponent(record.id)}/model.glb`, location.href);
  event.dataTransfer.setData("DownloadURL", `model/gltf-binary:${fileName(record)}:${address}`);
  event.dataTransfer.setData("text/plain", record.path);
  event.dataTransfer.effectAllowed = "copy";
}

/** A name that every system takes, and that no colon ends early. */
export const fileName = ({ name }) => `${name.replace(/[\p{Cc}:/\\?*"<>|]/gu, "_")}.glb`;

/** The bar over a hovered card. There is one, which moves from card to card: `bar.show(cell)`. */
export function makeActions({ onTerm, onCompare, onCopy }) {
  const bar = make("div", "acts");
  let item = null;
  const act = (name, todo) => {
    const found = iconButton(signs[name], say(name), () => todo(item.record));
    found.tabIndex = -1;
    return found;
  };
  bar.append(
    act("like", (record) => onTerm(record, 1)), act("unlike", (record) => onTerm(record, -1)),
    act("compare", onCompare), act("copy", onCopy),
  );
  bar.show = (cell) => {
    item = cell.item;
    if (item && bar.parentElement !== cell) cell.append(bar); // moving it again would lose a click on it
  };
  return bar;
}
