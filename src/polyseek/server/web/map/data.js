// The map's models: where they lie, their colours, and which of them have room for a picture at which zoom.

const side = 65535;
const finest = 1 / 1024; // of the square: what lies closer together never has a picture each

/** { version, state, n, ids, index, xs, ys, colours, regions } of what the API answers; places in [0, 1], y down. */
export function takeMap(body) {
  const n = body.ids.length;
  const [xs, ys] = [new Float32Array(n), new Float32Array(n)];
  const colours = new Array(n);
  for (let at = 0; at < n; at++) {
    xs[at] = body.places[2 * at] / side;
    ys[at] = body.places[2 * at + 1] / side;
    colours[at] = body.colours.slice(6 * at, 6 * at + 6);
  }
  const index = new Map(body.ids.map((id, at) => [id, at]));
  return { version: body.version, state: body.state, n, ids: body.ids, index, xs, ys, colours, regions: body.regions };
}

/** The models in an order that mixes them well and is the same every time; those that stand for a region come first. */
function mixed({ n, regions, index }) {
  const order = Uint32Array.from({ length: n }, (_, at) => at);
  let state = 12345;
  for (let at = n - 1; at > 0; at--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = state % (at + 1);
    [order[at], order[other]] = [order[other], order[at]];
  }
  const first = new Set(regions.map(({ example }) => index.get(example)).filter((at) => at !== undefined));
  return Uint32Array.from([...first, ...order.filter((at) => !first.has(at))]);
}

/**
 * How far each model is from all that come before it: a picture that takes this much of the square is
 * in nobody's way. 0: never. Models come and go with the zoom only, not as the map is moved.
 * `lit`: those that are looked at (1) and not (0); null: all.
 */
export function roomOf(map, lit) {
  const { n, xs, ys } = map;
  const room = new Float32Array(n);
  const order = mixed(map).filter((at) => !lit || lit[at]);
  const accepted = [];
  let waiting = order;
  for (let spacing = 0.25; spacing >= finest && waiting.length; spacing /= 2 ** 0.25) {
    const cell = spacing / Math.SQRT2; // holds one model at most
    const across = Math.ceil(1 / cell) + 1;
    const grid = new Int32Array(across * across).fill(-1);
    const place = (at) => Math.floor(ys[at] / cell) * across + Math.floor(xs[at] / cell);
    const free = (at) => {
      const [column, row] = [Math.floor(xs[at] / cell), Math.floor(ys[at] / cell)];
      for (let y = Math.max(0, row - 2); y <= Math.min(across - 1, row + 2); y++) {
        for (let x = Math.max(0, column - 2); x <= Math.min(across - 1, column + 2); x++) {
          const other = grid[y * across + x];
          if (other >= 0 && Math.hypot(xs[at] - xs[other], ys[at] - ys[other]) < spacing) return false;
        }
      }
      return true;
    };
    for (const at of accepted) grid[place(at)] = at;
    waiting = waiting.filter((at) => {
      if (!free(at)) return true;
      grid[place(at)] = at;
      accepted.push(at);
      room[at] = spacing;
      return false;
    });
  }
  return room;
}

/** The models inside a polygon of [x, y] in [0, 1], by counting the edges to the right of each. */
export function within({ n, xs, ys }, polygon) {
  const found = [];
  for (let at = 0; at < n; at++) {
    let inside = false;
    for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
      const [[x1, y1], [x2, y2]] = [polygon[i], polygon[j]];
      if (y1 > ys[at] !== y2 > ys[at] && xs[at] < ((x2 - x1) * (ys[at] - y1)) / (y2 - y1) + x1) inside = !inside;
    }
    if (inside) found.push(at);
  }
  return found;
}
