// The library's panel: add a folder, keep it up to date, see whether all is well, find duplicates; theme and language.
import * as api from "./api.js";
import { headOf } from "./dialog.js";
import { drawDuplicates, groups } from "./duplicates.js";
import { button, list, make } from "./elements.js";
import { makeFolders } from "./folders.js";
import { isOver, jobBox } from "./jobs.js";
import { bytes, count } from "./numbers.js";
import { forgetMissing } from "./removal.js";
import { theme, themes, turnTheme } from "./theme.js";
import { language, languages, say, speak } from "./words.js";

/**
 * The panel in `dialog`. `jobs`: makeJobs(); `onMissing()` lists the models whose files are missing; `onChanged()` after
 * models were taken out or brought back; `onNews()` after a watched folder has changed.
 */
export function makeLibrary(dialog, jobs, { onMissing, onChanged, onNews }) {
  const progress = make("div");
  const state = make("div", "state");
  const folderList = make("section", "folders");
  const folders = makeFolders(folderList, () => {
    onNews();
    if (dialog.open) drawState();
  });
  let latest = null;

  const steer = (job, action) => jobs.steer(job, action).catch((error) => problem(error));
  const problem = (error) => state.prepend(make("p", "problem", error.message));

  function drawJob() {
    const open = progress.querySelector("details")?.open;
    progress.replaceChildren(...(latest ? [jobBox(latest, steer)] : []));
    if (open && progress.querySelector("details")) progress.querySelector("details").open = true;
  }

  async function drawState() {
    try {
      const [info, copies] = await Promise.all([api.info(), api.duplicates({ limit: 1 })]);
      state.replaceChildren(list([
        [say("libraryFolder"), info.library], [say("gallery"), count(info.records)],
        info.missing > 0 && [say("missingFiles"), missingRow(info.missing)],
        [say("duplicates"), copies.number ? button(say("duplicatesFound", { groups: groups(copies.number), size: bytes(copies.waste) }), openDuplicates, "more") : say("none")],
        ...info.encoders.filter((each) => each.lacking).map((each) => [
          say("newEncoder", { encoder: each.id }), say("ofModels", { n: count(each.lacking), total: count(info.present) }),
        ]),
        [say("format"), Object.entries(info.formats).map(([name, n]) => `${name} ${count(n)}`).join(", ") || say("none")],
        [say("onDisk"), bytes(info.bytes)],
        [say("health"), info.healthy ? say("healthy") : info.problems.join(" ")],
      ]));
    } catch (error) {
      state.replaceChildren();
      problem(error);
    }
  }

  function missingRow(missing) {
    const row = make("span", "buttons");
    const forget = button(say("forget"), () => forgetMissing(() => {
      onChanged();
      folders.look();
      drawState();
    }), "more");
    forget.title = say("forgetHint");
    row.append(button(count(missing), () => { dialog.close(); onMissing(); }, "more"), forget);
    return row;
  }

  function openDuplicates() {
    const body = make("div", "duplicates");
    const back = button("‹", open, "close");
    back.ariaLabel = say("library");
    dialog.replaceChildren(headOf(dialog, say("duplicates"), back), body);
    dialog.scrollTop = 0;
    back.focus();
    drawDuplicates(body, onChanged);
  }

  function open(note) {
    const why = typeof note === "string" ? [make("p", "note", note)] : [];
    dialog.replaceChildren(headOf(dialog, say("library")), ...why, addForm(jobs), progress, folderList, state, choices());
    drawJob();
    drawState();
    folders.look();
    jobs.look().catch(() => {});
    if (!dialog.open) dialog.showModal();
  }

  return {
    /** Open the panel; `note`: why it is opened, when the person did not ask for it. */
    open,
    /** Follow what happens in watched folders from now on. */
    follow: folders.look,
    /** The job has changed. */
    show(job) {
      const ended = latest && !isOver(latest) && isOver(job);
      latest = job;
      if (!dialog.open) return;
      drawJob();
      if (ended) {
        drawState();
        folders.look();
      }
    },
  };
}

function addForm(jobs) {
  const form = make("form", "adding");
  const label = make("label", "", say("addFolder"));
  const input = make("input");
  input.name = "path";
  input.required = true;
  input.placeholder = navigator.platform.startsWith("Win") ? "D:\\Models" : "/home/me/models";
  input.spellcheck = false;
  label.append(input);
  const add = make("button", "button first", say("add"));
  form.append(label, add, make("p", "hint", say("untouched")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    add.disabled = true;
    form.querySelector(".problem")?.remove();
    try {
      await jobs.start([input.value.trim().replace(/^"(.*)"$/, "$1")]);
      input.value = "";
    } catch (error) {
      form.append(make("p", "problem", error.message));
    }
    add.disabled = false;
  });
  return form;
}

function choices() {
  const row = make("div", "choices");
  const tongue = select(say("language"), Object.entries(languages).map(([code, [name]]) => [code, name]), language, speak);
  const look = select(say("theme"), themes.map((name) => [name, say(`theme_${name}`)]), theme(), turnTheme);
  row.append(look, tongue);
  return row;
}

function select(text, options, chosen, onChange) {
  const label = make("label", "", text);
  const box = make("select");
  box.append(...options.map(([value, name]) => new Option(name, value, false, value === chosen)));
  box.addEventListener("change", () => onChange(box.value));
  label.append(box);
  return label;
}
