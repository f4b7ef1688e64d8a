// A model from all around, as pictures: turning under the pointer, or turned by dragging where there is no 3D view.
import { turntable } from "./api.js";
import { make } from "./elements.js";
import { say } from "./words.js";

export const steps = 12;
const columns = 4;
const rest = 300; // ms that the pointer rests before a model is asked to turn
const pace = 110; // ms a step
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Let a model turn in `plate` while the pointer rests on it; never where motion should be reduced. */
export function turnUnderPointer(plate, record) {
  let wait = 0;
  let turn = 0;
  let sheet = null;

  async function start() {
    try {
      sheet ??= await loadSheet(record.id);
    } catch {
      return; // its two pictures stay
    }
    if (!plate.matches(":hover") || turn) return;
    const shown = stand(sheet);
    let step = steps / 2; // its back is what is seen already
    show(shown, step);
    plate.querySelector("img").after(shown); // below the badges
    turn = setInterval(() => show(shown, ++step), pace);
  }

  plate.addEventListener("pointerenter", ({ pointerType }) => {
    if (pointerType !== "mouse" || calm.matches || record.status !== "present") return;
    wait = setTimeout(start, rest);
  });
  plate.addEventListener("pointerleave", () => {
    clearTimeout(wait);
    clearInterval(turn);
    turn = 0;
    plate.querySelector(".turntable")?.remove();
  });
}

/** Put a turntable into `plate` that is turned by dragging and by the arrow keys; false where it cannot be drawn. */
export async function turnByHand(plate, record) {
  let sheet;
  try {
    sheet = await loadSheet(record.id);
  } catch {
    return false;
  }
  const shown = stand(sheet);
  shown.tabIndex = 0;
  shown.setAttribute("role", "slider");
  shown.ariaLabel = say("turn", { name: record.name });
  shown.ariaValueMin = 0;
  shown.ariaValueMax = 360 - 360 / steps;
  let at = 0;
  const go = (step) => {
    at = (step % steps + steps) % steps;
    show(shown, at);
    shown.ariaValueNow = at * 360 / steps;
    shown.ariaValueText = `${at * 360 / steps}°`;
  };
  shown.addEventListener("pointerdown", (event) => {
    shown.setPointerCapture(event.pointerId);
    const [from, began] = [event.clientX, at];
    const width = shown.clientWidth / steps;
    // To the right, what is in front goes to the right: the eye goes the other way round.
    shown.onpointermove = ({ clientX }) => go(began - Math.round((clientX - from) / width));
  });
  for (const end of ["pointerup", "pointercancel"]) shown.addEventListener(end, () => { shown.onpointermove = null; });
  shown.addEventListener("keydown", (event) => {
    const by = { ArrowRight: -1, ArrowLeft: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    go(at + by);
  });
  go(0);
  plate.append(shown);
  plate.classList.add("turned");
  return true;
}

async function loadSheet(id) {
  const sheet = new Image();
  sheet.src = turntable(id);
  await sheet.decode();
  return sheet;
}

function stand(sheet) {
  const shown = make("span", "turntable");
  shown.style.backgroundImage = `url("${sheet.src}")`;
  return shown;
}

function show(shown, step) {
  const place = step % steps;
  shown.style.backgroundPosition = `${(place % columns) * 100 / (columns - 1)}% ${Math.floor(place / columns) * 100 / (steps / columns - 1)}%`;
}
