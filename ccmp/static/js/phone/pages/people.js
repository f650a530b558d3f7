/* Her own page on the phone: where she serves, in which language and how large she reads. */

import { addressOf } from "../addresses.js";
import { _ } from "../words.js";

function account({ me }) {
  const { user = {}, post } = me;
  const held = post && { get_role_display: post.role_display, place: post.place, starts_at: post.since };
  const values = { language: user.language, ...(user.large_type ? { large_type: "on" } : {}) };
  return { user: { ...user, post: held }, form_state: { values } };
}

function chosen(docs, { fields }) {
  const me = docs.get("me");
  if (!me) return;
  const language = fields.language?.[0] ?? me.user.language;
  docs.set("me", { ...me, user: { ...me.user, language, large_type: Boolean(fields.large_type?.[0]) } });
}

export const pages = { "people:account": account };
export const effects = { "people:account": chosen };
export const done = { "people:account": ({ pack }) => ({ redirect: addressOf(pack, "people:account"), message: _("Saved.") }) };
