// Pictures for the map: those in sight are loaded, once the map rests; the ones used last are kept.
import { thumbnail } from "../api.js";

const most = 800;
const atOnce = 12;
const rest = 90; // milliseconds

/** `of(id)`: the loaded picture or null; `load()`: get what was asked for since; `onLoaded()` when some came. */
export function makePictures(onLoaded) {
  const held = new Map(); // id -> image, the one used last at the end
  let wanted = [];
  let running = 0;
  let pause = 0;

  function next() {
    while (running < atOnce && wanted.length) {
      const id = wanted.shift();
      if (held.has(id)) continue;
      const image = new Image();
      held.set(id, image);
      running += 1;
      image.onload = image.onerror = () => {
        running -= 1;
        image.ready = image.naturalWidth > 0;
        onLoaded();
        next();
      };
      image.src = thumbnail(id);
    }
    for (const id of held.keys()) {
      if (held.size <= most) break;
      held.delete(id);
    }
  }

  let asked = [];
  return {
    of(id) {
      const image = held.get(id);
      if (!image) {
        asked.push(id);
        return null;
      }
      held.delete(id);
      held.set(id, image);
      return image.ready ? image : null;
    },
    load() {
      [wanted, asked] = [asked, []];
      clearTimeout(pause);
      if (wanted.length) pause = setTimeout(next, rest);
    },
  };
}
