// The grid of cards. Only the rows in sight are in the document, however long the list.
import { makeActions, makeCard } from "./card.js";
import { make } from "./elements.js";

const gap = 12;
const caption = 52;
const sides = [96, 360];

/**
 * A virtual grid in `root`. `onClick(index, event)` when a card is clicked; `onNeed(indices)` when
 * cards in sight are not loaded yet; `actions`: what the bar over a hovered card does (card.js).
 */
export function makeGallery(root, { onClick, onNeed, actions }) {
  const sheet = make("div", "sheet");
  root.replaceChildren(sheet);
  const bar = makeActions(actions);
  const cells = new Map();
  let items = [];
  let total = 0;
  let side = Number(localStorage.getItem("side")) || 176;
  let marked = { open: null, has: () => false };
  let current = 0; // the card that Tab reaches
  let top = 0; // the first index in sight
  let across = 0;

  const columns = () => Math.max(2, Math.floor((root.clientWidth + gap) / (side + gap)));
  const width = () => (sheet.clientWidth - gap * (across - 1)) / across;
  const row = () => width() + caption + gap;

  function layout() {
    across = columns();
    const high = Math.max(0, Math.ceil(total / across) * row());
    sheet.style.height = `${high}px`;
    sheet.setAttribute("role", total ? "list" : "presentation");
  }

  function draw() {
    // Measured before anything is written: else every card would lay out the page anew.
    const [tall, wide] = [row(), width()];
    top = Math.floor(root.scrollTop / tall) * across;
    const first = Math.max(0, top - 2 * across);
    const last = Math.min(total, (Math.ceil((root.scrollTop + root.clientHeight) / tall) + 2) * across);
    for (const [index, cell] of cells) {
      if (index < first || index >= last || cell.item !== items[index]) {
        cell.remove();
        cells.delete(index);
      }
    }
    const absent = [];
    const fresh = document.createDocumentFragment();
    for (let index = first; index < last; index++) {
      if (!items[index]) absent.push(index);
      let cell = cells.get(index);
      if (!cell) {
        cell = makeCard(items[index], index, total);
        cells.set(index, cell);
        fresh.append(cell);
      }
      const place = `translate(${(index % across) * (wide + gap)}px, ${Math.floor(index / across) * tall}px)`;
      if (cell.place !== place || cell.wide !== wide) {
        Object.assign(cell, { place, wide });
        cell.style.width = `${wide}px`;
        cell.style.transform = place;
      }
      mark(cell, index);
    }
    sheet.append(fresh);
    if (absent.length) onNeed(absent);
  }

  function mark(cell, index) {
    const card = cell.firstChild;
    const id = cell.item?.record.id;
    card.tabIndex = index === current ? 0 : -1;
    card.ariaPressed = Boolean(id) && marked.has(id);
    cell.classList.toggle("selected", Boolean(id) && marked.has(id));
    cell.classList.toggle("opened", Boolean(id) && id === marked.open);
  }

  function reveal(index) {
    const place = Math.floor(index / across) * row();
    if (place < root.scrollTop) root.scrollTop = place;
    if (place + row() > root.scrollTop + root.clientHeight) root.scrollTop = place + row() - root.clientHeight;
    draw();
  }

  function move(index) {
    if (!total) return;
    current = Math.min(total - 1, Math.max(0, index));
    reveal(current);
    cells.get(current)?.firstChild.focus();
  }

  /** Keep the first card in sight where it is when the columns change. */
  function resized() {
    const before = top;
    layout();
    root.scrollTop = Math.floor(before / across) * row();
    draw();
  }

  let asked = false;
  root.addEventListener("scroll", () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; draw(); });
  }, { passive: true });
  root.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    side = Math.min(sides[1], Math.max(sides[0], side - Math.sign(event.deltaY) * 16));
    localStorage.setItem("side", side);
    resized();
  }, { passive: false });
  root.addEventListener("keydown", (event) => {
    if (!event.target.classList.contains("card") || event.altKey) return;
    const page = Math.max(1, Math.floor(root.clientHeight / row())) * across;
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across, PageDown: page, PageUp: -page, Home: -total, End: total };
    if (!(event.key in steps)) return;
    event.preventDefault();
    move(Number(event.target.dataset.index) + steps[event.key]);
    if (event.shiftKey) onClick(current, event);
  });
  root.addEventListener("click", (event) => {
    const card = event.target.closest(".card");
    if (!card) return;
    current = Number(card.dataset.index);
    if (items[current]) onClick(current, event);
  });
  root.addEventListener("pointerover", (event) => {
    const cell = event.target.closest(".cell");
    if (cell && event.pointerType === "mouse") bar.show(cell);
  });
  let wide = 0;
  new ResizeObserver(() => {
    if (!root.clientWidth) return;
    // A change of height alone, as by a message above, moves nothing.
    if (wide === root.clientWidth) draw();
    else resized();
    wide = root.clientWidth;
  }).observe(root);

  return {
    /** Show a list; `scroll`: where it was left. */
    show(newItems, newTotal, scroll = 0) {
      items = newItems;
      total = newTotal;
      current = 0;
      layout();
      root.scrollTop = scroll;
      draw();
    },
    redraw: draw,
    scroll: () => root.scrollTop,
    /** Put the keyboard on a card; the one it was on last, when none is named. */
    focus: (index = current) => move(index),
    /** Step from the opened card to its neighbour; its item. */
    neighbour(id, step) {
      const index = items.findIndex((item) => item?.record.id === id) + step;
      return index < 0 ? undefined : items[index];
    },
    /** `open`: the id of the opened model; `has(id)`: is it selected? */
    mark(open, has) {
      marked = { open, has };
      for (const [index, cell] of cells) mark(cell, index);
    },
  };
}
