// A sheet to draw on: what is drawn becomes a picture that is searched by.
import { headOf } from "./dialog.js";
import { button, make } from "./elements.js";
import { say } from "./words.js";

const side = 512;
const ink = 5;

/** Open the sheet; `onDrawn(file)` with the drawing as a PNG. */
export function openSketch(dialog, onDrawn) {
  const strokes = [];
  const canvas = make("canvas", "sketch");
  canvas.width = canvas.height = side;
  canvas.setAttribute("role", "img");
  canvas.ariaLabel = say("sketchHint");
  const redraw = () => paint(canvas.getContext("2d"), strokes);
  const back = button(say("undo"), () => { strokes.pop(); redraw(); });
  const clear = button(say("clearSheet"), () => { strokes.length = 0; redraw(); });
  const done = button(say("search"), () => {
    if (!strokes.length) return;
    canvas.toBlob((blob) => {
      dialog.close();
      onDrawn(new File([blob], `${say("sketchName")}.png`, { type: "image/png" }));
    }, "image/png");
  }, "button first");
  const row = make("div", "buttons");
  row.append(done, back, clear);
  dialog.replaceChildren(headOf(dialog, say("sketch")), make("p", "hint", say("sketchHint")), canvas, row);
  bindPen(canvas, strokes, redraw);
  redraw();
  dialog.showModal();
}

function paint(context, strokes) {
  context.fillStyle = "#fff";
  context.fillRect(0, 0, side, side);
  Object.assign(context, { strokeStyle: "#111", fillStyle: "#111", lineWidth: ink, lineCap: "round", lineJoin: "round" });
  for (const [[x, y], ...others] of strokes) {
    context.beginPath();
    context.moveTo(x, y);
    for (const [a, b] of others) context.lineTo(a, b);
    if (!others.length) context.lineTo(x, y + 0.1); // a dot
    context.stroke();
  }
}

function bindPen(canvas, strokes, redraw) {
  const at = ({ offsetX, offsetY }) => [offsetX * side / canvas.clientWidth, offsetY * side / canvas.clientHeight];
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    strokes.push([at(event)]);
    redraw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    strokes.at(-1).push(at(event));
    redraw();
  });
}
