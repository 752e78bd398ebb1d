/** Small helpers for the page's elements. */

/** What in the toolbar is clicked and has little use for keys after that. */
export const IN_TOOLBAR = ".toolbar :is(button, input[type=radio], input[type=range])";

const SVG = "http://www.w3.org/2000/svg";

/**
 * Return the element with this id.
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {string} id
 * @param {new () => Kind} [kind] what it has to be
 * @returns {Kind}
 */
export function byId(id, kind = /** @type {any} */ (HTMLElement)) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} #${id}.`);
  return found;
}

/**
 * Return the element with this id, or null where the page has none for this person.
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind | null}
 */
export function ifThere(id, kind) {
  const found = document.getElementById(id);
  return found instanceof kind ? found : null;
}

/**
 * Make an element.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Partial<HTMLElementTagNameMap[Name]>} [properties]
 * @param {readonly (Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, properties = {}, children = []) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/**
 * Have an element hold these children in this order. Those that are in their places already are left alone: what is
 * pressed or dragged meanwhile stays so, and what has the focus keeps it.
 * @param {HTMLElement} element
 * @param {readonly HTMLElement[]} children
 */
export function arrange(element, children) {
  const { activeElement } = document;
  const kept = new Set(/** @type {readonly Element[]} */ (children));
  for (const one of [...element.children]) if (!kept.has(one)) one.remove();
  for (const [i, child] of children.entries()) {
    if (element.children[i] !== child) element.insertBefore(child, element.children[i] ?? null);
  }
  // What was brought elsewhere has lost it.
  if (activeElement instanceof HTMLElement && element.contains(activeElement))
    activeElement.focus();
}

/**
 * Make an icon of the page's set.
 * @param {string} icons the address of the set
 * @param {string} name
 */
export function icon(icons, name) {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("class", "icon");
  made.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${icons}#${name}`);
  made.append(use);
  return made;
}
