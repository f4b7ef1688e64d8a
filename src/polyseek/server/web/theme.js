// Light or dark: as the system says, unless the person said otherwise.

export const themes = ["system", "light", "dark"];

/** The chosen theme. */
export const theme = () => localStorage.getItem("theme") ?? "system";

/** Choose a theme, from now on. */
export function turnTheme(name) {
  if (name === "system") localStorage.removeItem("theme");
  else localStorage.setItem("theme", name);
  applyTheme();
}

export function applyTheme() {
  if (theme() === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme();
}
