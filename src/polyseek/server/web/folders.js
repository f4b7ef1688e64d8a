// The indexed folders: how many models each has, and whether the server keeps it up to date.
import * as api from "./api.js";
import { make } from "./elements.js";
import { count, folderName, models } from "./numbers.js";
import { say } from "./words.js";

const often = 2000; // milliseconds between two looks while the panel is open
const seldom = 10_000; // and while only the gallery follows

/** Keeps `root` up to date while it is in the page. `onNews()` after a watched folder has changed, panel or not. */
export function makeFolders(root, onNews) {
  let known = null; // what the watched folders had seen when last looked at
  let timer = 0;

  function take({ folders }) {
    const watched = folders.map(({ watch }) => watch).filter(Boolean);
    const seen = JSON.stringify(watched.map(({ path, latest, added, changed, missing }) => [path, latest, added, changed, missing]));
    if (known !== null && seen !== known) onNews();
    known = seen;
    if (root.isConnected) draw(folders);
    clearTimeout(timer);
    if (root.isConnected) timer = setTimeout(look, often);
    else if (watched.length) timer = setTimeout(look, seldom);
  }

  async function look() {
    try {
      if (!document.hidden || known === null) take(await api.folders());
      else timer = setTimeout(look, seldom);
    } catch {
      timer = setTimeout(look, seldom); // the list says that the server is gone
    }
  }

  function draw(folders) {
    const focused = document.activeElement?.closest?.(".folders [data-path]")?.dataset.path;
    const rows = folders.map((folder) => row(folder, turn));
    root.hidden = !rows.length;
    root.replaceChildren(make("h3", "", say("folders")), ...rows);
    rows.find(({ dataset }) => dataset.path === focused)?.querySelector("input").focus();
  }

  async function turn(path, on) {
    root.querySelector(".problem")?.remove();
    try {
      take(await api.watch(path, on));
    } catch (error) {
      await look();
      root.append(make("p", "problem", error.message));
    }
  }
  return { look };
}

function row({ path, models: number, missing, watch }, turn) {
  const found = make("div", "folder");
  found.dataset.path = path;
  const name = make("span", "name", folderName(path));
  name.title = path;
  const facts = [models(number), missing > 0 && say("missingOf", { n: count(missing) }), watch && stateOf(watch)];
  const label = make("label", "", say("keepUpToDate"));
  const box = make("input");
  box.type = "checkbox";
  box.checked = Boolean(watch);
  box.ariaLabel = say("keepUpToDateFolder", { folder: path });
  box.addEventListener("change", () => turn(path, box.checked));
  label.prepend(box);
  found.append(name, label, make("span", "facts", facts.filter(Boolean).join(" · ")));
  if (watch?.error) found.append(make("span", "problem", watch.error.message));
  return found;
}

function stateOf({ state, latest, failed }) {
  const parts = [say(`watch_${state}`)];
  if (latest) parts.push(say("latestChange", { when: new Date(latest).toLocaleString([], { dateStyle: "short", timeStyle: "short" }) }));
  if (failed) parts.push(say("notRead", { n: count(failed) }));
  return parts.join(" · ");
}
