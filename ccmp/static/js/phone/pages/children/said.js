/* What the grown-ups of a file are and do: the labels of children/enums.py that no field of the file has. */

import { _ } from "../../words.js";

export const relationSaid = (relation) => ({
  51: _("father"),
  52: _("mother"),
  57: _("stepfather or adoptive father"),
  58: _("stepmother or adoptive mother"),
  61: _("father's father"),
  62: _("father's mother"),
  63: _("mother's father"),
  64: _("mother's mother"),
  70: _("brother or sister"),
  81: _("father's elder brother"),
  82: _("wife of father's elder brother"),
  83: _("father's younger brother"),
  85: _("mother's brother"),
  86: _("wife of mother's brother"),
  88: _("mother's sister"),
  90: _("father's sister"),
  97: _("other relative"),
  99: _("not related"),
})[relation];

export const careSaid = (kind) => ({
  none: _("nobody looks after the child"),
  incapable_parent: _("a parent who is not able to"),
  entrusted_weak: _("entrusted, but the carer is weak"),
  fair: _("fairly well looked after"),
  good: _("well looked after"),
})[kind];

export const incapacitySaid = (reason) => ({
  severe_disability: _("severe disability (level 1 or 2)"),
  serious_illness: _("serious illness"),
  serving_sentence: _("serving a sentence"),
  other: _("another reason of the same weight"),
})[reason];

export const leftBySaid = (leftBy) => ({
  both: _("Both parents away"), one: _("One parent away"), none: _("No parent away"),
})[leftBy];
