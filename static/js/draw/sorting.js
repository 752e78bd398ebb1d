/**
 * Rows that are dragged into another order by a handle: the place they would come to is shown on the way.
 */

/**
 * Have a handle drag its row among its neighbours.
 * @param {HTMLElement} handle
 * @param {HTMLElement} row
 * @param {(place: number) => void} drop told between which rows, counted from above, the row is to be
 */
export function useHandle(handle, row, drop) {
  let place = -1;
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    place = placeAt(row, event.clientY);
    row.toggleAttribute("data-dragged", true);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    place = placeAt(row, event.clientY);
    mark(row, place);
  });
  handle.addEventListener("pointerup", () => {
    settle(row);
    drop(place);
  });
  handle.addEventListener("pointercancel", () => settle(row));
}

/** @param {HTMLElement} row */
function settle(row) {
  row.removeAttribute("data-dragged");
  mark(row, -1);
}

/**
 * Return above how many of the other rows a place on the screen is not.
 * @param {HTMLElement} row
 * @param {number} y
 */
function placeAt(row, y) {
  return others(row).filter((one) => {
    const { top, height } = one.getBoundingClientRect();
    return top + height / 2 < y;
  }).length;
}

/**
 * Show where a row would come to; -1: nowhere.
 * @param {HTMLElement} row
 * @param {number} place
 */
function mark(row, place) {
  for (const [i, one] of others(row).entries()) {
    one.toggleAttribute("data-before", i === place);
    one.toggleAttribute("data-after", place === i + 1 && i + 1 === others(row).length);
  }
}

/** @param {HTMLElement} row */
function others(row) {
  const rows = /** @type {HTMLElement[]} */ ([...(row.parentElement?.children ?? [])]);
  return rows.filter((one) => one !== row);
}
