// The grid of cards. Only the rows in sight are in the document, however long the list.
import { thumbnail } from "./api.js";
import { count, length } from "./numbers.js";

const gap = 12;
const caption = 52;

/**
 * A virtual grid in `root`. `onOpen(item)` when a card is opened, `onNeed(index)` when the item at
 * index is about to be seen and is not loaded yet.
 */
export function makeGallery(root, { onOpen, onNeed }) {
  const sheet = document.createElement("div");
  sheet.className = "sheet";
  root.replaceChildren(sheet);
  let items = [];
  let total = 0;
  let side = 176;
  let selected = null;
  const cards = new Map();

  const columns = () => Math.max(2, Math.floor((root.clientWidth + gap) / (side + gap)));
  const cell = () => (root.clientWidth - gap * (columns() - 1)) / columns();

  function draw() {
    const across = columns();
    const width = cell();
    const row = width + caption + gap;
    sheet.style.height = `${Math.ceil(total / across) * row}px`;
    const first = Math.max(0, Math.floor(root.scrollTop / row) - 2) * across;
    const last = Math.min(total, (Math.ceil((root.scrollTop + root.clientHeight) / row) + 2) * across);
    for (const [index, card] of cards) {
      if (index < first || index >= last || card.item !== items[index]) {
        card.remove();
        cards.delete(index);
      }
    }
    for (let index = first; index < last; index++) {
      if (!items[index]) {
        onNeed(index);
        continue;
      }
      let card = cards.get(index);
      if (!card) {
        card = makeCard(items[index], index);
        cards.set(index, card);
        sheet.append(card);
      }
      card.style.width = `${width}px`;
      card.style.transform = `translate(${(index % across) * (width + gap)}px, ${Math.floor(index / across) * row}px)`;
      card.classList.toggle("selected", items[index].record.id === selected);
    }
  }

  function makeCard(item, index) {
    const { record } = item;
    const card = document.createElement("button");
    card.type = "button";
    card.className = "card";
    card.item = item;
    card.dataset.index = index;
    card.setAttribute("role", "listitem");
    const plate = document.createElement("span");
    plate.className = "plate";
    const picture = document.createElement("img");
    picture.src = thumbnail(record.id);
    picture.alt = "";
    picture.loading = "lazy";
    picture.decoding = "async";
    picture.addEventListener("error", () => picture.classList.add("absent"));
    card.addEventListener("pointerenter", () => { picture.src = thumbnail(record.id, "back"); });
    card.addEventListener("pointerleave", () => { picture.src = thumbnail(record.id); });
    plate.append(picture);
    if (item.why) {
      const why = document.createElement("span");
      why.className = "why";
      why.textContent = item.why;
      plate.append(why);
    }
    const name = document.createElement("span");
    name.className = "name";
    name.textContent = record.name;
    const facts = document.createElement("span");
    facts.className = "facts";
    facts.textContent = `${record.format} · ${record.triangles ? `${count(record.triangles)} △` : `${count(record.vertices)} ∙`} · ${length(Math.max(...record.size_metres))}`;
    card.append(plate, name, facts);
    card.title = record.path;
    card.addEventListener("click", () => onOpen(item));
    return card;
  }

  function move(step) {
    const focused = Number(document.activeElement?.dataset?.index ?? -1);
    const next = Math.min(total - 1, Math.max(0, focused + step));
    const row = cell() + caption + gap;
    const top = Math.floor(next / columns()) * row;
    if (top < root.scrollTop) root.scrollTop = top;
    if (top + row > root.scrollTop + root.clientHeight) root.scrollTop = top + row - root.clientHeight;
    draw();
    cards.get(next)?.focus();
  }

  root.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
  root.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    side = Math.min(360, Math.max(96, side - Math.sign(event.deltaY) * 16));
    draw();
  }, { passive: false });
  root.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns(), ArrowUp: -columns() }[event.key];
    if (step) {
      event.preventDefault();
      move(step);
    }
  });
  new ResizeObserver(draw).observe(root);

  return {
    /** Show a list from its top. */
    show(newItems, newTotal) {
      items = newItems;
      total = newTotal;
      root.scrollTop = 0;
      draw();
    },
    /** The list has grown at its end. */
    grow(newItems, newTotal) {
      items = newItems;
      total = newTotal;
      draw();
    },
    select(id) {
      selected = id;
      draw();
    },
  };
}
