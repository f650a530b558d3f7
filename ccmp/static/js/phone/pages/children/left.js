/* What of a child's file is still empty, step by step: the twin of children/rules/file_steps.py. */

import { _ } from "../../words.js";
import { said } from "../differences/file.js";

const AT_SCHOOL = ["kindergarten", "primary", "junior", "senior", "vocational"];

/** What the file's page tells of its steps. @param child as childSeen gives it */
export function stepsOf({ docs, on, me }, child) {
  const steps = {
    identity: child.resident_id ? "" : _("no ID number"),
    hukou: child.hukou_county || child.hukou === "none" ? "" : _("county not filled in"),
    school: child.school_name || !AT_SCHOOL.includes(child.school) ? "" : _("name not filled in"),
    health: child.health_told_on ? "" : _("not asked yet"),
    home: child.household.inc?.length ? "" : _("income not filled in"),
  };
  return {
    left: { ...steps, number: Object.values(steps).filter(Boolean).length },
    county: docs.get("counties")?.[child.hukou_county] ?? child.hukou_county,
    income: child.household.inc?.length ? said("income", child.household.inc.join(","), on) : "",
    may_tell_health: Boolean(me.post),
  };
}
