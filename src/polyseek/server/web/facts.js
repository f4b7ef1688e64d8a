// What is known of one model, in tables: size, counts, frame, colours, measures, notes from reading.
import { list, make } from "./elements.js";
import { bytes, count, length } from "./numbers.js";
import { say } from "./words.js";

/** The table of facts of a record. */
export function facts(record) {
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
    record.added && [say("added"), new Date(record.added).toLocaleDateString()],
    [say("path"), record.path],
  ]);
}

/** The measures of a record, folded away. */
export function measures(record) {
  const box = make("details");
  const rows = Object.entries(record.measures).map(([name, value]) => [
    name.replaceAll("_", " "),
    value == null ? `${say("notStated")} (${say("open")})` : Number(value.toPrecision(5)).toString(),
  ]);
  box.append(make("summary", "", say("measures")), list(rows));
  return box;
}

/** What reading the file had to say, one a line. */
export function warnings(record) {
  const box = make("section", "warnings");
  const items = make("ul");
  items.append(...record.warnings.map((text) => make("li", "", text)));
  box.append(make("h3", "", say("warnings")), items);
  return box;
}

function swatches(colours) {
  const canvas = make("canvas");
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
