/* The worker's side of drafts: one after the other, so that the last thing typed is what is kept. */

import { whose } from "./whose.js";

let line = Promise.resolve();

/** Resolves when every draft that arrived is written down: an entry must not be overtaken by its own draft. */
export function draftsAtRest() { return line; }

/** {type: "draft", path, fields}, or {…, over} for what is laid over the draft that lies there · {type: "draft-gone", path} · {type: "draft?", path}: gives {fields} for the last. */
export function heardOfDraft(message) {
  const done = line.then(() => carryOut(message));
  line = done.catch((error) => console.error("A draft was not kept:", error.name));
  return done;
}

async function carryOut({ type, path, fields, over }) {
  const store = (await whose())?.store;
  if (!store) return {};
  if (type === "draft") await store.keepDraft(path, fields ?? laidOver((await store.draft(path)) ?? {}, over));
  if (type === "draft-gone") await store.dropDraft(path);
  return type === "draft?" ? { fields: await store.draft(path) } : {};
}

/** A name without texts was taken away. */
function laidOver(before, over) {
  return Object.fromEntries(Object.entries({ ...before, ...over }).filter(([, texts]) => texts));
}
