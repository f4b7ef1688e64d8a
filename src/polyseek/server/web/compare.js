// Two models side by side at one scale, seen from one camera, with what differs between them.
import * as api from "./api.js";
import { headOf } from "./dialog.js";
import { make } from "./elements.js";
import { count, length, nearness } from "./numbers.js";
import { pictures, startViewer, viewerBar } from "./stage.js";
import { say } from "./words.js";

/** Show two records in `dialog`; `onClose()` when it is closed. */
export async function drawCompare(dialog, pair, onClose) {
  const plate = make("div", "plate pair");
  plate.append(...pair.map(pictures));
  const names = make("div", "names");
  names.append(...pair.map((record) => make("h3", "", record.name)));
  dialog.replaceChildren(headOf(dialog, say("compare")), names, plate, differences(pair));
  if (!dialog.open) dialog.showModal();
  let viewer = null;
  dialog.addEventListener("close", () => {
    viewer?.dispose();
    onClose();
  }, { once: true });
  startViewer(plate, pair).then((started) => {
    if (!started) return;
    viewer = started;
    plate.after(viewerBar(started, plate));
  });
  const [one, other] = pair;
  const found = await api.similar(one.id, 200);
  const hit = found.hits.find(({ id }) => id === other.id);
  names.after(make("p", "hint", hit ? `${say(nearness(hit.score))} (${hit.score.toFixed(2)})` : say("farApart")));
}

function differences([a, b]) {
  const rows = [
    [say("size"), ...[a, b].map(({ size_metres }) => size_metres.map(length).join(" × "))],
    [say("triangles"), count(a.triangles), count(b.triangles)],
    [say("vertices"), count(a.vertices), count(b.vertices)],
    [say("parts"), count(a.parts), count(b.parts)],
    [say("format"), a.format, b.format],
    [say("has_texture"), ...[a, b].map(({ has_texture }) => say(has_texture ? "yes" : "no"))],
    [say("watertight"), ...[a, b].map(({ watertight }) => say(watertight ? "yes" : "no"))],
    [say("sameBytes"), say(a.digest === b.digest ? "yes" : "no"), ""],
    [say("licence"), a.licence ?? say("notStated"), b.licence ?? say("notStated")],
    [say("path"), a.path, b.path],
  ];
  const table = make("table", "differences");
  for (const [name, one, other] of rows) {
    const row = make("tr", one === other ? "" : "differs");
    const head = make("th", "", name);
    head.scope = "row";
    row.append(head, make("td", "", one), make("td", "", other));
    table.append(row);
  }
  return table;
}
