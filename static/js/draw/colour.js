/**
 * Colours as people pick them: hue in degrees, saturation and brightness from 0 to 1.
 *
 * @typedef {Readonly<{hue: number, saturation: number, brightness: number}>} Shade
 */

const FULL = 255;
const SIXTH = 60; // degrees from red to yellow, from yellow to green, …

/**
 * Return a colour, #rrggbb, as a shade; of a grey, the hue is that of another shade.
 * @param {string} colour
 * @param {Shade} [before]
 * @returns {Shade}
 */
export function shadeOf(colour, before = { hue: 0, saturation: 0, brightness: 0 }) {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / FULL);
  const most = Math.max(...parts);
  const span = most - Math.min(...parts);
  const saturation = most === 0 ? before.saturation : span / most;
  return { hue: span === 0 ? before.hue : hueOf(parts, most, span), saturation, brightness: most };
}

/**
 * @param {readonly number[]} parts red, green and blue, 0 to 1
 * @param {number} most
 * @param {number} span
 */
function hueOf([red, green, blue], most, span) {
  if (most === red) return (SIXTH * ((green - blue) / span) + 360) % 360;
  if (most === green) return SIXTH * ((blue - red) / span + 2);
  return SIXTH * ((red - green) / span + 4);
}

/**
 * Return a shade as #rrggbb.
 * @param {Shade} shade
 */
export function colourOf({ hue, saturation, brightness }) {
  const part = (/** @type {number} */ from) => {
    const at = (from + hue / SIXTH) % 6;
    const away = Math.max(0, Math.min(at, 4 - at, 1));
    return Math.round(FULL * brightness * (1 - saturation * away));
  };
  return `#${[5, 3, 1].map((from) => part(from).toString(16).padStart(2, "0")).join("")}`;
}

/**
 * Return what somebody wrote as #rrggbb, or null when it is no colour.
 * @param {string} written with or without #, three digits or six
 */
export function colourIn(written) {
  const digits = written.trim().toLowerCase().replace(/^#/, "");
  if (/^[0-9a-f]{6}$/.test(digits)) return `#${digits}`;
  return /^[0-9a-f]{3}$/.test(digits) ? `#${digits.replace(/./g, "$&$&")}` : null;
}
