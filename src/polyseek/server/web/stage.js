// The 3D viewer of the page: pictures first, the model that can be turned over them when it has come.
import * as api from "./api.js";
import { button, make } from "./elements.js";
import { length } from "./numbers.js";
import { turnByHand } from "./turntable.js";
import { say } from "./words.js";

const most = 2_000_000; // triangles and vertices that the viewer takes
const grounds = ["", "bright", "dusk"];

/** The two pictures of a record, where the viewer will be. */
export function pictures(record) {
  const plate = make("div", "plate large");
  for (const name of ["front", "back"]) {
    const picture = make("img");
    picture.src = api.thumbnail(record.id, name);
    picture.alt = `${record.name}, ${say(name)}`;
    picture.addEventListener("error", () => picture.classList.add("absent"));
    plate.append(picture);
  }
  return plate;
}

/** Turn the pictures in `plate` into models that can be turned; resolves to the viewer, or null where pictures must do. */
export async function startViewer(plate, records) {
  if (records.some(({ status }) => status !== "present")) return null;
  if (records.some(({ triangles, vertices }) => triangles + vertices > most)) return turnPictures(plate, records, say("tooHeavy"));
  const { showModels } = await import("./built/viewer.js");
  const stage = make("div", "stage");
  plate.append(stage);
  try {
    const viewer = await showModels(stage, records.map(({ id }) => api.glb(id)));
    if (!plate.isConnected) {
      viewer.dispose();
      return null;
    }
    plate.classList.add("live");
    return viewer;
  } catch (error) {
    stage.remove();
    return turnPictures(plate, records, say("noViewer", { reason: error.message }));
  }
}

/** Without the viewer: each model as a turntable of pictures, and why. */
async function turnPictures(plate, records, why) {
  const plates = records.length > 1 ? [...plate.children] : [plate];
  await Promise.all(records.map((record, place) => turnByHand(plates[place], record)));
  plate.after(make("p", "hint", why));
  return null;
}

/** Shading, grid, background and reset of a viewer. */
export function viewerBar(viewer, plate) {
  const bar = make("div", "buttons viewer");
  const modes = ["material", "wireframe", "normals"].map((mode) => {
    const choice = button(say(mode), () => {
      viewer.shade(mode);
      for (const each of modes) each.ariaPressed = each === choice;
    });
    choice.ariaPressed = mode === "material";
    return choice;
  });
  const grid = button(say("grid", { step: length(viewer.step) }), () => {
    grid.ariaPressed = grid.ariaPressed !== "true";
    viewer.grid(grid.ariaPressed === "true");
  });
  grid.ariaPressed = true;
  let ground = 0;
  const background = button(say("background"), () => {
    ground = (ground + 1) % grounds.length;
    plate.classList.remove("bright", "dusk");
    if (grounds[ground]) plate.classList.add(grounds[ground]);
  });
  bar.append(...modes, grid, background, button(say("reset"), () => viewer.reset()));
  return bar;
}

/** The parts of a model as a tree; pointing at one, or focusing it, lights it up. */
export function partTree(viewer) {
  const [root] = viewer.parts();
  if (!root || root.children.length < 2) return null;
  const box = make("details", "parts");
  const branch = (part) => {
    const item = make("li");
    const name = button(part.name || say("unnamed"), () => {
      const on = name.ariaPressed === "true";
      for (const each of box.querySelectorAll("[aria-pressed=true]")) each.ariaPressed = false;
      name.ariaPressed = !on;
      viewer.highlight(on ? null : part.id);
    }, "leaf");
    name.ariaPressed = false;
    item.addEventListener("pointerover", (event) => { event.stopPropagation(); viewer.highlight(part.id); });
    item.append(name);
    if (part.children.length) item.append(branches(part.children));
    return item;
  };
  const branches = (parts) => {
    const items = make("ul");
    items.append(...parts.slice(0, 200).map(branch));
    return items;
  };
  const tree = branches(root.children);
  tree.addEventListener("pointerleave", () => {
    viewer.highlight(null);
    box.querySelector("[aria-pressed=true]")?.click();
  });
  box.append(make("summary", "", say("partTree")), tree);
  return box;
}
