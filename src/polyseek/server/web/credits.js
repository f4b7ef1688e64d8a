// Whom to credit for some models: their licences and folders, as text to copy.
import { button, make } from "./elements.js";
import { folderName, models } from "./numbers.js";
import { toast } from "./message.js";
import { say } from "./words.js";

/** Lines of licence and folder with their models, licences first in the alphabet. */
export function creditsOf(records) {
  const groups = new Map();
  for (const record of records) {
    const licence = record.licence ?? say("noLicence");
    const key = `${licence}\n${folderOf(record)}`;
    groups.set(key, [...(groups.get(key) ?? []), record.name]);
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b)).map(([key, names]) => {
    const [licence, folder] = key.split("\n");
    const some = names.sort().slice(0, 8).join(", ");
    return `${licence} — ${folder} — ${models(names.length)}: ${some}${names.length > 8 ? ", …" : ""}`;
  }).join("\n");
}

// The first folder below the indexed one is most often the pack and its maker.
function folderOf({ path, root }) {
  const below = path.startsWith(root) ? path.slice(root.length).split(/[\\/]/).filter(Boolean) : [];
  return below.length > 1 ? `${folderName(root)}/${below[0]}` : folderName(root);
}

/** Show the credits of a selection. */
export function showCredits(dialog, records) {
  const text = make("textarea");
  text.value = creditsOf(records);
  text.readOnly = true;
  text.rows = Math.min(14, text.value.split("\n").length + 2);
  text.ariaLabel = say("credits");
  const row = make("div", "buttons");
  row.append(button(say("copy"), async () => {
    await navigator.clipboard.writeText(text.value);
    toast(say("copied"));
    dialog.close();
  }, "button first"), button(say("close"), () => dialog.close()));
  dialog.replaceChildren(make("h2", "", say("credits")), make("p", "hint", say("creditsHint")), text, row);
  dialog.ariaLabel = say("credits");
  dialog.showModal();
}
