/* What one person keeps on this phone: her village's sheets, her entries, her drafts, and notes of the sync; all sealed
   under her key. Several workers and pages may have it open: who writes what another has changed meanwhile begins anew.

   docs      16 records of many sheets each: as many records as sheets would open ten times as slowly
   outbox    seq → sealed entry; its state beside it in clear, so that a locked phone knows how much is unsent
   drafts    a name that tells nothing → sealed {path, fields}
   notes     "next" seq, "edition" of what lies here, and the sealed "meta" {token, phone, cursor, hash, kept, skew, …} */

import { answer, openDatabase, reading, removeDatabase, writing } from "./database.js";
import { dropHolder } from "./holders.js";
import { isSame, seal, unseal } from "./sealed.js";

const CHUNKS = 16;
const TRIES = 20;
export const STEPS = [
  (db) => { for (const name of ["docs", "outbox", "drafts", "notes"]) db.createObjectStore(name); },
];

/** Entries that no server has are not taken off a phone. */
export class Unsent extends Error {
  constructor(counts) {
    super("Something on this phone is not with the server yet.");
    Object.assign(this, counts);
  }
}

class Changed extends Error {}

const databaseOf = (user) => openDatabase(`ccmp-${user}`, STEPS);

/** @param {string} user her id @param {CryptoKey} key */
export async function openStore(user, key) { return new Store(user, key, await databaseOf(user)); }

// ── without her key ─────────────────────────────────────────────────────────────────────────────────────────────────

/** How many of her entries are not with the server: {waiting, refused}. */
export async function unsentOf(user) {
  return withDatabase(user, (db) => reading(db, "outbox", async ({ outbox }) => {
    const states = (await answer(outbox.getAll())).map(({ state }) => state);
    const count = (wanted) => states.filter((state) => state === wanted).length;
    return { waiting: count("waiting"), refused: count("refused") };
  }));
}

/** Takes all of hers off this phone, and her key. Throws Unsent, and takes nothing, where that would lose an entry. */
export async function wipe(user, { evenUnsent = false } = {}) {
  const counts = await unsentOf(user);
  if (!evenUnsent && counts.waiting + counts.refused) throw new Unsent(counts);
  await removeDatabase(`ccmp-${user}`);
  await dropHolder(user);
}

/** Takes off what can be read, and keeps what was not sent: the phone is out of use. */
export async function emptyReading(user) {
  await withDatabase(user, (db) => writing(db, ["docs", "drafts", "notes"], async ({ docs, drafts, notes }) => {
    await Promise.all([answer(docs.clear()), answer(drafts.clear())]);
    await answer(notes.put(((await answer(notes.get("edition"))) ?? 0) + 1, "edition"));
  }));
}

async function withDatabase(user, work) {
  const db = await databaseOf(user);
  try { return await work(db); } finally { db.close(); }
}

// ── with it ─────────────────────────────────────────────────────────────────────────────────────────────────────────

class Store {
  #key; #db; #read = null; #known = new Map();

  constructor(user, key, db) {
    this.user = user;
    this.#key = key;
    this.#db = db;
  }

  close() { this.#db.close(); }

  // sheets and notes

  /** Map of id → body; the Map is the caller's own, the bodies are not. */
  async docs() { return new Map([...(await this.#latest()).sheets].map(([id, [, body]]) => [id, body])); }

  /** Map of id → hash. */
  async hashes() { return new Map([...(await this.#latest()).sheets].map(([id, [hash]]) => [id, hash])); }

  async meta() { return { ...(await this.#latest()).meta }; }

  /** @param docs [[id, hash, body]] @param more {gone: [ids], meta: changes to the notes}: all of it or nothing */
  putDocs(docs, { gone = [], meta = {} } = {}) { return this.#change({ docs, gone, meta }); }
  dropDocs(gone, { meta = {} } = {}) { return this.#change({ gone, meta }); }
  /** @param meta changes to the notes, or what makes them of the notes as they are */
  setMeta(meta) { return this.#change({ meta }); }

  // entries

  /** All entries, in the order in which they were written. */
  async entries() {
    const [seqs, rows] = await reading(this.#db, "outbox", ({ outbox }) => Promise.all([answer(outbox.getAllKeys()), answer(outbox.getAll())]));
    const known = new Map();
    await Promise.all(seqs.map(async (seq, place) => known.set(seq, await this.#open(seq, rows[place]))));
    this.#known = known;
    return seqs.map((seq) => ({ ...known.get(seq).entry, seq }));
  }

  /** Writes an entry down, and its draft off. Answered when it is on the disk; returns it with its seq. */
  async addEntry(entry, { draft } = {}) {
    const seq = await writing(this.#db, "notes", async ({ notes }) => {
      const next = ((await answer(notes.get("next"))) ?? 0) + 1;
      await answer(notes.put(next, "next"));
      return next;
    });
    const row = await this.#row(seq, entry);
    const name = draft === undefined ? null : await this.#draftName(draft);
    await writing(this.#db, ["outbox", "drafts"], async ({ outbox, drafts }) => {
      await answer(outbox.add(row, seq));
      if (name) await answer(drafts.delete(name));
    });
    return { ...entry, seq };
  }

  /** Changes one entry: `changes` are laid over it, or made of it by a function. */
  changeEntry(seq, changes, { meta = {} } = {}) { return this.changeEntries([[seq, changes]], { meta }); }

  /** @param changed [[seq, changes]] @param more {dropped: [seqs], meta}: all of it or nothing. Who is gone is passed over. */
  changeEntries(changed, { dropped = [], meta = {} } = {}) { return this.#change({ changed, dropped, meta }); }
  dropEntries(dropped, { meta = {} } = {}) { return this.#change({ dropped, meta }); }

  // drafts

  /** What she had typed on a page: its fields, or null. */
  async draft(path) {
    const name = await this.#draftName(path);
    const box = await reading(this.#db, "drafts", ({ drafts }) => answer(drafts.get(name)));
    return box ? (await unseal(this.#key, `drafts ${name}`, box)).fields : null;
  }

  /** @param fields {name: [texts]} */
  async keepDraft(path, fields) {
    const name = await this.#draftName(path);
    const box = await seal(this.#key, `drafts ${name}`, { path, fields });
    await writing(this.#db, "drafts", ({ drafts }) => answer(drafts.put(box, name)));
  }

  async dropDraft(path) {
    const name = await this.#draftName(path);
    await writing(this.#db, "drafts", ({ drafts }) => answer(drafts.delete(name)));
  }

  // ── within ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** What lies here now, read anew only when somebody has changed it. */
  async #latest() {
    const edition = await reading(this.#db, "notes", ({ notes }) => answer(notes.get("edition")));
    if (this.#read?.edition !== (edition ?? 0)) this.#read = await this.#readAll();
    return this.#read;
  }

  async #readAll() {
    const [edition, box, names, boxes] = await reading(this.#db, ["notes", "docs"], ({ notes, docs }) => Promise.all([
      answer(notes.get("edition")), answer(notes.get("meta")), answer(docs.getAllKeys()), answer(docs.getAll()),
    ]));
    // A record that was damaged holds nothing: the next contact finds that the sheets do not add up, and brings them again.
    const chunks = await Promise.all(boxes.map((one, place) => unseal(this.#key, `docs ${names[place]}`, one).catch(() => [])));
    const meta = box ? await unseal(this.#key, "notes meta", box) : {};
    return { edition: edition ?? 0, meta, sheets: new Map(chunks.flat().map(([id, hash, body]) => [id, [hash, body]])) };
  }

  async #change(wanted) {
    for (let tries = 0; tries < TRIES; tries += 1) {
      try {
        return await this.#tryToChange(wanted);
      } catch (error) {
        if (!(error instanceof Changed)) throw error;
      }
    }
    throw new Error("The store is changed without end.");
  }

  async #tryToChange({ docs = [], gone = [], changed = [], dropped = [], meta }) {
    const before = await this.#latest();
    const sheets = new Map(before.sheets);
    for (const id of gone) sheets.delete(id);
    for (const [id, hash, body] of docs) sheets.set(id, [hash, body]);
    const touched = new Set([...gone, ...docs.map(([id]) => id)].map(chunkOf));
    const chunks = await Promise.all([...touched].map((chunk) => this.#chunk(chunk, sheets)));
    const notes = { ...before.meta, ...(typeof meta === "function" ? meta({ ...before.meta }) : meta) };
    const box = await seal(this.#key, "notes meta", notes);
    const rows = changed.length ? await this.#changedRows(changed) : [];
    const edition = before.edition + 1;
    await writing(this.#db, ["docs", "notes", "outbox"], async (stores) => {
      if (((await answer(stores.notes.get("edition"))) ?? 0) !== before.edition) throw new Changed();
      for (const [seq, old] of rows) if (!isSame(await answer(stores.outbox.get(seq)), old)) throw new Changed();
      await Promise.all([
        answer(stores.notes.put(edition, "edition")), answer(stores.notes.put(box, "meta")),
        ...chunks.map(([chunk, one]) => answer(one ? stores.docs.put(one, chunk) : stores.docs.delete(chunk))),
        ...rows.map(([seq, , row]) => answer(stores.outbox.put(row, seq))),
        ...dropped.map((seq) => answer(stores.outbox.delete(seq))),
      ]);
    });
    this.#read = { edition, meta: notes, sheets };
  }

  async #chunk(chunk, sheets) {
    const own = [...sheets].filter(([id]) => chunkOf(id) === chunk).map(([id, [hash, body]]) => [id, hash, body]);
    return [chunk, own.length ? await seal(this.#key, `docs ${chunk}`, own) : null];
  }

  /** [[seq, the row as it is, the row as it is to be]] of those that are there. */
  async #changedRows(changed) {
    const found = await reading(this.#db, "outbox", ({ outbox }) => Promise.all(changed.map(([seq]) => answer(outbox.get(seq)))));
    const there = changed.map(([seq, changes], place) => [seq, changes, found[place]]).filter(([, , row]) => row);
    return Promise.all(there.map(async ([seq, changes, row]) => {
      const { entry } = await this.#open(seq, row);
      return [seq, row, await this.#row(seq, { ...entry, ...(typeof changes === "function" ? changes(entry) : changes) })];
    }));
  }

  async #open(seq, row) {
    const known = this.#known.get(seq);
    return isSame(known?.row, row) ? known : { row, entry: await unseal(this.#key, `outbox ${seq}`, row) };
  }

  async #row(seq, { seq: _seq, ...entry }) { return { state: entry.state, ...(await seal(this.#key, `outbox ${seq}`, entry)) }; }

  async #draftName(path) {
    let { drafts_salt: salt } = await this.meta();
    if (!salt) {
      await this.setMeta((meta) => ({ drafts_salt: meta.drafts_salt ?? hex(crypto.getRandomValues(new Uint8Array(16))) }));
      ({ drafts_salt: salt } = await this.meta());
    }
    return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${salt} ${path}`))));
  }
}

function hex(bytes) { return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(""); }

/** The record in which a sheet lies, by a small hash of its id. */
function chunkOf(id) {
  let mark = 0;
  for (const sign of id) mark = (mark * 31 + sign.charCodeAt(0)) >>> 0;
  return mark % CHUNKS;
}
