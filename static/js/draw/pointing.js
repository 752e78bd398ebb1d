/**
 * Where one's own pointer is: shown as the brush, told to the others.
 *
 * @import { Outlet } from "./outlet.js"
 * @import { Ring } from "./ring.js"
 * @import { Workspace } from "./workspace.js"
 */

/**
 * Have ring and outlet follow the pointer over an element.
 * @param {HTMLElement} element
 * @param {{workspace: Workspace, ring: Ring, outlet: Outlet}} followers
 */
export function followPointer(element, { workspace, ring, outlet }) {
  element.addEventListener("pointermove", (event) => {
    const place = { x: event.clientX, y: event.clientY };
    outlet.point(workspace.toPaper(place));
    ring.follow(event.pointerType === "touch" ? null : place);
  });
  const leave = () => {
    outlet.point(null);
    ring.follow(null);
  };
  element.addEventListener("pointerleave", leave);
  element.addEventListener("pointercancel", leave);
}
