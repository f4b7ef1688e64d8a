// Pointers and keys on the map: moving, zooming, pinching, drawing a lasso, clicking.

const still = 5; // pixels that a click may move
const wheelStep = 1.0018;

/**
 * Bind a canvas. `act`: move(dx, dy), zoom(factor, pixel), hover(pixel or null), click(pixel, event), lasso(points),
 * lassoed(points), fit(), step(): what Enter does, choose(): what Space does. `lassoing()`: does a plain drag draw one?
 */
export function bindHand(canvas, act, lassoing) {
  const pointers = new Map();
  let path = null;
  let travelled = 0;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, at(event));
    if (pointers.size === 1) {
      travelled = 0;
      path = event.shiftKey || lassoing() ? [at(event)] : null;
    } else if (path) {
      act.lasso((path = null)); // a second finger: it was no lasso
    }
  });

  canvas.addEventListener("pointermove", (event) => {
    const now = at(event);
    const before = pointers.get(event.pointerId);
    if (!before) return act.hover(event.pointerType === "mouse" ? now : null);
    travelled += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (pointers.size > 1) {
      const [other] = [...pointers].find(([id]) => id !== event.pointerId).slice(1);
      pinch(before, now, other);
    } else if (path) {
      path.push(now);
      act.lasso(path);
    } else if (travelled > still) {
      act.move(now[0] - before[0], now[1] - before[1]);
    }
    pointers.set(event.pointerId, now);
    return undefined;
  });

  function pinch(before, now, other) {
    const wide = (point) => Math.hypot(point[0] - other[0], point[1] - other[1]);
    const middle = (point) => [(point[0] + other[0]) / 2, (point[1] + other[1]) / 2];
    const [from, to] = [middle(before), middle(now)];
    act.move(to[0] - from[0], to[1] - from[1]);
    if (wide(before) > 1) act.zoom(wide(now) / wide(before), to);
  }

  function lift(event) {
    if (!pointers.delete(event.pointerId)) return;
    const drawn = path;
    if (!pointers.size) path = null;
    if (event.type === "pointercancel") return act.lasso(null);
    if (travelled <= still && !pointers.size) {
      act.lasso(null);
      return act.click(at(event), event);
    }
    return drawn ? act.lassoed(drawn) : undefined;
  }
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", () => act.hover(null));

  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    // A pinch on a touchpad comes as a wheel with Ctrl, in small steps.
    act.zoom(wheelStep ** (-event.deltaY * lines * (event.ctrlKey ? 5 : 1)), at(event));
  }, { passive: false });

  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const far = event.shiftKey ? 240 : 60;
    const middle = [canvas.clientWidth / 2, canvas.clientHeight / 2];
    const todo = {
      ArrowLeft: () => act.move(far, 0, true), ArrowRight: () => act.move(-far, 0, true),
      ArrowUp: () => act.move(0, far, true), ArrowDown: () => act.move(0, -far, true),
      "+": () => act.zoom(1.5, middle, true), "=": () => act.zoom(1.5, middle, true), "-": () => act.zoom(1 / 1.5, middle, true),
      0: act.fit, Home: act.fit, Enter: act.step, " ": act.choose,
    }[event.key];
    if (!todo) return;
    event.preventDefault();
    event.stopPropagation();
    todo();
  });
}
