/* What activities are about: the labels of clubs/enums.py. */

import { _ } from "../../words.js";

export const themeSaid = (theme) => ({
  drowning: _("Water safety"),
  traffic: _("Road safety"),
  fire: _("Fire and electricity"),
  abuse_prevention: _("Protecting one's body"),
  bullying: _("Against bullying"),
  disease: _("Infectious disease"),
  food: _("Food safety"),
  hygiene: _("Washing and brushing"),
  feelings: _("Feelings and courage"),
  parenting: _("Class for parents"),
  video_call: _("Video call with mum and dad"),
  homework: _("Homework and reading"),
  play: _("Sports and play"),
  other: _("Something else"),
})[theme];
