// The map of the library: like models beside like. Moved, zoomed and pointed at; a lasso selects.
import * as api from "../api.js";
import { iconButton, make } from "../elements.js";
import { models } from "../numbers.js";
import { say } from "../words.js";
import { moved, placeAt, projection, readCamera, textOf, whole, zoomed } from "./camera.js";
import { roomOf, takeMap, within } from "./data.js";
import { bindHand } from "./hand.js";
import { dotColours, inks, paint } from "./paint.js";
import { makePictures } from "./pictures.js";

const again = 1500; // milliseconds until a map that is being drawn is asked for again
const reach = 14; // pixels from a dot that still mean it
const signs = {
  mapIn: "M12 5v14M5 12h14", mapOut: "M5 12h14", mapWhole: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  mapLasso: "M7 17c-3-1-4-3-4-6 0-4 4-7 9-7s9 3 9 6-4 6-9 6c-2 0-4 0-5 1-2 2 2 3 1 5",
};

/**
 * A map in `root`. `onOpen(id)` when a model is clicked; `onChoose(id)` when it is Ctrl-clicked; `onLasso(ids)`;
 * `onCamera(text)` when it has been moved: what the address says of it; `onDrawn()` when another map has come: what
 * shines on it is to be said anew.
 */
export function makeMap(root, { onOpen, onChoose, onLasso, onCamera, onDrawn }) {
  const canvas = make("canvas");
  const card = make("div", "mapcard");
  const note = make("p", "mapnote");
  const tools = make("div", "maptools");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  card.setAttribute("role", "status");
  card.hidden = true;
  root.append(canvas, card, note, tools);

  let map = null;
  let camera = whole;
  let lit = null;
  let room = new Float32Array();
  let order = [];
  let colours = [];
  let ink = inks(canvas);
  let marked = { open: null, selected: [] };
  let current = null; // the model under the pointer, or in the middle for the keyboard
  let lasso = null;
  let shown = [];
  let visible = false;
  let timer = 0;
  let settle = 0;
  const pictures = makePictures(() => draw());
  const size = () => ({ width: root.clientWidth, height: root.clientHeight });

  let asked = false;
  function draw() {
    if (asked || !visible) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      if (!visible || !root.clientWidth) return;
      const scene = { map, camera, size: size(), lit, room, colours, order, ink, picture: (at) => pictures.of(map.ids[at]), selected: marked.selected, open: marked.open, current, lasso };
      shown = paint(canvas, scene);
      pictures.load();
      root.dataset.pictures = shown.length;
    });
  }

  /** What stays the same while the camera moves. */
  function arrange() {
    if (!map) return;
    room = roomOf(map, lit);
    colours = dotColours(map, ink);
    order = Array.from(colours.keys()).sort((a, b) => (colours[a] < colours[b] ? -1 : colours[a] > colours[b] ? 1 : a - b));
    canvas.ariaLabel = say("mapLabel", { models: models(map.n) });
    root.dataset.lit = lit ? lit.reduce((sum, each) => sum + each, 0) : map.n;
    draw();
  }

  async function load() {
    clearTimeout(timer);
    try {
      const body = await api.map();
      if (body.version !== map?.version) {
        map = takeMap(body);
        light(litBy);
        arrange();
        onDrawn();
      }
      root.dataset.state = body.state;
      note.textContent = body.state === "empty" ? say("mapEmpty") : body.state === "drawing" ? say(map.n ? "mapOlder" : "mapDrawing") : "";
      if (body.state === "drawing" && visible) timer = setTimeout(load, again);
    } catch (error) {
      note.textContent = error instanceof TypeError ? say("gone") : say("failed", { reason: error.message });
      if (visible) timer = setTimeout(load, 3 * again);
    }
  }

  function look(next) {
    camera = next;
    draw();
    clearTimeout(settle);
    settle = setTimeout(() => onCamera(textOf(camera)), 250);
  }

  function nearest(pixel, most = reach) {
    if (!map) return null;
    const framed = shown.findLast(({ x, y, side }) => Math.abs(x - pixel[0]) < side / 2 && Math.abs(y - pixel[1]) < side / 2);
    if (framed && most === reach) return framed.at;
    const view = projection(camera, size());
    let [best, far] = [null, most];
    for (let at = 0; at < map.n; at++) {
      if (lit && !lit[at]) continue;
      const apart = Math.hypot(view.x(map.xs[at]) - pixel[0], view.y(map.ys[at]) - pixel[1]);
      if (apart < far) [best, far] = [at, apart];
    }
    return best;
  }

  let naming = 0;
  function point(at) {
    if (at === current) return;
    current = at;
    canvas.style.cursor = at == null ? "" : "pointer";
    clearTimeout(naming);
    card.hidden = at == null;
    draw();
    if (at == null) return;
    const id = map.ids[at];
    const picture = make("img");
    picture.src = api.thumbnail(id);
    picture.alt = "";
    const name = make("span", "name", "\u00a0");
    card.replaceChildren(picture, name);
    place(at);
    naming = setTimeout(async () => {
      try {
        name.textContent = (await api.record(id)).name;
      } catch {
        name.textContent = say("missing"); // taken out since the map was drawn
      }
    }, 60);
  }

  /** Put the card beside its model, inside the map. */
  function place(at) {
    const view = projection(camera, size());
    const [x, y] = [view.x(map.xs[at]), view.y(map.ys[at])];
    const { width, height } = size();
    const [wide, high] = [card.offsetWidth, card.offsetHeight];
    const left = x + 40 + wide > width ? x - 40 - wide : x + 40;
    card.style.transform = `translate(${Math.max(8, Math.min(width - wide - 8, left))}px, ${Math.max(8, Math.min(height - high - 8, y - high / 2))}px)`;
  }

  const middle = () => [root.clientWidth / 2, root.clientHeight / 2];
  const byKey = () => point(nearest(middle(), Infinity));
  const hold = { inLasso: false };
  const act = {
    move(dx, dy, keyed) {
      look(moved(camera, size(), dx, dy));
      if (keyed) byKey();
      else point(null);
    },
    zoom(factor, pixel, keyed) {
      look(zoomed(camera, size(), factor, pixel));
      if (keyed) byKey();
      else point(null);
    },
    hover: (pixel) => point(pixel && nearest(pixel)),
    click(pixel, event) {
      const at = nearest(pixel);
      if (at == null) return;
      if (event.ctrlKey || event.metaKey || event.shiftKey) onChoose(map.ids[at]);
      else onOpen(map.ids[at]);
    },
    lasso(points) {
      lasso = points?.map((pixel) => placeAt(camera, size(), pixel)) ?? null;
      draw();
    },
    lassoed(points) {
      const polygon = points.map((pixel) => placeAt(camera, size(), pixel));
      lasso = null;
      draw();
      const found = map ? within(map, polygon).filter((at) => !lit || lit[at]) : [];
      if (found.length) onLasso(found.map((at) => map.ids[at]));
    },
    fit: () => look(whole),
    step() { if (current != null) onOpen(map.ids[current]); },
    choose() { if (current != null) onChoose(map.ids[current]); },
  };
  bindHand(canvas, act, () => hold.inLasso);
  canvas.addEventListener("focus", () => { if (canvas.matches(":focus-visible")) byKey(); });
  canvas.addEventListener("blur", () => point(null));

  const lassoButton = iconButton(signs.mapLasso, say("mapLasso"), () => {
    hold.inLasso = !hold.inLasso;
    lassoButton.ariaPressed = hold.inLasso;
    canvas.classList.toggle("drawing", hold.inLasso);
  });
  lassoButton.ariaPressed = false;
  tools.append(
    iconButton(signs.mapIn, say("mapIn"), () => act.zoom(1.6, middle())), iconButton(signs.mapOut, say("mapOut"), () => act.zoom(1 / 1.6, middle())),
    iconButton(signs.mapWhole, say("mapWhole"), act.fit), lassoButton,
  );

  function recolour() {
    ink = inks(canvas);
    arrange();
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  new ResizeObserver(draw).observe(root);

  let litBy = null;
  function light(ids) {
    litBy = ids;
    lit = ids && map ? new Uint8Array(map.n) : null;
    if (lit) for (const id of ids) if (map.index.has(id)) lit[map.index.get(id)] = 1;
  }

  return {
    /** Show the map as `text` of the address says, or hide it (undefined). */
    show(text) {
      const before = visible;
      visible = text !== undefined;
      root.hidden = !visible;
      if (!visible) return clearTimeout(timer);
      clearTimeout(settle);
      if (text !== textOf(camera)) camera = readCamera(text);
      draw();
      if (!before) {
        ink = inks(canvas);
        load();
      }
      return undefined;
    },
    /** The library may have changed: look whether there is another map. */
    refresh() { if (visible) load(); },
    /** The models that are looked at, by id, the others dimmed; null: all. */
    light(ids) {
      light(ids);
      arrange();
    },
    /** The models at the server's `matches`; null where there are none, or they are of another map. */
    idsOf: (found) => (found && found.version === map?.version ? found.matches.map((at) => map.ids[at]) : null),
    /** `open`: the id of the opened model; `selected`: the ids of the selected ones. */
    mark(open, selected) {
      marked = { open, selected };
      root.dataset.selected = selected.length;
      draw();
    },
  };
}
