// Whom to credit for some models: their licences, packs and names, to copy as text, Markdown or a table.
import * as api from "./api.js";
import { headOf } from "./dialog.js";
import { button, make } from "./elements.js";
import { count, folderName, models } from "./numbers.js";
import { toast } from "./message.js";
import { say } from "./words.js";

const few = 8;

/**
 * [{ licence, maker, pack, records }], by licence, pack and maker; a licence that is not stated is null and comes last.
 * `makers`: id -> who made it, where the files beside it say so.
 */
export function creditsOf(records, makers = {}) {
  const groups = new Map();
  for (const record of records) {
    const [licence, maker, pack] = [record.licence ?? null, makers[record.id] ?? null, packOf(record)];
    const key = JSON.stringify([licence, maker, pack]);
    if (!groups.has(key)) groups.set(key, { licence, maker, pack, records: [] });
    groups.get(key).records.push(record);
  }
  const found = [...groups.values()];
  for (const group of found) group.records.sort((a, b) => a.name.localeCompare(b.name));
  const known = (group) => group.licence === null;
  return found.sort((a, b) => known(a) - known(b) || (a.licence ?? "").localeCompare(b.licence ?? "") || a.pack.localeCompare(b.pack) || (a.maker ?? "").localeCompare(b.maker ?? ""));
}

// The first folder below the indexed one is most often the pack and its maker.
function packOf({ path, root }) {
  const below = path.startsWith(root) ? path.slice(root.length).split(/[\\/]/).filter(Boolean) : [];
  return below.length > 1 ? `${folderName(root)}/${below[0]}` : folderName(root);
}

async function makersOf(records) {
  try {
    return (await api.makers(records.map(({ id }) => id))).makers;
  } catch {
    return {}; // licences and packs are worth showing without them
  }
}

/** Where a licence stands, of those whose address follows from their name. */
export function licenceAddress(licence) {
  if (licence === "CC0-1.0") return "https://creativecommons.org/publicdomain/zero/1.0/";
  const [, terms, version] = /^CC-(BY(?:-NC)?(?:-SA|-ND)?)-(\d\.\d)$/.exec(licence ?? "") ?? [];
  return terms ? `https://creativecommons.org/licenses/${terms.toLowerCase()}/${version}/` : null;
}

const named = (licence) => licence ?? say("noLicence");

function asText(groups) {
  return groups.map(({ licence, maker, pack, records }) => {
    const some = records.slice(0, few).map(({ name }) => name).join(", ");
    const rest = records.length > few ? `, … (${say("more", { n: count(records.length - few) })})` : "";
    return `${[named(licence), maker, pack].filter(Boolean).join(" — ")} — ${models(records.length)}: ${some}${rest}`;
  }).join("\n");
}

// An underscore within a word is none of Markdown's signs.
const escaped = (text) => text.replace(/[\\`*[\]<>]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&");

function asMarkdown(groups) {
  const sections = new Map();
  for (const group of groups) sections.set(group.licence, [...(sections.get(group.licence) ?? []), group]);
  return [...sections].map(([licence, some]) => {
    const address = licenceAddress(licence);
    const title = address ? `[${licence}](${address})` : escaped(named(licence));
    const lines = some.map(({ maker, pack, records }) => `- **${escaped(pack)}**${maker ? ` (${escaped(maker)})` : ""}: ${records.map(({ name }) => escaped(name)).join(", ")}`);
    return [`## ${title}`, "", ...lines].join("\n");
  }).join("\n\n");
}

// A cell that a spreadsheet would take for a formula begins with an apostrophe.
const cell = (text) => `"${text.replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`;

function asTable(groups) {
  const rows = groups.flatMap(({ licence, maker, pack, records }) => records.map(({ name, path }) => [name, licence ?? "", maker ?? "", pack, licenceAddress(licence) ?? "", path]));
  return [["model", "licence", "maker", "pack", "licence_url", "path"], ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
}

const kinds = { text: asText, markdown: asMarkdown, csv: asTable };

/** Show the credits of a selection, in the form that was last chosen. */
export async function showCredits(dialog, records) {
  const groups = creditsOf(records, await makersOf(records));
  const text = make("textarea");
  text.readOnly = true;
  text.rows = 12;
  text.ariaLabel = say("credits");
  const choice = make("select");
  choice.ariaLabel = say("copyAs");
  const chosen = localStorage.getItem("credits");
  choice.append(...Object.keys(kinds).map((kind) => new Option(say(`as_${kind}`), kind, false, kind === chosen)));
  const fill = () => {
    text.value = kinds[choice.value](groups);
    text.setSelectionRange(0, 0); // else it is shown from its end
    text.scrollTop = 0;
  };
  choice.addEventListener("change", () => {
    localStorage.setItem("credits", choice.value);
    fill();
  });
  fill();
  const row = make("div", "buttons");
  row.append(choice, button(say("copy"), async () => {
    await navigator.clipboard.writeText(text.value);
    dialog.close();
    toast(say("copied"));
  }, "button first"));
  dialog.replaceChildren(headOf(dialog, say("credits")), make("p", "hint", say("creditsHint")), text, row);
  dialog.showModal();
}
