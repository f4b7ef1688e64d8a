// What of the map is seen: its middle, and a zoom of 1 for all of it.

const zooms = [0.8, 80];
const margin = 0.94;

const within = (value, low, high) => Math.min(high, Math.max(low, value));

/** Sees the whole map. */
export const whole = { x: 0.5, y: 0.5, zoom: 1 };

/** A camera kept where there is something to see. */
export const kept = ({ x, y, zoom }) => ({ x: within(x, 0, 1), y: within(y, 0, 1), zoom: within(zoom, ...zooms) });

/** Pixels for the side of the square. */
export const scaleOf = (camera, { width, height }) => Math.min(width, height) * margin * camera.zoom;

/** From places to pixels of a canvas: { x(place), y(place), scale }. */
export function projection(camera, size) {
  const scale = scaleOf(camera, size);
  return { scale, x: (place) => (place - camera.x) * scale + size.width / 2, y: (place) => (place - camera.y) * scale + size.height / 2 };
}

/** The place under a pixel. */
export function placeAt(camera, size, [x, y]) {
  const scale = scaleOf(camera, size);
  return [(x - size.width / 2) / scale + camera.x, (y - size.height / 2) / scale + camera.y];
}

/** The camera moved by pixels. */
export const moved = (camera, size, dx, dy) => kept({ ...camera, x: camera.x - dx / scaleOf(camera, size), y: camera.y - dy / scaleOf(camera, size) });

/** The camera with its zoom times a factor; what is under a pixel stays there. */
export function zoomed(camera, size, factor, pixel) {
  const [x, y] = placeAt(camera, size, pixel);
  const { zoom } = kept({ ...camera, zoom: camera.zoom * factor });
  const by = camera.zoom / zoom;
  return kept({ x: x + (camera.x - x) * by, y: y + (camera.y - y) * by, zoom });
}

/** As an address has it, "0.512,0.43,2.5"; null for the whole map. */
export const textOf = ({ x, y, zoom }) => (zoom === 1 && x === 0.5 && y === 0.5 ? null : [x.toFixed(4), y.toFixed(4), zoom.toPrecision(3)].join(","));

/** The camera that a text names; of the whole map where it names none. */
export function readCamera(text) {
  const [x, y, zoom] = (text ?? "").split(",").map(Number);
  return [x, y, zoom].every(Number.isFinite) && zoom > 0 ? kept({ x, y, zoom }) : whole;
}
