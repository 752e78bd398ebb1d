/** One's own page: shows name and colour while they are being chosen. */

const name = /** @type {HTMLInputElement} */ (document.getElementById("id_name"));
const colour = /** @type {HTMLInputElement} */ (document.getElementById("id_colour"));
const sample = /** @type {HTMLElement} */ (document.getElementById("sample"));
const palette = /** @type {HTMLElement} */ (document.getElementById("palette"));

/** Show what is chosen. */
function show() {
  const shown = sample.querySelector(".person-name");
  if (shown) shown.textContent = name.value.trim() || "?";
  sample.querySelector("circle")?.setAttribute("fill", colour.value);
  for (const button of palette.querySelectorAll("button"))
    button.setAttribute("aria-pressed", String(button.value === colour.value));
}

/** @param {string} value */
function choose(value) {
  colour.value = value;
  show();
}

for (const button of palette.querySelectorAll("button"))
  button.addEventListener("click", () => choose(button.value));
palette.removeAttribute("data-idle");
for (const field of [name, colour]) field.addEventListener("input", show);
show();
