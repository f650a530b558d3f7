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
  mental_disability: _("mental or intellectual disability (level 3 or 4)"),
  rehabilitation: _("in custody or compulsory rehabilitation"),
  revoked: _("guardianship revoked by a court"),
  deported: _("deported"),
  other: _("another reason of the same weight"),
})[reason];

export const howSaid = (how) => ({
  call: _("by telephone"), video: _("by video call"), message: _("by message"), at_home: _("came home"),
})[how];

export const leftBySaid = (leftBy) => ({
  both: _("Both parents away"), one: _("One parent away"), none: _("No parent away"),
})[leftBy];

export const meansSaid = (kind) => ({
  minimum_living: _("The home receives the minimum living allowance"),
  destitute: _("The home is supported as destitute"),
  monitored: _("The home is monitored against a return to poverty"),
  low_income: _("Income per head under the local standard, by what the family says"),
  emergency: _("An accident, a sudden illness or a heavy expense"),
})[kind];

export const labelSaid = (kind) => ({
  left_behind: _("Rural left-behind child"),
  left_by_both: _("Both parents away"),
  left_by_one: _("One parent away"),
  orphan: _("Orphan"),
  unsupported: _("De facto unsupported"),
  destitute: _("Destitute"),
  poverty: _("In difficulty: a poor home"),
  guardianship_missing: _("In difficulty: nobody able to be the guardian"),
  migrant: _("Migrant child"),
  under_8_unattended: _("Under 8, and nobody looks after it"),
  under_16_alone: _("Under 16, and living alone"),
})[kind];
