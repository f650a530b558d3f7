/* Parents who are away are in touch once a week: the twin of children/rules/contact.py and children/services/contact.py. */

import { addDays } from "../words.js";
import { standardOn } from "./due.js";
import { awayOn, isDead, isMissing } from "./labels.js";

const later = (a, b) => (a > b ? a : b);

/** The last day on which somebody heard of a parent who is away; without a contact, the day on which the stay, or her
 *  child's own in the register, began. Null when she is not away. */
export function heardOn(relative, hereSince, on) {
  const stay = isDead(relative, on) || isMissing(relative, on) ? null : awayOn(relative, on);
  if (!stay) return null;
  return later(relative.last && relative.last[0] <= on ? relative.last[0] : hereSince, stay.since);
}

/** Nobody heard for longer than the standard lets pass. */
export function isSilent(heard, { docs, on }) {
  return heard !== null && heard < addDays(on, -standardOn(docs.get("labels").standards, "register.silence_days", on));
}
