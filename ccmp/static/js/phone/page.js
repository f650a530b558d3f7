/* One of her pages, written on the phone: from the pack's shell and what the phone holds. */

import { effects, pages, twins } from "./pages/index.js";
import { render } from "./render.js";
import { dayOf, speak } from "./words.js";

/** The page that an address names: {page, params, posts, templates}, or null when it is none of the pack's. */
export function pageAt(pack, url) {
  for (const [page, { address, posts, templates }] of Object.entries(pack.pages)) {
    const found = new RegExp(address).exec(url.pathname);
    if (found) return { page, params: found.groups ?? {}, posts, templates };
  }
  return null;
}

/** The village as she sees it: what came from the server, and what she has written down since laid over it.
 *  @param docs Map of id → body; @param entries not yet come back from the server, in their order. Returns a Map. */
export function villageOf(docs, entries) {
  const village = new Map(docs);
  for (const entry of entries) {
    try {
      effects[entry.kind]?.(village, entry);
    } catch (error) { // what it was about is gone: the rest of the village is still to be seen
      console.error(`The entry of ${entry.kind} cannot be laid over the sheets:`, error.name);
    }
  }
  return village;
}

/** What a builder is told. @param now a Date by the corrected clock */
export function askedOf({ pack, docs, url, now, state, id }) {
  const at = pageAt(pack, url);
  return { ...at, docs, pack, query: url.searchParams, url, now, on: dayOf(now), me: docs.get("me") ?? {}, state, id };
}

/** The page itself: {status, html} or {status, redirect}; null where the pack has no such page, or the phone does not hold it.
 *  @param state what a form holds and what is wrong with it: {values, errors, summary}; @param messages [{level_tag, text}] */
export function writePage({ pack, docs, url, now, state, messages = [], id }) {
  const asked = askedOf({ pack, docs, url, now, state, id });
  const build = asked.page && pages[asked.page];
  if (!build) return null;
  speak(pack.words);
  const context = build(asked);
  if (!context) return { status: 404 };
  if (context.elsewhere) return null;
  if (context.redirect) return { status: 302, redirect: context.redirect };
  const shell = pack.shells[context.template ?? asked.templates[0]];
  const html = render(shell.ops, { ...around(asked, messages), ...context }, { icons: pack.icons, address: url, twins });
  return { status: context.status ?? 200, html: withState(html, { ...context.form_state, ...state }, pack) };
}

/** What every page shows around its own content. */
function around({ me, now, on }, messages) {
  const said = messages.map((one) => ({ ...one, toString() { return one.text; } }));
  return { user: me.user ?? {}, nav: { place: me.post?.place ?? "", now }, now, on, messages: said };
}

/** A form's values and mistakes travel beside it, as data: fill.js puts them in. */
function withState(html, state, { form_parts: parts }) {
  if (!Object.keys(state).length) return html;
  const data = JSON.stringify(state).replace(/</g, "\\u003c");
  return html.replace("</body>", () => `<script type="application/json" id="form-state">${data}</script>\n${parts}</body>`);
}

