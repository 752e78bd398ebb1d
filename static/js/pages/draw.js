/** Starts the page one draws on. */

import { openStudio } from "../draw/studio.js";

openStudio();
