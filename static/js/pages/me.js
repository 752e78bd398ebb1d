/** One's own page: shows name and colour while they are being chosen, and offers colours. */

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

/** @param {string} value */
function swatch(value) {
  const dot = /** @type {SVGElement} */ (sample.querySelector(".dot")).cloneNode(true);
  /** @type {SVGElement} */ (dot).querySelector("circle")?.setAttribute("fill", value);
  const button = document.createElement("button");
  Object.assign(button, { type: "button", value, title: value });
  button.setAttribute("aria-label", `Colour ${value}`);
  button.append(dot);
  button.addEventListener("click", () => choose(value));
  return button;
}

palette.append(...(palette.dataset.colours ?? "").split(" ").map(swatch));
palette.hidden = false;
for (const field of [name, colour]) field.addEventListener("input", show);
show();
