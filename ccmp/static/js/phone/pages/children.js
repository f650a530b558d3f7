/* The register on the phone: the list, a child's file, registering a child, where a parent is. */

import { checkRegistered, inTheRegister, registered } from "./children/entries.js";
import { file, find } from "./children/find.js";
import { register } from "./children/register.js";
import { checkGoesOn, goesOn, noted, whereabouts } from "./children/whereabouts.js";

export const pages = {
  "children:list": find,
  "children:file": file,
  "children:register": register,
  "children:whereabouts": whereabouts,
};
export const effects = { "children:register": registered, "children:whereabouts": goesOn };
export const checks = { "children:register": checkRegistered, "children:whereabouts": checkGoesOn };
export const done = { "children:register": inTheRegister, "children:whereabouts": noted };
