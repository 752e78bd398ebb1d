/** Puts the picture of a finished drawing into its page as soon as it has been made. */

const FIRST = 500; // ms; a small picture is there by then
const LONGEST = 3000; // ms between two looks

/** Look again, ever less often, while the page waits for its picture. */
export async function awaitPicture() {
  for (let pause = FIRST; isWaiting(document); pause = Math.min(pause * 1.6, LONGEST)) {
    await after(pause);
    await look();
  }
}

/** @param {Document} page */
function isWaiting(page) {
  return page.querySelector("#picture[data-waiting]") !== null;
}

/** @param {number} pause in ms */
function after(pause) {
  return new Promise((resolve) => setTimeout(resolve, pause));
}

/** Take over what the server shows now, if that is the picture; a failed look is made up for by the next. */
async function look() {
  if (document.hidden) return;
  const page = await fetch(location.href).then(read, () => null);
  if (!page || isWaiting(page)) return;
  for (const part of ["#picture", "#credits", "#download"]) {
    const [old, made] = [document.querySelector(part), page.querySelector(part)];
    if (old && made) old.replaceWith(document.adoptNode(made));
  }
}

/**
 * @param {Response} response
 * @returns {Promise<Document | null>}
 */
async function read(response) {
  if (!response.ok) return null;
  return new DOMParser().parseFromString(await response.text(), "text/html");
}
