// One model: its picture, facts, measures, tags, and what is like it.
import * as api from "./api.js";
import { bytes, count, length } from "./numbers.js";
import { say } from "./words.js";

let viewer = null; // at most one is alive: browsers allow few WebGL contexts

/** Draw a record into `root`. `actions`: onClose, onLike(record), onOpen(record), onChanged(). */
export async function drawDetail(root, record, actions) {
  closeDetail();
  const plate = pictures(record);
  root.replaceChildren(head(record, actions), plate, buttons(record, actions), tags(record, actions), facts(record), measures(record));
  if (record.warnings.length) root.append(warnings(record));
  const strip = make("section", "strip");
  strip.append(make("h3", "", say("like")));
  const row = make("div", "row");
  strip.append(row);
  root.append(strip);
  if (record.status === "present") startViewer(plate, record);
  const found = await api.similar(record.id, 8);
  row.append(...found.hits.map((hit) => neighbour(hit, actions)));
}

function head(record, { onClose }) {
  const top = make("div", "top");
  const title = make("h2", "", record.name);
  const close = button("×", onClose);
  close.className = "close";
  close.ariaLabel = say("close");
  top.append(title, close);
  return top;
}

function pictures(record) {
  const plate = make("div", "plate large");
  for (const name of ["front", "back"]) {
    const picture = make("img");
    picture.src = api.thumbnail(record.id, name);
    picture.alt = `${record.name}, ${say(name)}`;
    plate.append(picture);
  }
  return plate;
}

/** Give back what the open model's viewer holds. */
export function closeDetail() {
  viewer?.dispose();
  viewer = null;
}

/** Turn the pictures into a model that can be turned; they stay where WebGL is missing or the model is too large. */
async function startViewer(plate, record) {
  if (record.triangles + record.vertices > 2_000_000) return;
  const { showModel } = await import("./built/viewer.js");
  const stage = make("div", "stage");
  plate.append(stage);
  try {
    const started = await showModel(stage, api.glb(record.id));
    if (!plate.isConnected) return started.dispose();
    viewer = started;
    plate.classList.add("live");
    plate.after(viewerBar(started));
  } catch (error) {
    stage.remove();
    const note = make("p", "hint", say("noViewer", { reason: error.message }));
    plate.after(note);
  }
}

function viewerBar(shown) {
  const bar = make("div", "buttons viewer");
  const modes = ["material", "wireframe", "normals"].map((mode) => {
    const choice = button(say(mode), () => {
      shown.shade(mode);
      for (const each of modes) each.ariaPressed = each === choice;
    });
    choice.ariaPressed = mode === "material";
    return choice;
  });
  const grid = button(say("grid", { step: length(shown.step) }), () => {
    grid.ariaPressed = grid.ariaPressed !== "true";
    shown.grid(grid.ariaPressed === "true");
  });
  grid.ariaPressed = true;
  bar.append(...modes, grid, button(say("reset"), () => shown.reset()));
  return bar;
}

function buttons(record, { onLike }) {
  const row = make("div", "buttons");
  const copy = button(say("copyPath"), async () => {
    await navigator.clipboard.writeText(record.path);
    copy.textContent = say("copied");
    setTimeout(() => { copy.textContent = say("copyPath"); }, 1500);
  });
  const save = make("a", "button", say("download"));
  save.href = api.glb(record.id);
  save.download = `${record.name}.glb`;
  const like = button(say("like"), () => onLike(record));
  like.classList.add("first");
  row.append(like, copy, save);
  return row;
}

function tags(record, { onChanged }) {
  const row = make("div", "chips tags");
  for (const { tag } of record.tags) {
    const chip = button(`${tag} ×`, async () => {
      await api.tag([record.id], [], [tag]);
      onChanged();
    });
    chip.className = "chip";
    chip.ariaLabel = say("removeTag", { tag });
    row.append(chip);
  }
  const form = make("form");
  const input = make("input");
  input.placeholder = say("addTag");
  input.ariaLabel = say("addTag");
  input.maxLength = 60;
  form.append(input);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!input.value.trim()) return;
    await api.tag([record.id], [input.value.trim()], []);
    onChanged();
  });
  const undo = button(say("undo"), async () => {
    await api.undo();
    onChanged();
  });
  undo.className = "quiet";
  row.append(form, undo);
  return row;
}

function facts(record) {
  const up = record.up_by === "guess" ? say("guess", { sure: `${Math.round(record.up_confidence * 100)} %` }) : say(`by_${record.up_by}`);
  return list([
    record.status === "missing" && [say("status"), say("missing")],
    [say("size"), record.size_metres.map(length).join(" × ")],
    [say("triangles"), count(record.triangles)],
    [say("vertices"), count(record.vertices)],
    [say("parts"), count(record.parts)],
    [say("format"), `${record.format}, ${bytes(record.bytes)}`],
    [say("has_texture"), say(record.has_texture ? "yes" : "no")],
    [say("animated"), say(record.animated ? "yes" : "no")],
    [say("watertight"), say(record.watertight ? "yes" : "no")],
    [say("up"), `${record.up.toUpperCase()} (${up})`],
    record.colours.length && [say("colours"), swatches(record.colours)],
    [say("licence"), record.licence ?? say("notStated")],
    [say("path"), record.path],
  ]);
}

function measures(record) {
  const box = make("details");
  box.append(make("summary", "", say("measures")));
  const rows = Object.entries(record.measures).map(([name, value]) => [name.replaceAll("_", " "), value == null ? `${say("notStated")} (${say("open")})` : Number(value.toPrecision(5)).toString()]);
  box.append(list(rows));
  return box;
}

function warnings(record) {
  const box = make("section", "warnings");
  box.append(make("h3", "", say("warnings")));
  const items = make("ul");
  items.append(...record.warnings.map((text) => make("li", "", text)));
  box.append(items);
  return box;
}

function neighbour(hit, { onOpen }) {
  const card = button("", () => onOpen(hit.record));
  card.className = "near";
  card.title = `${hit.name}: ${hit.why}`;
  const picture = make("img");
  picture.src = api.thumbnail(hit.id);
  picture.alt = hit.name;
  card.append(picture);
  return card;
}

function swatches(colours) {
  const canvas = document.createElement("canvas");
  canvas.width = colours.length * 20;
  canvas.height = 16;
  canvas.role = "img";
  canvas.ariaLabel = colours.join(", ");
  const pen = canvas.getContext("2d");
  colours.forEach((colour, index) => {
    pen.fillStyle = colour;
    pen.fillRect(index * 20, 0, 18, 16);
  });
  return canvas;
}

function list(rows) {
  const table = make("dl");
  for (const [label, value] of rows.filter(Boolean)) {
    const cell = make("dd");
    cell.append(value);
    table.append(make("dt", "", label), cell);
  }
  return table;
}

function button(text, onClick) {
  const element = make("button", "button", text);
  element.type = "button";
  element.addEventListener("click", onClick);
  return element;
}

function make(kind, className = "", text = "") {
  const element = document.createElement(kind);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}
