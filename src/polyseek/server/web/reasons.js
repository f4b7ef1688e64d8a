// Why a hit was found, in the page's language. One whose table has no such words says the server's English sentence.
import { language, say, tells } from "./words.js";

const places = ["name", "tags", "folders", "colours", "absent"];
const listed = new Intl.ListFormat(language);

/** The sentence of a hit's `reasons`, which are those of search/why.py. */
export function whyOf({ why, reasons }) {
  const said = reasons.map(reasonOf);
  return said.length && said.every(Boolean) ? said.join(say("why_between")) : why;
}

function reasonOf({ said, score, compared, like, means, more, ...found }) {
  if (said === "words") return heldIn(found);
  if (!tells(`why_${said}`)) return null;
  const named = means ? say("why_meant", { like, means }) : like;
  const term = more ? say("why_more", { like, n: more + 1 }) : named;
  return say(`why_${said}`, {
    score: score?.toFixed(2), like: term, compared: compared && say(`why_${compared.replaceAll(" ", "_")}`),
  });
}

function heldIn(found) {
  const there = places.filter((place) => place in found);
  if (!there.every((place) => tells(`why_in_${place}`))) return null;
  return there.map((place) => say(`why_in_${place}`, { words: listed.format(found[place].map(wordOf)) })).join(say("why_within"));
}

const wordOf = (word) => say(word.near ? "why_near" : word.means ? "why_means" : "why_word", word);
