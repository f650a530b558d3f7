/* What the fields of a child's file and their choices are called: the labels of children/enums.py. */

import { _ } from "../../words.js";

export const fieldSaid = (field) => ({
  name: _("Name"),
  sex: _("Sex"),
  born_on: _("Born on"),
  ethnic_group: _("Ethnic group"),
  ethnic_words: _("Ethnic group in words"),
  hukou: _("Hukou"),
  no_id_reason: _("Why there is no ID number"),
  school_stage: _("School"),
  is_boarding: _("Boards at school"),
  head_name: _("Head of the household"),
  neighbourhood: _("Hamlet"),
  address: _("Way to the home"),
  whereabouts: _("Where a parent is"),
})[field];

const CHOICES = {
  sex: () => ({ 0: _("unknown"), 1: _("male"), 2: _("female") }),
  ethnic_group: () => ({
    "01": _("Han"),
    "03": _("Hui"),
    "04": _("Tibetan"),
    "05": _("Uyghur"),
    "06": _("Miao"),
    "07": _("Yi"),
    "08": _("Zhuang"),
    "09": _("Bouyei"),
    11: _("Manchu"),
    12: _("Dong"),
    13: _("Yao"),
    14: _("Bai"),
    15: _("Tujia"),
    25: _("Shui"),
    33: _("Qiang"),
    36: _("Maonan"),
    37: _("Gelao"),
    97: _("other, in words"),
  }),
  hukou: () => ({
    rural: _("Rural hukou"),
    urban: _("Urban hukou"),
    none: _("No hukou yet"),
  }),
  no_id_reason: () => ({
    no_hukou: _("Not registered in any hukou yet"),
    newborn: _("Newborn, being registered"),
    not_at_hand: _("The family does not have the number at hand"),
  }),
  school_stage: () => ({
    not_yet: _("Not at school yet"),
    kindergarten: _("Kindergarten"),
    primary: _("Primary school"),
    junior: _("Junior middle school"),
    senior: _("Senior high school"),
    vocational: _("Vocational school"),
    dropped_out: _("Dropped out"),
    not_enrolled: _("Of school age, never enrolled"),
    working: _("Left school, working or at home"),
  }),
};

/** What a choice of a field is called; "" for none. */
export function choiceSaid(field, value) { return CHOICES[field]()[value] ?? ""; }

export const isChoice = (field) => Object.hasOwn(CHOICES, field);

export const whereaboutsSaid = (whereabouts) => ({
  home: _("at home"),
  away: _("away for work"),
  missing: _("out of contact"),
  dead: _("has died"),
})[whereabouts];
