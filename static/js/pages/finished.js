/** A finished drawing's page: shows the picture once it has been made, copies the link. */

import { offerCopy } from "./copy.js";
import { awaitPicture } from "./picture.js";

awaitPicture();
offerCopy();
