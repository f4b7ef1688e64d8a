// The page: what is asked for (the view, in the URL) and all that shows it.
import * as api from "./api.js";
import { closeDetail, drawDetail, redrawTags } from "./detail.js";
import { drawCompare } from "./compare.js";
import { showCredits } from "./credits.js";
import { bindDrop } from "./drop.js";
import { button } from "./elements.js";
import { makeFacets } from "./facets.js";
import { makeGallery } from "./gallery.js";
import { isOver, makeJobs, progressText } from "./jobs.js";
import { bindKeys, showKeys } from "./keys.js";
import { makeLibrary } from "./library.js";
import { loadList, unfold, wordsThatMatch } from "./list.js";
import { makeMap } from "./map/map.js";
import { showMessage, toast } from "./message.js";
import { count, models } from "./numbers.js";
import { drawQuery, nameModel, takeIds } from "./query.js";
import { drawSaved } from "./saved.js";
import { copyPaths, drawSelection, makeSelection, most as mostSelected } from "./selection.js";
import { openSketch } from "./sketch.js";
import { applyTheme } from "./theme.js";
import { most, thingsOf } from "./things.js";
import { addressOf, everything, filtered, isSearch, listKey, readView, stateOf, weighted, whereOf } from "./view.js";
import { fillWords, say } from "./words.js";

const $ = (id) => document.getElementById(id);
const sorts = { name: "byName", "-triangles": "byTriangles", triangles: "byFewest", "-longest": "bySize", longest: "bySmallest", "-added": "byNewest" };

let view = readView();
let things = []; // dropped models and pictures: the one part of a view that no address can hold
const kept = [things]; // what they were at each step of the history
let running = new AbortController();
let list = { items: [], total: 0, loaded: false, need() {}, async fill() {} };
let counts = null; // of the filters' values, as last told
let shown = null; // the record in the detail
let retry = 0; // the timer that asks a server again that did not answer
let loading = false; // the list of the view is on its way
let behind = false; // and the library has changed since it was asked for
let readsWords = false; // does an encoder of the library? Told at the start
let readsLooks = false; // and does one see what models look like?

const selection = makeSelection(drawSelected, () => toast(say("selectionFull", { n: count(mostSelected) })));
const gallery = makeGallery($("gallery"), {
  onClick: clickCard,
  onNeed: (indices) => list.need(indices),
  actions: { onTerm: addTerm, onCompare: compareWith, onCopy: (record) => copyPaths([record]) },
});
const facets = makeFacets($("facets"), (field, value, state) => go(filtered(view, field, value, state)));
const map = makeMap($("map"), {
  onOpen: (open) => go({ ...view, open }),
  onChoose: async (id) => selection.toggle([{ record: await api.record(id) }], 0),
  onLasso: async (ids) => selection.all((await api.find(ids)).records.map((record) => ({ record }))),
  onCamera: (at) => go({ ...view, at }, { push: false, inPlace: true }),
  onDrawn: () => lightMap(),
});
const jobs = makeJobs(showJob);
const library = makeLibrary($("panel"), jobs, {
  onMissing: () => go(filtered(everything(), "status", "missing", "on"), { files: [] }),
  onChanged: changed,
  onNews: follow,
});

/** Change the view, its address, and what shows it. `files`: the things it is searched by beside the words. */
function go(next, { push = true, files = things, scroll = 0, inPlace = false } = {}) {
  const sameList = listKey(next) === listKey(view) && files === things;
  if (files !== things && !kept.includes(files)) kept.push(files);
  if (push) {
    history.replaceState({ ...history.state, scroll: gallery.scroll() }, "");
    history.pushState({ kept: kept.indexOf(files), names: files.map(({ name }) => name) }, "", addressOf(next));
  }
  if (inPlace) history.replaceState(history.state, "", addressOf(next));
  const sameFilters = next.only === view.only && next.not === view.not;
  view = next;
  things = files;
  if (!sameFilters && counts) facets.draw(counts, view); // what is asked for is seen at once, its counts follow
  if (!sameList) refresh(scroll);
  showMap(sameList);
  showDetail();
  showCompare();
}

/** The same models as a list or as a map. `loaded`: is the list that of the view already? */
function showMap(loaded) {
  const shown = view.show === "map";
  const turned = shown && $("map").hidden;
  $("gallery").classList.toggle("behind", shown);
  $("gallery").inert = shown;
  $("ascards").ariaPressed = !shown;
  $("asmap").ariaPressed = shown;
  map.show(shown ? view.at : undefined);
  if (turned && loaded) lightMap();
}

const idsOf = (items) => items.flatMap(({ record, variants = [] }) => [record.id, ...variants.map((each) => each.record.id)]);

/** What is asked for shines on the map, the rest is dimmed. */
async function lightMap() {
  const { signal } = running;
  if (!list.loaded) return;
  try {
    let ids = null;
    if (list.searched) ids = (list.ranked > list.models && map.idsOf(await list.onMap())) || idsOf(list.items);
    else if (whereOf(view)) ids = map.idsOf(await api.mapMatches(whereOf(view), signal));
    if (!signal.aborted) map.light(ids);
  } catch (error) {
    failed(error);
  }
}

async function refresh(scroll = 0) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  loading = true;
  drawBar();
  try {
    const onEarly = (items) => {
      if (signal.aborted || list.loaded) return;
      list = { ...list, items, total: items.length };
      gallery.show(items, items.length);
    };
    list = { ...(await loadList(view, things, signal, { onLoaded: gallery.redraw, onEarly })), loaded: true };
    list.facets.then((found) => { if (!signal.aborted) facets.draw(counts = found, view); }, failed);
    drawSaved($("saved"), view, (found) => go(found, { files: [] }));
    gallery.show(list.items, list.total, scroll);
    drawCount();
    if (view.show === "map") {
      lightMap();
      map.refresh();
    }
  } catch (error) {
    failed(error);
  } finally {
    loading = signal.aborted && loading;
    if (!loading && behind) follow();
  }
}

/** The library has changed while it is listed: show it, when what is being loaded has come. */
function follow() {
  behind = loading;
  if (!loading && !isSearch(view) && !things.length) refresh(gallery.scroll());
}

const failed = (error) => { if (error.name !== "AbortError") fail(error); };

function drawBar() {
  if (document.activeElement !== $("words")) $("words").value = view.words;
  drawQuery($("chips"), view, things, { onView: go, onThings: (files) => go(view, { files }) });
  const searching = isSearch(view) || things.length > 0;
  $("mode").value = view.mode ?? "auto";
  const options = searching ? { "": "byRelevance" } : sorts;
  $("sort").replaceChildren(...Object.entries(options).map(([key, word]) => new Option(say(word), key, false, key === (view.sort || "name"))));
}

function drawCount() {
  const found = list.models < list.ranked ? say("nearestOf", { n: count(list.models), total: count(list.ranked) }) : models(list.models);
  const cards = list.items.length;
  $("count").textContent = cards < list.models ? say(cards === 1 ? "onOneCard" : "onCards", { models: found, n: count(cards) }) : found;
  $("gallery").classList.toggle("dim", !list.good);
  const filters = Object.keys(view.only).length + Object.keys(view.not).length;
  const fresh = () => go(everything(), { files: [] });
  if (list.total === 0 && !list.searched && !filters) return showMessage($("message"), say("empty"), say("emptyHint"), [[say("addFolder"), library.open]]);
  if (list.good && list.total) {
    $("message").hidden = true;
    return undefined;
  }
  const loose = filters && !list.total ? [[say("clearFilters"), () => go({ ...view, only: {}, not: {} })]] : [];
  const what = list.searched ? say("noMatch", { query: [view.words.trim(), ...things.map(({ name }) => name)].filter(Boolean).join(" + ") || say("theseModels") }) : say("noneLeft");
  const retry = (words) => go({ ...view, words, open: null });
  wordsThatMatch(view, list).then((words) => {
    for (const word of words) $("message").querySelector(".buttons")?.prepend(button(say("searchFor", { word }), () => retry(word)));
  }, () => {});
  const often = list.searched ? [view.words.trim() && say("sixLanguages"), readsLooks && say("missedByLooks")].filter(Boolean).join(" ") : "";
  return showMessage($("message"), what, [list.total && say("nearest"), often], [...loose, [say("clear"), fresh]]);
}

function fail(error) {
  if (error instanceof TypeError) {
    showMessage($("message"), say("gone"));
    clearTimeout(retry);
    retry = setTimeout(tryAgain, 2000);
    return;
  }
  showMessage($("message"), say("failed", { reason: error.message }), "", [[say("clear"), () => go(everything(), { files: [] })]]);
  offerWithoutGone(view).catch(() => {}); // what has been said stands
}

function tryAgain() {
  refresh(gallery.scroll());
  showDetail();
  showCompare();
}

/** A search by models that the library no longer holds, as of an old address, can go on without them. */
async function offerWithoutGone(asked) {
  if (!asked.terms.length) return;
  const { records } = await api.find(asked.terms.map(({ id }) => id));
  const terms = asked.terms.filter(({ id }) => records.some((record) => record.id === id));
  if (view !== asked || terms.length === asked.terms.length) return;
  showMessage($("message"), say("termsGone"), "", [[say("searchWithout"), () => go({ ...asked, terms })], [say("clear"), () => go(everything(), { files: [] })]]);
}

function drawSelected() {
  gallery.mark(view.open, selection.has);
  map.mark(view.open, selection.records().map(({ id }) => id));
  drawSelection($("selection"), selection, {
    suggests: () => readsWords,
    onChanged: changed,
    onCompare: (one, other) => {
      selection.clear();
      go({ ...view, open: one.id, compare: other.id });
    },
    onCredits: (records) => showCredits($("sheet"), records),
    onLike: (records) => {
      records.forEach(nameModel);
      selection.clear();
      go({ ...everything(), terms: records.slice(0, 20).map(({ id }) => ({ id, weight: 1 })) }, { files: [] });
    },
  });
}

function unfoldCard(index) {
  if (!list.items[index]?.variants?.length) return;
  unfold(list, index);
  gallery.show(list.items, list.total, gallery.scroll());
  drawCount();
  gallery.focus(index);
}

/** Select from where the last click was; what lies between and was never in sight is loaded first. */
async function selectTo(index) {
  const asked = list;
  const [from, to] = [selection.anchor, index].sort((a, b) => a - b);
  await list.fill(from, Math.min(to, from + mostSelected));
  if (list === asked) selection.extend(list.items, index);
}

async function selectAll() {
  const asked = list;
  await list.fill(0, Math.min(list.total - 1, mostSelected));
  if (list === asked) selection.all(list.items);
}

function clickCard(index, event) {
  if (event.target.closest(".fold")) return unfoldCard(index);
  if (event.ctrlKey || event.metaKey) return selection.toggle(list.items, index);
  if (event.shiftKey) return selectTo(index);
  selection.start(index);
  return go({ ...view, open: list.items[index].record.id });
}

function addTerm(record, weight) {
  nameModel(record);
  // More of a model while nothing is asked for, or while words are, adds to them; the words stay.
  go(weighted(view, record.id, weight));
}

function compareWith(record) {
  if (view.open && view.open !== record.id) return go({ ...view, compare: record.id });
  selection.toggle([{ record }], 0);
  return toast(say("pickSecond"));
}

async function showDetail() {
  gallery.mark(view.open, selection.has);
  map.mark(view.open, selection.records().map(({ id }) => id));
  $("detail").hidden = !view.open;
  if (view.open === shown?.id) return;
  shown = null;
  if (!view.open) return closeDetail();
  const id = view.open;
  try {
    const record = await api.record(id);
    if (view.open !== id) return;
    shown = record;
    nameModel(record);
    await drawDetail($("detail"), record, detailActions);
  } catch (error) {
    if (view.open === id) leave(error);
  }
}

const detailActions = {
  onClose: () => go({ ...view, open: null }),
  onTerm: addTerm,
  onOpen: (open) => go({ ...view, open }),
  onCompare: compareWith,
  onTag: (tag) => go(filtered(view, "tag", tag, stateOf(view, "tag", tag) === "on" ? "" : "on")),
  onChanged: changed,
  suggests: () => readsWords,
  hitOf: (id) => list.items.flatMap((item) => (item ? [item, ...(item.variants ?? [])] : [])).find(({ record }) => record.id === id),
};

/** Tags have changed, models have gone or come back: show it, where it is shown. */
async function changed() {
  refresh(gallery.scroll());
  if (!shown) return;
  try {
    redrawTags($("detail"), (shown = await api.record(shown.id)), detailActions);
  } catch (error) {
    if (error instanceof TypeError) fail(error);
    else go({ ...view, open: null, compare: null }); // it was taken out
  }
}

async function showCompare() {
  if (!view.compare || !view.open) return $("compare").close();
  try {
    const pair = await Promise.all([api.record(view.open), api.record(view.compare)]);
    await drawCompare($("compare"), pair, () => { if (view.compare) go({ ...view, compare: null }); });
  } catch (error) {
    leave(error);
  }
}

/** A model that an address names may be gone: the list is shown without it. */
function leave(error) {
  if (error instanceof TypeError) return fail(error);
  toast(say("failed", { reason: error.message }));
  go({ ...view, open: null, compare: null }, { push: false });
  return history.replaceState(null, "", addressOf(view));
}

let drawnAt = Date.now();
let looked = false; // were the jobs that the page came upon looked at?
function showJob(job) {
  library.show(job);
  $("status").hidden = isOver(job) && job.state === "finished" && !job.failed;
  $("status").textContent = progressText(job);
  $("status").className = job.state;
  // What is indexed can be searched at once: the list follows, but not with every file.
  const more = isOver(job) ? looked : job.state === "indexing" && Date.now() - drawnAt > 4000 && !gallery.scroll();
  if (!more || job.kind === "embed") return; // an encoder's vectors are no new models
  drawnAt = Date.now();
  follow();
}

/** Search by dropped, pasted, picked or drawn files, beside what is asked for already. It never imports them. */
function useFiles(files) {
  const found = [...things, ...thingsOf(files)];
  if (found.length > most) return toast(say("tooManyThings", { n: most }));
  showMessage($("message"), say("reading", { name: files[0].name }));
  return go({ ...view, sort: null, open: null, compare: null }, { files: found });
}

function stepBack() {
  if (selection.size) selection.clear();
  else if (view.open) go({ ...view, open: null });
  else if (isSearch(view) || things.length) go({ ...view, words: "", terms: [] }, { files: [] });
  document.activeElement.blur();
  $("filterbar").classList.remove("shown");
}

function bindBar() {
  let pause = 0;
  let typing = false; // a run of typing is one step of the history
  const search = () => {
    const words = $("words").value;
    if (words === view.words) return;
    go({ ...view, words, open: null, sort: null }, { push: !typing });
    if (typing) history.replaceState(history.state, "", addressOf(view));
    typing = true;
  };
  $("words").addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(search, 120);
  });
  $("words").addEventListener("blur", () => { typing = false; });
  $("search").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    const { words, terms } = takeIds($("words").value);
    if (terms.length) {
      $("words").value = words;
      go(terms.reduce((found, { id, weight }) => weighted(found, id, weight), { ...view, words }));
    } else {
      search();
    }
    typing = false;
  });
  $("sort").addEventListener("change", () => go({ ...view, sort: $("sort").value }));
  $("mode").addEventListener("change", () => go({ ...view, mode: $("mode").value === "auto" ? null : $("mode").value, open: null }));
  $("draw").addEventListener("click", () => openSketch($("sheet"), (file) => useFiles([file])));
  $("filters").addEventListener("click", () => { $("filters").ariaExpanded = $("filterbar").classList.toggle("shown"); });
  $("gallery").addEventListener("pointerdown", () => { $("filters").ariaExpanded = false; $("filterbar").classList.remove("shown"); });
  $("ascards").addEventListener("click", asCards);
  $("asmap").addEventListener("click", asMap);
  $("manage").addEventListener("click", library.open);
  $("status").addEventListener("click", library.open);
  $("home").addEventListener("click", (event) => {
    event.preventDefault();
    go(everything(), { files: [] });
  });
  addEventListener("popstate", ({ state }) => go(readView(), { push: false, files: kept[state?.kept ?? 0] ?? [], scroll: state?.scroll ?? 0 }));
}

const asCards = () => go({ ...view, show: null, at: null });
const asMap = () => go({ ...view, show: "map" });
const opened = () => list.items[Number(document.activeElement?.dataset?.index)]?.record ?? shown;

/** What the library's encoders read decides which ways of searching are offered; the next visit begins with the same. */
async function offer() {
  const { encoders, reveal } = await api.info();
  const offered = { reveal, reads: encoders.flatMap((encoder) => encoder.reads) };
  localStorage.setItem("offer", JSON.stringify(offered));
  applyOffer(offered);
}

function applyOffer({ reveal = false, reads = [] }) {
  document.body.classList.toggle("beside", reveal); // the person sits where the files are
  $("draw").hidden = !reads.includes("pictures");
  readsWords = reads.includes("words");
  readsLooks = reads.length > 0;
  $("mode").parentElement.hidden = !readsWords;
  if (shown) redrawTags($("detail"), shown, detailActions);
}

applyTheme();
fillWords(document);
$("mode").replaceChildren(...["auto", "words", "meaning", "hybrid"].map((mode) => new Option(say(`mode_${mode}`), mode)));
bindBar();
bindKeys({
  focusSearch: () => $("words").select(),
  back: stepBack,
  move: () => gallery.focus(),
  selectAll,
  select: (index) => selection.toggle(list.items, index),
  like: (index) => addTerm(list.items[index].record, 1),
  unlike: (index) => addTerm(list.items[index].record, -1),
  unfold: unfoldCard,
  copy: () => { if (selection.size || opened()) copyPaths(selection.size ? selection.records() : [opened()]); },
  tag: () => (document.querySelector("#selection input") ?? document.querySelector("#detail .tags input"))?.focus(),
  undo: async () => {
    const { undone } = await api.undo();
    toast(undone ? say("undone", { what: undone }) : say("nothingToUndo"));
    changed();
  },
  next: (step) => { if (view.open && gallery.neighbour(view.open, step)) go({ ...view, open: gallery.neighbour(view.open, step).record.id }); },
  ways: () => (view.show === "map" ? asCards() : asMap()),
  help: () => showKeys($("sheet")),
});
bindDrop({ onFiles: useFiles, onFolder: (name) => library.open(say("folderDropped", { name })) });
applyOffer(JSON.parse(localStorage.getItem("offer") ?? "{}"));
// The library's health and folders take a while to tell: the cards go first.
refresh().finally(() => {
  offer().catch(() => {}); // said by the list, which the server does not answer either
  library.follow();
});
// Files that were searched by are gone with the page that held them.
if (history.state?.names?.length) toast(say("dropAgain", { names: history.state.names.join(", ") }), say("close"), () => {});
history.replaceState(null, "");
showMap(false);
showDetail();
showCompare();
jobs.look().catch(() => {}).finally(() => { looked = true; });
