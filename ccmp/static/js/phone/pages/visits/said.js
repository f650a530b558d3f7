/* What the states and kinds of visits and flags are called: the labels of visits/enums.py and visits/forms. */

import { _, pgettext } from "../../words.js";

export const LEVEL_STATES = { high: "danger", medium: "short", low: "met", none: "exempt" };
export const RATING_STATES = ["met", "short", "danger"];

export const levelSaid = (level) => ({
  high: _("high"), medium: _("medium"), low: _("low"), none: _("not assessed yet"),
})[level];

export const ratingSaid = (rating) => [_("fine"), _("a worry"), pgettext("a rating", "danger")][rating];

export const outcomeSaid = (outcome) => ({
  completed: _("visited"),
  nobody_home: _("nobody at home"),
  refused: _("the family refused"),
  child_away: _("the child was away"),
})[outcome];

export const overrideSaid = (reason) => ({
  violence: _("violence"),
  trafficking: _("trafficking"),
  runaway: _("ran away"),
  catastrophe: _("a catastrophe in the family"),
  danger_to_life: _("danger to life"),
})[reason];

export const kindSaid = (kind) => ({
  no_guardian: _("No guardian"),
  alone_under_16: _("Under 16, living alone"),
  unattended_under_8: _("Under 8, unattended"),
  unfit_carer: _("Unfit carer"),
  parents_silent: _("Parents out of contact"),
  dropped_out: _("Dropped out of school"),
  no_hukou: _("No hukou"),
  domestic_violence: _("Suspected domestic violence"),
  sexual_abuse: _("Suspected sexual abuse"),
  bullying: _("Suspected bullying"),
  self_harm: _("Risk of self-harm"),
  serious_illness: _("Serious illness"),
  disability_uncertified: _("Disability without certificate"),
  child_of_prisoner: _("Child of a prisoner"),
  child_of_drug_user: _("Child of a drug user"),
  hazard: _("Drowning or home hazard"),
  malnutrition: _("Malnutrition"),
  early_pregnancy: _("Early pregnancy or marriage"),
  child_labour: _("Child labour"),
  vagrancy: _("Vagrancy, unknown origin or missing"),
  family_change: _("Sudden change in the family"),
  visit_overdue: _("Visit overdue"),
})[kind];

export const severitySaid = (severity) => ({
  mandatory: _("Mandatory report"), serious: _("Serious"), concern: _("Concern"),
})[severity];

export const flagStateSaid = (state) => ({
  raised: _("waiting for the county"),
  acknowledged: _("taken up by the county"),
  referred: _("with the departments"),
  closed: _("settled"),
  dismissal_proposed: _("dismissal awaits a second officer"),
  dismissed: _("dismissed"),
})[state];

export const flagClockSaid = (kind) => ({
  acknowledge: _("The county takes it up"),
  written_record: _("Written record at township and county"),
  tell_reporter: _("The reporter is told what became of it"),
})[kind];
