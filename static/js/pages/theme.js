/** Lets people choose light or dark for this browser; the cookie lets the server write it into every page. */

const YEAR = 365 * 24 * 3600;

/** @param {string} theme "light", "dark", or "" for what the system prefers */
function choose(theme) {
  const age = theme ? YEAR : 0;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere yet
  document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax`;
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

const select = document.getElementById("theme");
if (select instanceof HTMLSelectElement) {
  select.addEventListener("change", () => choose(select.value));
  select.closest("label")?.removeAttribute("data-idle");
}
