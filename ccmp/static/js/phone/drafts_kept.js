/* The worker's side of drafts: one after the other, so that the last thing typed is what is kept. */

import { whose } from "./whose.js";

let line = Promise.resolve();

/** Resolves when every draft that arrived is written down: an entry must not be overtaken by its own draft. */
export function draftsAtRest() { return line; }

/** {type: "draft", path, fields} · {type: "draft-gone", path} · {type: "draft?", path}: gives {fields} for the last. */
export function heardOfDraft(message) {
  const done = line.then(() => carryOut(message));
  line = done.catch((error) => console.error("A draft was not kept:", error.name));
  return done;
}

async function carryOut({ type, path, fields }) {
  const store = (await whose())?.store;
  if (!store) return {};
  if (type === "draft") await store.keepDraft(path, fields);
  if (type === "draft-gone") await store.dropDraft(path);
  return type === "draft?" ? { fields: await store.draft(path) } : {};
}
