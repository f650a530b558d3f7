/* Whose word stands behind a file, and what the supervisor sent back: beside the file, and as a list. */

import { addressOf } from "../../addresses.js";
import { read } from "../../rules/registration.js";
import { compare } from "../../rules/names.js";
import { _ } from "../../words.js";
import { childSeen, children } from "../children/village.js";
import { pageOf } from "../visits/today.js";
import { isDue } from "./confirm.js";

const ROWS = 50;
const IDS = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

/** What stands beside a child's file: the twin of trust_part. */
export function trustPart(asked, id) {
  const body = asked.docs.get(`child:${id}`);
  const back = backOf(body);
  const [confirmedOn, confirmedWith] = body.confirmed ?? [null, ""];
  const [checkedOn, checkedBy, word] = body.checked ?? [null, "", ""];
  return {
    signed: {
      filled_in_by: body.by ?? asked.me.user.full_name,
      filled_in_on: body.registered_on,
      confirmed_on: confirmedOn,
      confirmed_with: confirmedWith,
      checked_on: checkedOn,
      checked_by: checkedBy,
      was_sent_back: word === "back",
    },
    back,
    back_on: back?.on ?? null,
    is_due: isDue(asked.docs, body, asked.on),
    may_confirm: Boolean(asked.me.post),
  };
}

function backOf(body) {
  if (!body.back) return null;
  const [id, remark, by, on, at] = body.back;
  return { id, remark, by, on, at };
}

/** Files that were sent back and not put right yet, the oldest first: [id, body]. */
export function sentBackOnes({ docs }) {
  const order = ([, body]) => `${body.back[4]} ${body.back[0]}`;
  return [...children(docs)].filter(([, body]) => body.back).sort((a, b) => compare(order(a), order(b)));
}

export function sentBack(asked) {
  const page = pageOf(sentBackOnes(asked), asked.query.get("page"), ROWS);
  const rows = page.object_list.map(([id, body]) => {
    const { remark, by, on } = backOf(body);
    return { child: childSeen(asked, id, body), remark, checked_by: { full_name: by }, checked_at: on };
  });
  return { page, rows, on: asked.on };
}

export function putRight(docs, entry) {
  const name = `child:${entry.path.match(IDS)?.[0]}`;
  const body = docs.get(name);
  if (body?.back?.[0] !== read(entry.fields).given("check")) return;
  const { back: _back, ...rest } = body;
  docs.set(name, { ...rest, unsent: body.unsent || entry.state !== "sent" });
}

export function isPutRight({ pack }, entry) {
  return {
    redirect: addressOf(pack, "children:file", { child_id: entry.path.match(IDS)[0] }),
    message: entry.state === "sent" ? _("The supervisor gets to see the file again.") : _("Written down. It goes out as soon as there is a network."),
  };
}
