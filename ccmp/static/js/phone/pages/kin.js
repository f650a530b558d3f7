/* The grown-ups of a child's file on the phone: what is said of them, who looks after the child, who was in touch. */

import { bar, barNoted, care, careNoted, careSaidAnew, checkBar, checkCareSaid } from "./kin/care.js";
import { checkContact, contact, silent, touchNoted, wasInTouch } from "./kin/contact.js";
import { checkKinSaid, checkNewKin, kin, kinIsNamed, kinNamed, kinNoted, kinSaid, newKin } from "./kin/people.js";

export const pages = {
  "children:kin": kin,
  "children:kin-new": newKin,
  "children:care": care,
  "children:bar": bar,
  "children:contact": contact,
  "children:silent": silent,
};
export const effects = {
  "children:kin": kinSaid,
  "children:kin-new": kinNamed,
  "children:care": careSaidAnew,
  "children:contact": wasInTouch,
};
export const checks = {
  "children:kin": checkKinSaid,
  "children:kin-new": checkNewKin,
  "children:care": checkCareSaid,
  "children:bar": checkBar,
  "children:contact": checkContact,
};
export const done = {
  "children:kin": kinNoted,
  "children:kin-new": kinIsNamed,
  "children:care": careNoted,
  "children:bar": barNoted,
  "children:contact": touchNoted,
};
