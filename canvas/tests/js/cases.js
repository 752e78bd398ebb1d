/** The cases both languages are held to. */

import { readFileSync } from "node:fs";
import { test } from "node:test";

const FOLDER = new URL("../cases/", import.meta.url);

/** Run a test once for each case of a file that has a field of that name. */
export function cases(file, has, run) {
  const all = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"));
  for (const one of all.filter((given) => has in given)) test(one.name, () => run(one));
}
