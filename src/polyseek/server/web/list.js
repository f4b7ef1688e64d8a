// The list of a view: hits of a search at once, or the library page by page as it is scrolled.
import * as api from "./api.js";
import { whyOf } from "./reasons.js";
import { formOf } from "./things.js";
import { isSearch, loosened, whereOf } from "./view.js";

const page = 200;
const hits = 400;
const patience = 250; // milliseconds that cards may wait for what is folded under them

/**
 * The list of a view. `onLoaded()` when items have come later; `onEarly(items)` with the first models one by one, where
 * finding out which are variants of one thing takes longer: after a library has changed. Facets come as a promise.
 * { items, total, models, ranked, facets, good, searched, need(indices), fill(from, to), onMap() }; items that are not
 * loaded yet are holes. onMap(), of a search: all that it found, as places on the map; null where the items are all.
 */
export async function loadList(view, things, signal, { onLoaded, onEarly }) {
  if (isSearch(view) || things.length) {
    const [like, unlike] = [view.terms.filter(({ weight }) => weight > 0), view.terms.filter(({ weight }) => weight < 0)];
    const ids = (terms) => terms.map(({ id }) => id);
    const weights = [...like, ...unlike].map(({ weight }) => Math.abs(weight));
    const byLooks = view.terms.length + things.length > 0 || /(^|\s)-?(\d+(\.\d+)?:)?id:/.test(view.words);
    const mode = view.mode === "words" && byLooks ? "auto" : view.mode || "auto";
    const body = { words: view.words, like: ids(like), unlike: ids(unlike), weights, k: hits, where: whereOf(view) || null, mode, fold: true, facets: true };
    const ask = (asked) => (things.length ? api.searchForm(formOf(things, asked), signal) : api.search(asked, signal));
    const countsOf = async (each) => (await ask({ ...body, where: whereOf(each) || null, k: 1, fold: false })).facets;
    const found = await ask(body);
    // By shape or looks all models are ranked, and the best are what was found.
    const onMap = async () => (byLooks ? null : (await api.search({ ...body, k: 1, fold: false, facets: false, map: true }, signal)).map);
    // Files are not sent a second time only to count.
    const facets = things.length ? Promise.resolve(found.facets) : withOtherValues(found.facets, view, countsOf);
    return { ...ofHits({ ...found, facets }, byLooks && !view.words.trim()), onMap };
  }
  return browse(view, signal, onLoaded, onEarly);
}

// A score by example alone says how near a model is; where words are asked for too, the reason says more.
function ofHits(found, byExample) {
  const itemOf = ({ variants = [], ...hit }) => ({ record: hit.record, why: whyOf(hit), score: hit.score, byExample, variants: variants.map(itemOf) });
  const items = found.hits.map(itemOf);
  const models = found.hits.flatMap((hit) => [hit, ...(hit.variants ?? [])]);
  return {
    items, total: items.length, models: models.length, facets: found.facets, good: found.good_match, searched: true,
    query: found.query, ranked: found.total, need() {}, async fill() {},
  };
}

/** Put the variants of the card at `index` beside it, as cards of their own. */
export function unfold(list, index) {
  const { variants, ...first } = list.items[index];
  list.items.splice(index, 1, first, ...variants);
  list.total = list.items.length;
  list.unfolded?.(index, variants.length);
}

/** The counts of a view; of a field with chosen values those that hold without them: a second value is one click away. */
async function withOtherValues(facets, view, countsOf) {
  const chosen = Object.keys(view.only).filter((field) => field !== "tag"); // more tags ask for all of them
  const others = await Promise.all(chosen.map((field) => countsOf(loosened(view, field))));
  return { ...facets, ...Object.fromEntries(chosen.map((field, at) => [field, others[at][field]])) };
}

async function browse(view, signal, onLoaded, onEarly) {
  const [where, sort] = [whereOf(view), view.sort || "name"];
  const ask = (offset) => api.records({ where, sort, limit: page, offset, fold: true }, signal);
  const waiting = Promise.withResolvers();
  const timer = setTimeout(() => early({ where, sort, limit: 60 }, signal, onEarly).then(waiting.resolve), patience);
  const countsOf = (each) => api.facets(whereOf(each), signal);
  const coming = ask(0).finally(() => clearTimeout(timer));
  // Counting waits for some cards: a server that has just started does one thing after the other.
  const facets = Promise.race([coming, waiting.promise]).then(() => countsOf(view)).then((counts) => withOtherValues(counts, view, countsOf));
  facets.catch(() => {}); // told to who waits for them; where the list fails, nobody does
  const first = await coming;
  const items = new Array(first.cards);
  const places = makePlaces();
  const asked = new Map(); // number of a page -> when it has come
  let pause = 0;

  function take(number, { records }) {
    records.forEach(({ variants, ...record }, at) => {
      items[places.ofCard(number * page + at)] ??= { record, variants: variants.map((each) => ({ record: each })) };
    });
  }

  function load(number) {
    if (!asked.has(number)) {
      asked.set(number, ask(number * page).then((found) => {
        take(number, found);
        onLoaded();
      }, () => asked.delete(number))); // asked again when it is next in sight
    }
    return asked.get(number);
  }

  /** Load all items from one index to another, a few pages at a time. */
  async function fill(from, to) {
    const last = Math.floor(places.card(to) / page);
    for (let number = Math.floor(places.card(from) / page); number <= last; number += 4) {
      await Promise.all([0, 1, 2, 3].map((more) => number + more <= last && load(number + more)));
    }
  }

  /** Load the pages of `indices` once scrolling rests: what only flies by is not asked for. */
  function need(indices) {
    clearTimeout(pause);
    pause = setTimeout(() => {
      const pages = new Set(indices.map((index) => Math.floor(places.card(index) / page)));
      for (const number of pages) load(number);
    }, 60);
  }
  asked.set(0, Promise.resolve());
  take(0, first);
  return { items, total: first.cards, models: first.total, ranked: first.total, facets, good: true, searched: false, need, fill, unfolded: places.unfold };
}

async function early(values, signal, onEarly) {
  try {
    const { records } = await api.records(values, signal);
    onEarly(records.map((record) => ({ record })));
  } catch {
    // What goes wrong is said by the list that is waited for.
  }
}

/** Where the server's cards stand among the items, some of which were unfolded into several. */
function makePlaces() {
  const unfolded = []; // { card, more }: how many items more than one it takes
  const before = (card) => unfolded.reduce((sum, each) => sum + (each.card < card ? each.more : 0), 0);
  const card = (index) => {
    let found = index;
    for (const each of unfolded) if (found > each.card) found = Math.max(each.card, found - each.more);
    return found;
  };
  return {
    card,
    ofCard: (number) => number + before(number),
    unfold(index, more) {
      unfolded.push({ card: card(index), more });
      unfolded.sort((a, b) => a.card - b.card);
    },
  };
}

/** Of words that found nothing together: up to three that find something alone. */
export async function wordsThatMatch({ words }, list) {
  const each = [...new Set(words.trim().split(/\s+/))].filter((word) => /^[\p{L}\p{N}]{2,}$/u.test(word)).slice(0, 6);
  if (list.good || each.length < 2) return [];
  const found = await Promise.all(each.map((word) => api.search({ words: word, k: 1, mode: "words" })));
  return each.filter((_, index) => found[index].hits.length && found[index].good_match).slice(0, 3).reverse();
}
