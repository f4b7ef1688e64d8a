// Making elements of the page.

/** An element with a class and a text. */
export function make(kind, className = "", text = "") {
  const element = document.createElement(kind);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

/** A button that does something when it is clicked. */
export function button(text, onClick, className = "button") {
  const element = make("button", className, text);
  element.type = "button";
  element.addEventListener("click", onClick);
  return element;
}

/** A table of labels and values; a false row is left out. */
export function list(rows) {
  const table = make("dl");
  for (const [label, value] of rows.filter(Boolean)) {
    const cell = make("dd");
    cell.append(value);
    table.append(make("dt", "", label), cell);
  }
  return table;
}

/** A button that shows only a sign: `paths` of a 24 by 24 drawing, `label` for those who cannot see it. */
export function iconButton(paths, label, onClick, className = "icon") {
  const element = button("", onClick, className);
  element.ariaLabel = label;
  element.title = label;
  element.append(drawing(paths));
  return element;
}

function drawing(paths) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", paths);
  svg.append(path);
  return svg;
}
