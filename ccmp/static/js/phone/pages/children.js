/* The register on the phone: the list, a child's file, registering a child, where a parent is. */

import { checkRegistered, inTheRegister, registered } from "./children/entries.js";
import { file, find } from "./children/find.js";
import { register } from "./children/register.js";
import { change, checkChange, checkHealth, fileChanged, health, healthNoted, noId, toldHealth } from "./children/steps.js";
import { checkGoesOn, goesOn, noted, whereabouts } from "./children/whereabouts.js";

export const pages = {
  "children:list": find,
  "children:file": file,
  "children:register": register,
  "children:whereabouts": whereabouts,
  "children:change": change,
  "children:health": health,
  "children:no-id": noId,
};
export const effects = { "children:register": registered, "children:whereabouts": goesOn, "children:health": toldHealth };
export const checks = { "children:register": checkRegistered, "children:whereabouts": checkGoesOn, "children:change": checkChange, "children:health": checkHealth };
export const done = { "children:register": inTheRegister, "children:whereabouts": noted, "children:change": fileChanged, "children:health": healthNoted };
