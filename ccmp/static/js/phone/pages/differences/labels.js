/* What the fields of a child's file and their choices are called: the labels of children/enums.py. */

import { _ } from "../../words.js";

export const fieldSaid = (field) => ({
  name: _("Name"),
  sex: _("Sex"),
  born_on: _("Born on"),
  ethnic_group: _("Ethnic group"),
  ethnic_words: _("Ethnic group in words"),
  resident_id: _("ID number"),
  hukou: _("Hukou"),
  hukou_county: _("County of the hukou"),
  hukou_place: _("Place of the hukou"),
  lives_here_since: _("Lives here since"),
  no_id_reason: _("Why there is no ID number"),
  school_stage: _("School"),
  school_name: _("Name of the school"),
  is_boarding: _("Boards at school"),
  head_name: _("Head of the household"),
  neighbourhood: _("Hamlet"),
  address: _("Way to the home"),
  income: _("What the home lives on"),
  aid: _("Aid received"),
  whereabouts: _("Where a parent is"),
  ability: _("Able to look after the child"),
  declared_missing: _("Declared missing by a court"),
  kin_name: _("Name of a relative"),
  kin_born_on: _("Birth date of a relative"),
  kin_phone: _("Telephone of a relative"),
  kin_id: _("ID number of a relative"),
  kin_work: _("Employer of a relative"),
  kin_address: _("Address of a relative"),
  care: _("Who looks after the child"),
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
    other_papers: _("Has only papers of Hong Kong, Macau, Taiwan or another country"),
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

export const incomeSaid = (source) => ({
  migrant_work: _("work away from home"),
  farming: _("farming"),
  state_aid: _("aid by the state"),
  relatives: _("help by relatives"),
  other: _("something else"),
})[source];
