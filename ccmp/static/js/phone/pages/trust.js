/* How far a file can be trusted, on the phone: confirmed with the family, checked by the supervisor, agreed to. */

import { isPutRight, putRight, sentBack } from "./trust/check.js";
import { checkConfirmed, confirm, confirmed, isConfirmed, toConfirm } from "./trust/confirm.js";
import { agreed, checkAgreed, checkTakenBack, consent, give, isAgreed, isTakenBack, takenBack, withdraw } from "./trust/consent.js";

export const pages = {
  "children:to-confirm": toConfirm,
  "children:confirm": confirm,
  "children:sent-back": sentBack,
  "children:consent": consent,
  "children:consent-give": give,
  "children:consent-withdraw": withdraw,
};
export const effects = {
  "children:confirm": confirmed,
  "children:answer-check": putRight,
  "children:consent-give": agreed,
  "children:consent-withdraw": takenBack,
};
export const checks = {
  "children:confirm": checkConfirmed,
  "children:consent-give": checkAgreed,
  "children:consent-withdraw": checkTakenBack,
};
export const done = {
  "children:confirm": isConfirmed,
  "children:answer-check": isPutRight,
  "children:consent-give": isAgreed,
  "children:consent-withdraw": isTakenBack,
};
