// Painting the map: a dot a model in the model's own colour, pictures where there is room, names of regions.
import { projection } from "./camera.js";

const gap = 1.16; // pictures stand this far apart, of their side
const outlined = 2000; // models that are looked at, among the others: so few are drawn so that none is missed
const parse = (text) => text.match(/[\d.]+/g).map(Number);
const light = ([r, g, b]) => (0.299 * r + 0.587 * g + 0.114 * b) / 255;

/** Side of the pictures at a zoom, in pixels. */
export const pictureSide = (zoom, { width }) => Math.min(120, (width < 600 ? 36 : 44) * zoom ** 0.4);

/** The page's colours as a canvas takes them, from an element that wears them. */
export function inks(element) {
  const style = getComputedStyle(element);
  return { text: style.color, ground: style.backgroundColor, accent: style.outlineColor, quiet: style.caretColor, plate: style.columnRuleColor };
}

/** The dots' colours: models' own, moved away from the ground where they would vanish on it. */
export function dotColours(map, ink) {
  const [ground, quiet] = [parse(ink.ground), parse(ink.quiet)];
  const made = new Map();
  return map.colours.map((hex) => {
    if (!made.has(hex)) made.set(hex, dotColour(hex, ground, quiet));
    return made.get(hex);
  });
}

function dotColour(hex, ground, quiet) {
  if (hex === "------") return `rgb(${quiet.slice(0, 3)})`;
  const own = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const near = Math.max(0, 1 - Math.abs(light(own) - light(ground)) / 0.35);
  return `rgb(${own.map((value, at) => Math.round(value + (quiet[at] - value) * 0.7 * near))})`;
}

/**
 * Paint all of it. Returns the pictures that were painted, [{ at, x, y, side }] by their middle.
 * `scene`: { map, camera, size, lit, room, colours, order, ink, picture(at), selected(id), open, current, lasso }.
 */
export function paint(canvas, scene) {
  const { size, camera, ink } = scene;
  const ratio = devicePixelRatio || 1;
  if (canvas.width !== Math.round(size.width * ratio) || canvas.height !== Math.round(size.height * ratio)) {
    canvas.width = Math.round(size.width * ratio);
    canvas.height = Math.round(size.height * ratio);
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, size.width, size.height);
  if (!scene.map?.n) return [];
  const view = projection(camera, size);
  paintDots(pen, scene, view);
  const shown = paintPictures(pen, scene, view);
  paintMarks(pen, scene, view, shown);
  paintRegions(pen, scene, view, shown);
  if (scene.lasso) paintLasso(pen, scene.lasso, view, ink);
  return shown;
}

const dotRadius = ({ map, camera }) => Math.min(7, (map.n > 20_000 ? 1.1 : map.n > 2000 ? 2 : 3) * camera.zoom ** 0.45);

function paintDots(pen, scene, view) {
  const { map, size, lit, colours, order } = scene;
  for (const bright of lit ? [false, true] : [true]) {
    const few = lit && bright && numberOf(lit) < outlined;
    const radius = few ? Math.max(3.5, dotRadius(scene) * 1.6) : dotRadius(scene) * (lit && bright ? 1.4 : 1);
    pen.globalAlpha = bright ? 0.9 : 0.14;
    pen.strokeStyle = scene.ink.quiet;
    pen.lineWidth = 1;
    let ink = null;
    for (const at of order) {
      if (lit && Boolean(lit[at]) !== bright) continue;
      const [x, y] = [view.x(map.xs[at]), view.y(map.ys[at])];
      if (x < -8 || y < -8 || x > size.width + 8 || y > size.height + 8) continue;
      if (colours[at] !== ink) pen.fillStyle = ink = colours[at];
      if (radius < 1.6) {
        pen.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
      } else {
        pen.beginPath();
        pen.arc(x, y, radius, 0, 7);
        pen.fill();
        if (few) pen.stroke();
      }
    }
  }
  pen.globalAlpha = 1;
}

const numberOf = (lit) => lit.reduce((sum, each) => sum + each, 0);

function paintPictures(pen, { map, camera, size, room, ink, picture }, view) {
  const side = pictureSide(camera.zoom, size);
  const needed = (side * gap) / view.scale;
  const shown = [];
  for (let at = 0; at < map.n; at++) {
    if (room[at] < needed) continue;
    const [x, y] = [view.x(map.xs[at]), view.y(map.ys[at])];
    if (x < -side || y < -side || x > size.width + side || y > size.height + side) continue;
    const image = picture(at);
    if (!image) continue;
    pen.fillStyle = ink.plate;
    pen.beginPath();
    pen.roundRect(x - side / 2, y - side / 2, side, side, side / 8);
    pen.fill();
    pen.drawImage(image, x - side / 2, y - side / 2, side, side);
    shown.push({ at, x, y, side });
  }
  return shown;
}

function paintMarks(pen, scene, view, shown) {
  const { map, size, selected, open, current, ink } = scene;
  const around = dotRadius(scene) + 2.5;
  const pictures = new Map(shown.map((each) => [each.at, each]));
  const ring = (at, colour, wide) => {
    const [x, y] = [view.x(map.xs[at]), view.y(map.ys[at])];
    if (x < -60 || y < -60 || x > size.width + 60 || y > size.height + 60) return;
    const framed = pictures.get(at);
    pen.strokeStyle = colour;
    pen.lineWidth = wide;
    pen.beginPath();
    if (framed) pen.roundRect(x - framed.side / 2, y - framed.side / 2, framed.side, framed.side, framed.side / 8);
    else pen.arc(x, y, around, 0, 7);
    pen.stroke();
  };
  for (const id of selected) if (map.index.has(id)) ring(map.index.get(id), ink.accent, 2);
  if (map.index.has(open)) ring(map.index.get(open), ink.text, 2.5);
  if (current != null) ring(current, ink.quiet, 2);
}

function paintRegions(pen, { map, camera, size, ink, lit }, view, shown) {
  const most = Math.log2(camera.zoom) + 2;
  const pictures = new Map(shown.map((each) => [each.at, each]));
  const taken = [];
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.lineWidth = 4;
  for (const region of map.regions) {
    if (region.level > most) continue;
    const big = region.level + 1 < most;
    pen.font = `${big ? 600 : 500} ${big ? 15 : 13}px system-ui, sans-serif`;
    // Its model's picture gets it for a caption.
    const framed = pictures.get(map.index.get(region.example));
    const x = framed?.x ?? view.x(region.x);
    const y = framed ? framed.y + framed.side / 2 + 9 : view.y(region.y);
    const [wide, high] = [pen.measureText(region.words).width / 2 + 10, 13];
    if (x < wide - 6 || y < high || x > size.width - wide + 6 || y > size.height - high) continue;
    // Written over another model's picture it would name that one.
    if (!framed && shown.some((each) => Math.abs(each.x - x) < each.side / 2 + wide - 10 && Math.abs(each.y - y) < each.side / 2 + 7)) continue;
    if (taken.some((other) => Math.abs(other.x - x) < other.wide + wide && Math.abs(other.y - y) < 2 * high)) continue;
    taken.push({ x, y, wide });
    pen.globalAlpha = lit ? 0.55 : 1;
    pen.strokeStyle = ink.ground;
    pen.strokeText(region.words, x, y);
    pen.fillStyle = ink.text;
    pen.fillText(region.words, x, y);
  }
  pen.globalAlpha = 1;
}

function paintLasso(pen, lasso, view, ink) {
  pen.beginPath();
  lasso.forEach(([x, y]) => pen.lineTo(view.x(x), view.y(y)));
  pen.closePath();
  pen.fillStyle = pen.strokeStyle = ink.accent;
  pen.globalAlpha = 0.12;
  pen.fill();
  pen.globalAlpha = 1;
  pen.lineWidth = 1.5;
  pen.setLineDash([5, 4]);
  pen.stroke();
  pen.setLineDash([]);
}
