/* Visits, flags and today, on the phone. */

import { flag, raiseFlag, tellPolice } from "./visits/flag.js";
import { due, today } from "./visits/today.js";
import { record, visit } from "./visits/visit.js";

export { checks, done, effects } from "./visits/entries.js";
export { markOf, visitsPart } from "./visits/visit.js";

export const pages = {
  "visits:today": today,
  "visits:due": due,
  "visits:record": record,
  "visits:visit": visit,
  "visits:raise-flag": raiseFlag,
  "visits:flag": flag,
  "visits:tell-police": tellPolice,
};
