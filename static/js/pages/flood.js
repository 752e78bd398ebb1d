/** What a fill covers, found beside the page: a whole picture takes longer to look through than a frame lasts. */

import { fill } from "../engine/areas.js";

addEventListener("message", ({ data: { pixels, places, tolerance } }) => {
  postMessage(fill(pixels, places, tolerance));
});
