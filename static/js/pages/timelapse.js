/** Offers a drawing to take along, and shows its timelapse where it was asked for. */

import { offerPictures, whenSent } from "./downloads.js";

/** @param {string} file its address */
function play(file) {
  const place = /** @type {HTMLElement} */ (document.getElementById("timelapse"));
  const kind = /** @type {HTMLSelectElement} */ (document.querySelector("#timelapse-form select"));
  const film = kind.value.endsWith("mp4") ? [] : [image(file)];
  place.replaceChildren(...film, link(file));
}

/** @param {string} src */
function image(src) {
  return Object.assign(new Image(), { src, alt: "The drawing being made" });
}

/** @param {string} href */
function link(href) {
  const made = Object.assign(document.createElement("a"), { href, className: "button" });
  made.download = "";
  made.textContent = "Download the timelapse";
  return made;
}

const form = document.getElementById("timelapse-form");
if (form instanceof HTMLFormElement) whenSent(form, play);
offerPictures();
document.getElementById("downloads")?.removeAttribute("data-idle");
