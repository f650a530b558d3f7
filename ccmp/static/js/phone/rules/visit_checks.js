/* What a visit and a flag must satisfy, as far as a phone can know: the twin of visits/rules/visits.py, with its
   sentences. Each check returns null, or the first refusal: {field, sentence}. Nothing is refused here that the server
   would take. Moments are Dates or ISO text. */

import { _, dayOf, milliseconds as time } from "../words.js";
import { DANGER, FINE } from "./checklist.js";

const said = (words) => (words ?? "").trim() !== "";
const refusal = (field, sentence) => ({ field, sentence });

/** entry: {made_at, outcome, answers, seen_alone: true|false|null, not_alone_because}; asked: its checklist or null. */
export function checkVisit(entry, { bornOn, at, asked }) {
  if (time(entry.made_at) > time(at)) {
    return refusal("made_at", _("The visit lies in the future. Record it once you have been there."));
  }
  if (dayOf(entry.made_at) < bornOn) {
    return refusal("made_at", _("The visit lies before the child was born. Please check the day of the visit."));
  }
  if (entry.outcome === "completed") return checkCompleted(entry, asked);
  if (Object.keys(entry.answers).length) {
    return refusal(
      "outcome", _("Nobody was visited, so nothing can be answered. Choose “visited”, or clear the answers."),
    );
  }
  return null;
}

function checkCompleted(entry, asked) {
  if (entry.seen_alone === null) {
    return refusal(
      "seen_alone", _("Choose whether you talked with the child alone. “No” is fine too; say why."),
    );
  }
  if (entry.seen_alone === false && !said(entry.not_alone_because)) {
    return refusal("not_alone_because", _("Say why you could not talk with the child alone."));
  }
  if (!asked) {
    return refusal("", _("This checklist is not known here. Update the page and record the visit again."));
  }
  const known = new Set(asked.items.map((item) => item.id));
  const given = Object.entries(entry.answers);
  if (!given.length) return refusal("answers", _("Answer at least one question of the checklist."));
  if (given.some(([item, rating]) => !known.has(item) || rating < FINE || rating > DANGER)) {
    return refusal("answers", _("One of the answers does not belong to this checklist. Open the page again."));
  }
  return null;
}

/** entry: {made_at, child, child_words, seen, police_told_at, police_told_whom, visit}; visitIsToChild: false when the
    visit that it names is known not to be to this child. */
export function checkFlag(entry, { at, visitIsToChild = true }) {
  if (time(entry.made_at) > time(at)) {
    return refusal("made_at", _("The phone's clock is ahead. Please set it and send the report again."));
  }
  if (!entry.child && !said(entry.child_words)) {
    return refusal("child_words", _("Say which child it is: choose one, or describe the child in a few words."));
  }
  if (!said(entry.seen)) return refusal("seen", _("Write what you saw or heard, in your own words."));
  if (entry.police_told_at) {
    const wrong = checkPolice(entry, { at });
    if (wrong) return wrong;
  }
  if (entry.visit && !visitIsToChild) {
    return refusal("visit", _("This visit was not to this child. Leave the visit out, or choose the right one."));
  }
  return null;
}

/** After the call: {police_told_at, police_told_whom}. */
export function checkPolice(entry, { at }) {
  if (!said(entry.police_told_whom)) {
    return refusal("police_told_whom", _("Write whom you told: the police station or the person's name."));
  }
  if (time(entry.police_told_at) > time(at)) {
    return refusal("police_told_at", _("The time at which the police were told lies in the future."));
  }
  return null;
}
