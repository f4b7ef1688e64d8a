// Which models are selected, and the bar that does something with all of them.
import * as api from "./api.js";
import { button, make } from "./elements.js";
import { toast } from "./message.js";
import { models } from "./numbers.js";
import { takeOut } from "./removal.js";
import { language, say } from "./words.js";

/** As many as one edit takes. */
export const most = 10_000;

const recordsOf = ({ record, variants = [] }) => [record, ...variants.map((each) => each.record)];

/** The one selection of the page. `onChange()` after every change, `onFull()` where not all fitted in. */
export function makeSelection(onChange, onFull) {
  const records = new Map();
  let anchor = 0;
  let base = null; // what was selected before the range that is being drawn

  const add = (own) => own.forEach((record) => records.set(record.id, record));
  /** Every item in order, until the selection is full. */
  function addAll(items) {
    for (const item of items) {
      if (records.size >= most) return onFull();
      if (item) add(recordsOf(item));
    }
    return undefined;
  }

  const found = {
    has: (id) => records.has(id),
    /** Where the next range begins. */
    get anchor() { return anchor; },
    get size() { return records.size; },
    records: () => [...records.values()],
    /** Ctrl-click: in or out, with all that is folded into the card. */
    toggle(items, index) {
      const own = recordsOf(items[index]);
      if (own.every(({ id }) => records.has(id))) own.forEach(({ id }) => records.delete(id));
      else add(own);
      found.start(index);
      onChange();
    },
    /** Shift-click: from the last one touched to this one, in place of an earlier range from there. */
    extend(items, index) {
      base ??= [...records.values()];
      records.clear();
      add(base);
      addAll(items.slice(Math.min(anchor, index), Math.max(anchor, index) + 1));
      onChange();
    },
    all(items) {
      base = null;
      addAll(items);
      onChange();
    },
    /** A plain click: the next range begins here. */
    start(index) { [anchor, base] = [index, null]; },
    clear() {
      base = null;
      if (!records.size) return;
      records.clear();
      onChange();
    },
  };
  return found;
}

/** Draw the bar of a selection, or nothing. `actions`: onChanged(), onCompare(a, b), onCredits(records), onLike(records), suggests(). */
export function drawSelection(root, selection, actions) {
  root.hidden = selection.size === 0;
  if (root.hidden) return root.replaceChildren();
  const records = selection.records();
  const row = [
    make("strong", "", say("selected", { models: models(selection.size) })), tagForm(records, actions),
    ...(actions.suggests() ? [button(say("suggestTags"), () => suggestTags(records, actions.onChanged))] : []),
    button(say("copyPaths"), () => copyPaths(records)), button(say("like"), () => actions.onLike(records)),
  ];
  if (records.length === 2) row.push(button(say("compare"), () => actions.onCompare(...records)));
  row.push(button(say("credits"), () => actions.onCredits(records)), button(say("takeOut"), () => {
    selection.clear();
    takeOut(records.map(({ id }) => id), actions.onChanged);
  }), button(say("clearSelection"), () => selection.clear(), "button quietly"));
  root.replaceChildren(...row);
}

function tagForm(records, { onChanged }) {
  const form = make("form");
  const input = make("input");
  input.placeholder = say("tagAll");
  input.ariaLabel = say("tagAll");
  input.maxLength = 60;
  form.append(input);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    const tag = text.replace(/^-\s*/, "");
    if (!tag) return;
    input.value = "";
    await changeTags(records, text === tag ? [tag] : [], text === tag ? [] : [tag], onChanged);
  });
  return form;
}

/** Change the tags of some models, and offer to take it back. */
export async function changeTags(records, add, remove, onChanged) {
  try {
    await api.tag(records.map(({ id }) => id), add, remove);
    onChanged();
    const said = say(add.length ? "tagAdded" : "tagRemoved", { tag: (add[0] ?? remove[0]), models: models(records.length) });
    toast(said, say("undo"), async () => {
      await api.undo();
      onChanged();
    });
  } catch (error) {
    toast(say("failed", { reason: error.message }));
  }
}

/** Have tags suggested for some models, and offer to take them back. */
export async function suggestTags(records, onChanged) {
  try {
    const { suggested } = await api.suggest(records.map(({ id }) => id), language);
    if (!suggested.length) return toast(say("nothingSuggested"));
    onChanged();
    toast(say("tagsSuggested", { models: models(suggested.length) }), say("undo"), async () => {
      await api.undo();
      onChanged();
    });
  } catch (error) {
    toast(say("failed", { reason: error.message }));
  }
}

/** Put the paths on the clipboard, one a line. */
export async function copyPaths(records) {
  try {
    await navigator.clipboard.writeText(records.map(({ path }) => path).join("\n"));
    toast(say("pathsCopied", { models: models(records.length) }));
  } catch (error) {
    toast(say("failed", { reason: error.message }));
  }
}
