/* Why a child is gone and where a transfer stands: the labels of children/enums/file.py. */

import { _ } from "../../words.js";

export const goneWhySaid = (why) => ({
  left: _("moved away, out of the programme's villages"),
  transferred: _("moved to another village of the programme"),
  died: _("has died"),
  of_age: _("came of age"),
  mistaken: _("registered by mistake"),
})[why];

/** Why an earlier stay ended: the twin of why_then. */
export const whyThenSaid = (why) => (why === "died" || why === "mistaken"
  ? _("%(why)s: that was noted by mistake", { why: goneWhySaid(why) }) : goneWhySaid(why));

export const transferStateSaid = (state) => ({
  waiting: _("waits for the other village"),
  done: _("handed over"),
  declined: _("declined"),
  withdrawn: _("taken back"),
  over: _("at an end by itself"),
})[state];
