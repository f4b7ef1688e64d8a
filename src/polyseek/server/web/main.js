// The page: what is asked for (the view, in the URL), what is shown, and the keys.
import * as api from "./api.js";
import { closeDetail, drawDetail } from "./detail.js";
import { drawFacets } from "./facets.js";
import { makeGallery } from "./gallery.js";
import { count, models } from "./numbers.js";
import { addressOf, readView, toggled, whereOf } from "./view.js";
import { fillWords, say } from "./words.js";

const $ = (id) => document.getElementById(id);
const sorts = { "": "byRelevance", name: "byName", "-triangles": "byTriangles", "-longest": "bySize", "-added": "byNewest" };

let view = readView();
let dropped = null; // the files of a dropped model: the one part of a view that no address can hold
let running = new AbortController();
let list = { items: [], next: null, loading: false };

const gallery = makeGallery($("gallery"), { onOpen: ({ record }) => go({ ...view, open: record.id }), onNeed: loadMore });

/** Change the view, its address, and all that shows it. */
function go(next, { push = true, keepDrop = true } = {}) {
  const sameList = JSON.stringify({ ...next, open: null }) === JSON.stringify({ ...view, open: null });
  if (!keepDrop) dropped = null;
  view = next;
  if (push) history.pushState(null, "", addressOf(view));
  if (!sameList || !keepDrop) refresh();
  showDetail();
}

async function refresh() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  drawBar();
  try {
    const where = whereOf(view);
    const [found, facets] = await Promise.all([ask(where, signal), api.facets(where, signal)]);
    list = found;
    drawFacets($("facets"), facets, view, (field, value) => go(toggled(view, field, value)));
    gallery.show(list.items, list.total);
    drawCount();
  } catch (error) {
    if (error.name !== "AbortError") fail(error);
  }
}

/** The list of a view: hits of a search, or a page of all records. */
async function ask(where, signal) {
  if (dropped) return ofHits(await api.searchFiles(dropped, where, signal));
  if (view.words.trim() || view.like) {
    const body = { words: view.words, like: view.like ? [view.like] : [], k: 400, where: where || null };
    return ofHits(await api.search(body, signal));
  }
  const page = await api.records({ where, sort: view.sort || "name", limit: 200 }, signal);
  return { items: page.records.map((record) => ({ record })), total: page.total, next: page.next, good: true };
}

const ofHits = (found) => ({
  items: found.hits.map((hit) => ({ record: hit.record, why: hit.why })),
  total: found.hits.length, next: null, good: found.good_match, query: found.query,
});

async function loadMore() {
  if (!list.next || list.loading) return;
  list.loading = true;
  const page = await api.records({ where: whereOf(view), sort: view.sort || "name", limit: 200, cursor: list.next });
  list.items.push(...page.records.map((record) => ({ record })));
  list.next = page.next;
  list.loading = false;
  gallery.grow(list.items, list.total);
}

function drawBar() {
  if (document.activeElement !== $("words")) $("words").value = view.words;
  $("chips").replaceChildren();
  if (view.like) addChip(say("similarTo", { name: view.like }), () => go({ ...view, like: null }));
  if (dropped) addChip(dropped[0].name, () => go(view, { keepDrop: false }));
  const searching = Boolean(view.words.trim() || view.like || dropped);
  $("sort").replaceChildren(...Object.entries(sorts).filter(([key]) => (key === "") === searching).map(([key, word]) => new Option(say(word), key, false, key === (view.sort || "name"))));
}

function addChip(text, onRemove) {
  const chip = document.createElement("button");
  chip.type = "button";
  chip.className = "chip";
  chip.textContent = `${text} ×`;
  chip.addEventListener("click", onRemove);
  $("chips").append(chip);
}

function drawCount() {
  $("count").textContent = models(list.total);
  const empty = list.total === 0 && !view.words && !view.like && !dropped && !Object.keys(view.only).length;
  if (empty) return message(say("empty"), say("emptyHint"));
  if (!list.good || list.total === 0) {
    return message(say("noMatch", { query: view.words || list.query || "" }), list.total ? say("nearest") : "", () => go({ words: "", only: {}, sort: null, like: null, open: null }, { keepDrop: false }));
  }
  $("message").hidden = true;
}

function message(text, hint, onClear) {
  const box = $("message");
  const line = document.createElement("p");
  line.textContent = text;
  const small = document.createElement("p");
  small.className = "hint";
  small.textContent = hint;
  box.replaceChildren(line, small);
  if (onClear) {
    const clear = document.createElement("button");
    clear.type = "button";
    clear.className = "button";
    clear.textContent = say("clear");
    clear.addEventListener("click", onClear);
    box.append(clear);
  }
  box.hidden = false;
}

function fail(error) {
  if (error instanceof TypeError) {
    message(say("gone"), "");
    setTimeout(refresh, 2000);
    return;
  }
  message(say("failed", { reason: error.message }), "", () => go({ words: "", only: {}, sort: null, like: null, open: null }, { keepDrop: false }));
}

async function showDetail() {
  gallery.select(view.open);
  $("detail").hidden = !view.open;
  if (!view.open) return closeDetail();
  const id = view.open;
  try {
    const record = await api.record(id);
    if (view.open !== id) return;
    await drawDetail($("detail"), record, {
      onClose: () => go({ ...view, open: null }),
      onLike: ({ id: like }) => go({ ...view, words: "", like, open: null }, { keepDrop: false }),
      onOpen: ({ id: open }) => go({ ...view, open }),
      onChanged: () => { showDetail(); refresh(); },
    });
  } catch (error) {
    fail(error);
  }
}

/** Search by dropped, pasted or picked files. It never imports them. */
function useFiles(files) {
  if (!files.length) return;
  dropped = [...files];
  message(say("reading", { name: dropped[0].name }), "");
  go({ ...view, words: "", like: null, open: null });
  refresh();
}

function bindKeys() {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select");
    if ((event.key === "/" && !typing) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      $("words").select();
    } else if (event.key === "Escape") {
      if (view.open) go({ ...view, open: null });
      else if (view.words || view.like || dropped) go({ ...view, words: "", like: null }, { keepDrop: false });
      document.activeElement.blur();
    }
  });
}

function bindDrop() {
  let depth = 0;
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragenter", (event) => { if (hasFiles(event)) $("drop").hidden = ++depth === 0; });
  addEventListener("dragleave", (event) => { if (hasFiles(event)) $("drop").hidden = --depth === 0; });
  addEventListener("dragover", (event) => { if (hasFiles(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    $("drop").hidden = true;
    useFiles(event.dataTransfer.files);
  });
  addEventListener("paste", (event) => useFiles(event.clipboardData.files));
  $("file").addEventListener("change", (event) => { useFiles(event.target.files); event.target.value = ""; });
  $("pick").addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") $("file").click(); });
}

function bindBar() {
  let pause = 0;
  $("words").addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => go({ ...view, words: $("words").value, open: null }, { push: false, keepDrop: false }), 120);
  });
  $("search").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    go({ ...view, words: $("words").value, open: null }, { keepDrop: false });
    history.replaceState(null, "", addressOf(view));
  });
  $("words").addEventListener("change", () => history.pushState(null, "", addressOf(view)));
  $("sort").addEventListener("change", () => go({ ...view, sort: $("sort").value }));
  $("filters").addEventListener("click", () => $("facets").classList.toggle("shown"));
  $("home").addEventListener("click", (event) => {
    event.preventDefault();
    go({ words: "", only: {}, sort: null, like: null, open: null }, { keepDrop: false });
  });
  addEventListener("popstate", () => go(readView(), { push: false, keepDrop: false }));
}

fillWords(document);
bindBar();
bindKeys();
bindDrop();
refresh();
showDetail();
