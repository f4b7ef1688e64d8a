// One model: its picture, facts, measures, tags, and what is like it.
import * as api from "./api.js";
import { dragOut, fileName } from "./card.js";
import { button, make } from "./elements.js";
import { facts, measures, warnings } from "./facts.js";
import { toast } from "./message.js";
import { nearness } from "./numbers.js";
import { changeTags, copyPaths, suggestTags } from "./selection.js";
import { partTree, pictures, startViewer, viewerBar } from "./stage.js";
import { say } from "./words.js";

let viewer = null; // at most one is alive: browsers allow few WebGL contexts

/** Draw a record into `root`. `actions`: onClose(), onTerm(record, weight), onOpen(id), onCompare(record), onTag(tag), onChanged(), suggests(), hitOf(id). */
export async function drawDetail(root, record, actions) {
  closeDetail();
  const plate = pictures(record);
  const row = make("div", "row");
  const strip = make("section", "strip");
  strip.append(make("h3", "", say("likeThis")), row);
  const parts = make("div");
  root.replaceChildren(head(record, actions), ...reasonOf(record, actions.hitOf), plate, buttons(record, actions), tags(record, actions), facts(record), parts, measures(record));
  if (record.warnings.length) root.append(warnings(record));
  root.append(strip);
  root.scrollTop = 0;
  startViewer(plate, [record]).then((started) => {
    if (!started) return;
    viewer = started;
    plate.after(viewerBar(started, plate));
    const tree = partTree(started);
    if (tree) parts.replaceWith(tree);
    else parts.remove();
  });
  const found = await api.similar(record.id, 8);
  row.append(...found.hits.map((hit) => neighbour(hit, actions)));
}

/** Draw the tags again after they have changed; the viewer stays as it is. */
export function redrawTags(root, record, actions) {
  root.querySelector(".tags")?.replaceWith(tags(record, actions));
}

/** Give back what the open model's viewer holds. */
export function closeDetail() {
  viewer?.dispose();
  viewer = null;
}

function head(record, { onClose }) {
  const top = make("div", "top");
  const close = button("×", onClose, "close");
  close.ariaLabel = say("close");
  top.append(make("h2", "", record.name), close);
  return top;
}

/** Why the search that is shown has found it; nothing where none has. */
function reasonOf(record, hitOf) {
  const hit = hitOf(record.id);
  return hit?.why ? [make("p", "hint reason", hit.why)] : [];
}

function buttons(record, { onTerm, onCompare }) {
  const row = make("div", "buttons");
  const save = make("a", "button", say("download"));
  save.href = api.glb(record.id);
  save.download = fileName(record);
  save.addEventListener("dragstart", (event) => dragOut(event, record));
  row.append(
    button(say("like"), () => onTerm(record, 1), "button first"), button(say("unlike"), () => onTerm(record, -1)),
    button(say("compareWith"), () => onCompare(record)), button(say("copyPath"), () => copyPaths([record])),
  );
  if (record.status === "present") row.append(button(say("openFolder"), () => openFolder(record), "button reveals"), save);
  return row;
}

function tags(record, { onChanged, onTag, suggests }) {
  const row = make("div", "chips tags");
  for (const { tag, by } of record.tags) {
    if (by === "suggested") {
      row.append(suggestion(record, tag, onChanged));
      continue;
    }
    const chip = make("span", "chip part");
    const remove = button("×", () => changeTags([record], [], [tag], onChanged), "remove");
    remove.ariaLabel = say("removeTag", { tag });
    const name = button(tag, () => onTag(tag), "label");
    name.title = say("include", { value: tag });
    chip.append(name, remove);
    row.append(chip);
  }
  const form = make("form");
  const input = make("input");
  input.placeholder = say("addTag");
  input.ariaLabel = say("addTag");
  input.maxLength = 60;
  form.append(input);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const tag = input.value.trim();
    if (tag) changeTags([record], [tag], [], onChanged);
  });
  row.append(form);
  if (suggests()) row.append(button(say("suggestTags"), () => suggestTags([record], onChanged), "chip quietly"));
  return row;
}

/** A tag that was only suggested: one button makes it the person's, the other takes it away for good. */
function suggestion(record, tag, onChanged) {
  const chip = make("span", "chip part suggested");
  chip.title = say("suggested");
  const accept = button("✓", () => changeTags([record], [tag], [], onChanged), "accept");
  accept.ariaLabel = say("acceptTag", { tag });
  const reject = button("×", () => changeTags([record], [], [tag], onChanged), "remove");
  reject.ariaLabel = say("rejectTag", { tag });
  chip.append(make("span", "", `${tag}?`), accept, reject);
  return chip;
}

async function openFolder({ id }) {
  try {
    await api.reveal(id);
  } catch (error) {
    toast(say("failed", { reason: error.message }));
  }
}

function neighbour(hit, { onOpen }) {
  const card = button("", () => onOpen(hit.id), "near");
  card.title = `${hit.name}: ${say(nearness(hit.score))} (${hit.score.toFixed(2)})`;
  const picture = make("img");
  picture.src = api.thumbnail(hit.id);
  picture.alt = hit.name;
  card.append(picture);
  return card;
}
