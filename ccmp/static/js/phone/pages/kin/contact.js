/* Parents who are away: that one was in touch, and from whom nobody heard for too long. */

import { addressOf } from "../../addresses.js";
import { heardOn, isSilent } from "../../rules/contact.js";
import { isInRegister } from "../../rules/labels.js";
import { compare } from "../../rules/names.js";
import { read } from "../../rules/registration.js";
import { _ } from "../../words.js";
import { relationSaid } from "../children/said.js";
import { children, familyOf } from "../children/village.js";
import { pageOf } from "../visits/today.js";
import { ELSEWHERE } from "../visits/village.js";
import { WRITTEN, childIn, idsIn, kinshipIn, relativeIn, writeRelative } from "./people.js";

const ROWS = 50;
const DAY = 86_400_000;
const PARENTS = ["51", "52", "57", "58"];

export function contact(asked) {
  const [child, kinship] = [childIn(asked), kinshipIn(asked)];
  const values = { id: asked.id(), on: asked.on, how: "video", with_child: "on" };
  return child && kinship ? { child, kinship, form_state: { values } } : ELSEWHERE;
}

export function wasInTouch(docs, { path, fields }) {
  const relative = relativeIn(docs, idsIn(path)[1]);
  const { given, day } = read(fields);
  if (!relative || !day("on") || (relative.last && relative.last[0] > day("on"))) return;
  writeRelative(docs, { ...relative, last: [day("on"), given("how")] });
}

export function checkContact({ docs, params, on }, fields) {
  const { given, day } = read(fields);
  const relative = relativeIn(docs, params.relative_id);
  if (day("on") > on) return { on: [_("The day lies in the future. Note it once it has come.")] };
  if (!given("with_child") && !given("with_carer")) {
    return { with_child: [_("Tick whom the parent spoke with: the child, who looks after it, or both.")] };
  }
  if (!relative?.died_on || day("on") < relative.died_on) return {};
  const words = { name: relative.name, day: relative.died_on };
  return { on: [_("By the file %(name)s died on %(day)s. Choose an earlier day, or say first where %(name)s is.", words)] };
}

export function touchNoted({ pack }, entry) {
  return { redirect: addressOf(pack, "children:file", { child_id: idsIn(entry.path)[0] }), message: entry.state === "sent" ? _("Noted.") : WRITTEN() };
}

// ── who is silent ───────────────────────────────────────────────────────────────────────────────────────────────────

/** Parents away from whom nobody heard for too long, the longest silence first: the twin of silent_parents. */
export function silentOnes({ docs, on }) {
  const found = new Map();
  const all = [...children(docs)].filter(([, body]) => isInRegister(body, on)).sort(([a, x], [b, y]) => compare(x.born_on, y.born_on) || compare(a, b));
  for (const [id, body] of all) {
    for (const { relation, relative } of familyOf(docs, body).filter((one) => PARENTS.includes(one.relation))) {
      const row = found.get(relative.id) ?? { relation, relative, children: [], first: "9999" };
      const since = body.since ?? body.registered_on;
      found.set(relative.id, { ...row, children: [...row.children, { id, name: body.name }], first: since < row.first ? since : row.first });
    }
  }
  const rows = [...found.values()].map((row) => ({ ...row, heard: heardOn(row.relative, row.first, on) }));
  const silent = rows.filter((row) => isSilent(row.heard, { docs, on }));
  return silent.sort((a, b) => compare(a.heard, b.heard) || compare(a.relative.id, b.relative.id));
}

export function silent(asked) {
  const { on } = asked;
  const days = (heard) => Math.round((Date.parse(on) - Date.parse(heard)) / DAY);
  const rows = silentOnes(asked).map(({ relation, relative, children: hers, heard }) => ({
    relation: relationSaid(relation),
    relative: { phone: "", ...relative },
    children: hers.map((one) => one.name).join(_(", ")),
    child: { id: hers[0].id },
    days: days(heard),
    last: relative.last?.[0] ?? null,
  }));
  const page = pageOf(rows, asked.query.get("page"), ROWS);
  return { page, rows: page.object_list };
}
