/**
 * Has files made of a drawing and hands them over: asks, shows how far it is, downloads.
 *
 * @typedef {{ state: string, progress: number, code: string, address: string, file: string | null }} Told
 */

const FIRST = 400; // ms; a picture is mostly there by then
const LONGEST = 3000; // ms between two looks

const REASONS = new Map([
  ["too-many", "Some others are still being made. Try again in a moment."],
  ["too-large", "This one is too large to be made."],
  ["too-long", "This one takes too long to be made."],
]);

/** Let people have the picture in the formats its form offers. */
export function offerPictures() {
  const form = document.getElementById("picture-form");
  if (!(form instanceof HTMLFormElement)) return;
  const kind = /** @type {HTMLSelectElement} */ (form.elements.namedItem("kind"));
  kind.addEventListener("change", () => fitSizes(form, kind));
  fitSizes(form, kind);
  whenSent(form, download);
}

/**
 * Have what a form says made when it is sent, and do something with the address of the file.
 * @param {HTMLFormElement} form
 * @param {(file: string) => void} use
 */
export function whenSent(form, use) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = await make(form);
    if (file) use(file);
  });
}

/** @param {string} file its address */
function download(file) {
  const link = document.createElement("a");
  Object.assign(link, { href: file, download: "" });
  link.click();
}

/**
 * Offer the sizes there are of a format; one of a single size has none to choose.
 * @param {HTMLFormElement} form
 * @param {HTMLSelectElement} kind
 */
function fitSizes(form, kind) {
  const size = /** @type {HTMLSelectElement} */ (form.elements.namedItem("size"));
  const sizes = (kind.selectedOptions[0].dataset.sizes ?? "").split(" ").filter(Boolean);
  for (const option of size.options)
    option.hidden = option.disabled = !sizes.includes(option.value);
  if (!sizes.includes(size.value)) size.value = sizes[0] ?? "";
  size.disabled = sizes.length === 0;
}

/**
 * Return the address of the file, once it has been made; null when it was not.
 * @param {HTMLFormElement} form
 */
async function make(form) {
  let told = await ask(form);
  for (let pause = FIRST; isPending(told); pause = Math.min(pause * 1.5, LONGEST)) {
    show(form, told);
    await after(pause);
    told = await look(told);
  }
  show(form, told);
  return told.file;
}

/** @param {Told} told */
function isPending({ state }) {
  return state === "waiting" || state === "making";
}

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<Told>}
 */
async function ask(form) {
  const answer = fetch(form.action, { method: "POST", body: new FormData(form) });
  return answer.then(read, () => failed("offline"));
}

/**
 * Look how far it is; a failed look is made up for by the next.
 * @param {Told} told
 * @returns {Promise<Told>}
 */
async function look(told) {
  return fetch(told.address).then(
    (response) => (response.ok ? response.json() : failed("gone")),
    () => told,
  );
}

/**
 * @param {Response} response
 * @returns {Promise<Told>}
 */
async function read(response) {
  if (response.ok) return response.json();
  const refusal = await response.json().catch(() => ({}));
  return failed(refusal.code ?? "refused");
}

/**
 * @param {string} code
 * @returns {Told}
 */
function failed(code) {
  return { state: "failed", progress: 0, code, address: "", file: null };
}

/** @param {number} pause in ms */
function after(pause) {
  return new Promise((resolve) => setTimeout(resolve, pause));
}

/**
 * @param {HTMLFormElement} form
 * @param {Told} told
 */
function show(form, told) {
  const pending = isPending(told);
  const progress = /** @type {HTMLProgressElement} */ (form.querySelector("progress"));
  const note = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  button.disabled = pending;
  progress.hidden = !pending;
  progress.value = told.progress;
  note.textContent = words(told);
}

/** @param {Told} told */
function words({ state, code }) {
  if (state === "waiting") return "Waiting for its turn…";
  if (state === "making") return "Being made…";
  if (state === "made") return "Here it is.";
  return REASONS.get(code) ?? "It could not be made.";
}
