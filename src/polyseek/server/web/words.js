// The words of the page in the person's language. Another language: a table beside these, and its line here.
import english from "./words/en.js";
import chinese from "./words/zh.js";

/** code -> [its own name, its table]. */
export const languages = { en: ["English", english], zh: ["中文", chinese] };

const wanted = [localStorage.getItem("language"), ...navigator.languages].filter(Boolean).map((code) => code.toLowerCase().split("-")[0]);

/** The language that is shown: the chosen one, else the browser's first that there is a table of. */
export const language = wanted.find((code) => code in languages) ?? "en";

/** Show the page in another language from now on. */
export function speak(code) {
  localStorage.setItem("language", code);
  location.reload();
}

/** Has the language that is shown words called `key`? */
export const tells = (key) => key in languages[language][1];

/** The words called `key`, with `{name}` places filled from `values`. */
export function say(key, values = {}) {
  return languages[language][1][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Put words into every element that asks for them by data-words, data-words-label or data-words-placeholder. */
export function fillWords(root) {
  document.documentElement.lang = language;
  for (const element of root.querySelectorAll("[data-words]")) element.textContent = say(element.dataset.words);
  for (const element of root.querySelectorAll("[data-words-label]")) element.ariaLabel = say(element.dataset.wordsLabel);
  for (const element of root.querySelectorAll("[data-words-placeholder]")) element.placeholder = say(element.dataset.wordsPlaceholder);
}
