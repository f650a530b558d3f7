/* What a phone keeps. Of everybody on it: who, and her wrapped key. Of each one: her village's sheets, her outbox, her
   drafts, all sealed under her own key. The worker alone writes sheets and entries; pages ask it. */

import { asked, openDatabase, writing, written } from "./database.js";
import { opened, sealed } from "./keys.js";

const PHONE = "ccmp";
const CHUNKS = 64; // sheets lie together: 64 records open ten times as fast as 700
const EDITION = 1;

// ── everybody on this phone ─────────────────────────────────────────────────────────────────────────────────────────

function phoneDatabase() {
  return openDatabase(PHONE, EDITION, (database, from) => {
    if (from < 1) {
      database.createObjectStore("people", { keyPath: "id" });
      database.createObjectStore("state");
    }
  });
}

async function withPhone(stores, work) {
  const database = await phoneDatabase();
  try { return await work(database, stores); } finally { database.close(); }
}

/** Who is set up on this phone: {id, name, phone, language, device, kept, contact_at, days}. */
export function people() {
  return withPhone(["people"], (database) => asked(database.transaction("people").objectStore("people").getAll()));
}

export function person(id) {
  return withPhone(["people"], (database) => asked(database.transaction("people").objectStore("people").get(id)));
}

export function keepPerson(one) {
  return withPhone(["people"], (database, stores) => {
    const transaction = writing(database, stores);
    transaction.objectStore("people").put(one);
    return written(transaction);
  });
}

export function forgetPerson(id) {
  return withPhone(["people"], (database, stores) => {
    const transaction = writing(database, stores);
    transaction.objectStore("people").delete(id);
    return written(transaction);
  });
}

/** A note of the whole phone, such as whose pages are open: nothing about a child. */
export function note(name) {
  return withPhone(["state"], (database) => asked(database.transaction("state").objectStore("state").get(name)));
}

export function keepNote(name, value) {
  return withPhone(["state"], (database, stores) => {
    const transaction = writing(database, stores);
    transaction.objectStore("state").put(value, name);
    return written(transaction);
  });
}

// ── one person's store ──────────────────────────────────────────────────────────────────────────────────────────────

function ownDatabase(id) {
  return openDatabase(`${PHONE}-${id}`, EDITION, (database, from) => {
    if (from < 1) {
      for (const name of ["docs", "drafts", "meta"]) database.createObjectStore(name);
      database.createObjectStore("outbox", { autoIncrement: true }); // the order of writing is the order of sending
    }
  });
}

/** How many entries of hers are not on the server, without her key: {waiting, refused}. */
export async function unsentOf(id) {
  const database = await ownDatabase(id);
  try {
    const rows = await asked(database.transaction("outbox").objectStore("outbox").getAll());
    const count = (state) => rows.filter((row) => row.state === state).length;
    return { waiting: count("waiting"), refused: count("refused") };
  } finally { database.close(); }
}

/** Takes everything of hers off this phone. Refuses, and takes nothing, while something is not on the server. */
export async function wipe(id) {
  const { waiting, refused } = await unsentOf(id);
  if (waiting + refused) return false;
  await forgetPerson(id);
  await asked(indexedDB.deleteDatabase(`${PHONE}-${id}`));
  return true;
}

/** Takes off what she may read, and keeps what she has not sent: at a revocation. */
export async function wipeReading(id) {
  const database = await ownDatabase(id);
  const transaction = writing(database, ["docs", "drafts"]);
  transaction.objectStore("docs").clear();
  transaction.objectStore("drafts").clear();
  await written(transaction);
  database.close();
}

export async function openStore(id, key) { return new Store(id, key, await ownDatabase(id)); }

/** One person's store, open. */
export class Store {
  constructor(id, key, database) { Object.assign(this, { id, key, database, sheets: null, written: null }); }

  close() { this.database.close(); }

  // Sheets: id → [hash, body], in memory as long as the worker lives.

  async held() {
    if (!this.sheets) {
      const store = this.database.transaction("docs").objectStore("docs");
      const [names, boxes] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())]);
      const chunks = await Promise.all(boxes.map((box, place) => opened(this.key, `docs ${names[place]}`, box)));
      this.sheets = new Map(chunks.flatMap((chunk) => Object.entries(chunk)));
    }
    return this.sheets;
  }

  /** Map of id → body. */
  async docs() { return new Map([...(await this.held())].map(([id, [, body]]) => [id, body])); }

  /** Take sheets in and drop others, with what is noted beside them, all at once. */
  async takeIn({ docs, gone = [], notes = {} }) {
    const held = new Map(await this.held());
    const touched = new Set();
    for (const id of gone) { held.delete(id); touched.add(chunkOf(id)); }
    for (const [id, hash, body] of docs) { held.set(id, [hash, body]); touched.add(chunkOf(id)); }
    const chunks = await Promise.all([...touched].map((name) => this.#chunk(name, held)));
    const kept = await Promise.all(Object.entries(notes).map(async ([name, value]) => [name, await sealed(this.key, `meta ${name}`, value)]));
    const transaction = writing(this.database, ["docs", "meta"]);
    for (const [name, box] of chunks) box ? transaction.objectStore("docs").put(box, name) : transaction.objectStore("docs").delete(name);
    for (const [name, box] of kept) transaction.objectStore("meta").put(box, name);
    await written(transaction);
    this.sheets = held;
  }

  async #chunk(name, held) {
    const own = Object.fromEntries([...held].filter(([id]) => chunkOf(id) === name));
    return [name, Object.keys(own).length ? await sealed(this.key, `docs ${name}`, own) : null];
  }

  // The outbox: {seq, state: "waiting" | "refused" | "kept", id, kind, …}, in the order of writing.

  async entries() {
    if (!this.written) {
      const store = this.database.transaction("outbox").objectStore("outbox");
      const [seqs, rows] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())]);
      this.written = await Promise.all(rows.map(async (row, place) => ({ ...(await opened(this.key, `outbox ${row.tag}`, row)), seq: seqs[place], state: row.state })));
    }
    return [...this.written];
  }

  /** Resolves when it is on the disk. */
  async addEntry(entry) {
    await this.entries();
    const row = await this.#row(entry);
    const transaction = writing(this.database, ["outbox"]);
    const seq = await asked(transaction.objectStore("outbox").add(row));
    await written(transaction);
    this.written.push({ ...entry, seq });
    return seq;
  }

  /** Each of `changed` is a whole entry with its seq; `dropped` are seqs. */
  async changeEntries(changed, dropped = [], notes = {}) {
    const rows = await Promise.all(changed.map(async (entry) => [entry.seq, await this.#row(entry)]));
    const kept = await Promise.all(Object.entries(notes).map(async ([name, value]) => [name, await sealed(this.key, `meta ${name}`, value)]));
    const transaction = writing(this.database, ["outbox", "meta"]);
    for (const [seq, row] of rows) transaction.objectStore("outbox").put(row, seq);
    for (const seq of dropped) transaction.objectStore("outbox").delete(seq);
    for (const [name, box] of kept) transaction.objectStore("meta").put(box, name);
    await written(transaction);
    const news = new Map(changed.map((entry) => [entry.seq, entry]));
    this.written = (await this.entries()).filter((one) => !dropped.includes(one.seq)).map((one) => news.get(one.seq) ?? one);
  }

  async #row({ seq: _seq, state, ...said }) {
    const tag = crypto.randomUUID();
    return { tag, state, ...(await sealed(this.key, `outbox ${tag}`, said)) };
  }

  // Drafts and notes.

  draft(path) { return this.#read("drafts", path); }
  keepDraft(path, values) { return this.#write("drafts", path, values); }
  note(name) { return this.#read("meta", name); }
  keepNote(name, value) { return this.#write("meta", name, value); }

  async dropDraft(path) {
    const transaction = writing(this.database, ["drafts"]);
    transaction.objectStore("drafts").delete(path);
    await written(transaction);
  }

  async #read(store, name) {
    const box = await asked(this.database.transaction(store).objectStore(store).get(name));
    return box && opened(this.key, `${store} ${name}`, box);
  }

  async #write(store, name, value) {
    const box = await sealed(this.key, `${store} ${name}`, value);
    const transaction = writing(this.database, [store]);
    transaction.objectStore(store).put(box, name);
    await written(transaction);
  }
}

/** The record in which a sheet lies: by a small hash of its id, so that a child's sheets spread evenly. */
function chunkOf(id) {
  let mark = 0;
  for (const sign of id) mark = (mark * 31 + sign.charCodeAt(0)) >>> 0;
  return String(mark % CHUNKS);
}
