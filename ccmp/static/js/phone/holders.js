/* Who keeps a village on this phone: the one database that is read before anybody has typed a PIN. Nothing of it is about
   children. A holder is {id, name, phone, set_up_at, contact_at, days_without_contact, wrapped, device, wrong, waits}. */

import { answer, openDatabase, reading, writing } from "./database.js";

const NAME = "ccmp";
const STEPS = [
  (db) => {
    db.createObjectStore("holders", { keyPath: "id" });
    db.createObjectStore("app");
  },
];

let database = null;

function phone() {
  database ??= openDatabase(NAME, STEPS).then((db) => {
    const letGo = db.onversionchange;
    db.onclose = () => { database = null; };
    db.onversionchange = () => { database = null; letGo(); };
    return db;
  });
  database.catch(() => { database = null; });
  return database;
}

/** All who are on this phone, the first to come first. */
export async function holders() {
  const found = await reading(await phone(), "holders", ({ holders: store }) => answer(store.getAll()));
  return found.sort((one, other) => one.set_up_at - other.set_up_at);
}

export async function holder(id) {
  if (!id) return null;
  return (await reading(await phone(), "holders", ({ holders: store }) => answer(store.get(id)))) ?? null;
}

/** Changes a holder, or makes her one. `change` is told what is known of her, and gives what is to be; null leaves it. */
export async function changeHolder(id, change) {
  return writing(await phone(), "holders", async ({ holders: store }) => {
    const known = (await answer(store.get(id))) ?? null;
    const changed = change(known);
    if (changed) await answer(store.put({ ...changed, id }));
    return changed ?? known;
  });
}

export async function dropHolder(id) {
  await writing(await phone(), "holders", ({ holders: store }) => answer(store.delete(id)));
}

/** What the app itself keeps: who was last at it ("last"), which pack it writes pages with. */
export async function appState(name) {
  return (await reading(await phone(), "app", ({ app }) => answer(app.get(name)))) ?? null;
}

export async function setAppState(name, value) {
  await writing(await phone(), "app", ({ app }) => answer(value === null ? app.delete(name) : app.put(value, name)));
}
