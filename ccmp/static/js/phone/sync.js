/* One contact with the server: her entries go up, what changed comes down. One at a time, whoever asks, and whatever is
   killed in between is begun once more: an entry is done once by its id, a part of the sheets is taken in or it is not. */

import { deviceMoment, skewOf } from "./clock.js";
import { _ } from "./words.js";
import { afterAnswers, asSent, counted, firstBatch, inOrder, saysTheSame } from "./outbox.js";

const PART = 200; // sheets in one answer, so that a weak network gets on
const PATIENCE = 45000;
export const FIRST_PAUSE = 5000;
const LONGEST_PAUSE = 300000;
const OUTBOX = "/api/v1/outbox/";
const CHANGES = "/api/v1/phones/changes/";
const TOO_MUCH = () => _("The server cannot take in what is written here. Make it shorter, and send it again.");

/** The server did not answer, or was in trouble: later. */
export class NoNetwork extends Error {}
/** The server knows her, but not with this token any more. */
export class SignInAgain extends Error {}
/** The county took this phone out of use. */
export class Revoked extends Error {}
/** The server does not even read what was sent: it is too much, or not what it takes. */
class NotRead extends Error {}

/** How long to wait after so many failures: twice as long each time, and never all phones at once. */
export function pauseAfter(failures, chance = Math.random()) {
  return Math.round(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(failures, 10)) * (0.5 + chance / 2));
}

// ── one at a time ───────────────────────────────────────────────────────────────────────────────────────────────────

const flights = new Map();

/** Runs `work` when no other of that name runs, in this worker or in another. */
export function oneAtATime(name, work) {
  if (globalThis.navigator?.locks) return navigator.locks.request(`ccmp ${name}`, work);
  const after = (flights.get(name) ?? Promise.resolve()).then(work, work);
  flights.set(name, after.catch(() => {}));
  return after;
}

// ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────────

async function ask(store, address, body) {
  const { token, phone } = await store.meta();
  if (!token) throw new SignInAgain();
  const stop = new AbortController();
  const clock = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(address, {
      method: "POST", credentials: "omit", cache: "no-store", redirect: "error", signal: stop.signal,
      headers: {
        Authorization: `Phone ${token}`, "Content-Type": "application/json", Accept: "application/json",
        "X-Phone": phone, "X-Phone-Clock": deviceMoment(),
      },
      body: JSON.stringify(body),
    });
    return await read(answer);
  } catch (error) {
    if (error instanceof SignInAgain || error instanceof Revoked || error instanceof NotRead) throw error;
    throw new NoNetwork(error.message);
  } finally { clearTimeout(clock); }
}

async function read(answer) {
  if (answer.status === 410) throw new Revoked();
  if (answer.status === 401 || answer.status === 403) throw new SignInAgain();
  if (answer.status === 400 || answer.status === 413) throw new NotRead(String(answer.status));
  if (!answer.ok) throw new NoNetwork(String(answer.status));
  return answer.json();
}

// ── up ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Sends what waits, each entry once in a flight. @param onProgress called after each batch */
export function send(store, { onProgress = () => {} } = {}) {
  return oneAtATime(`outbox ${store.user}`, async () => {
    const gone = new Set();
    for (;;) {
      const batch = firstBatch(inOrder(await store.entries()).filter((entry) => !gone.has(entry.seq)));
      if (!batch.length) return;
      await sendBatch(store, batch);
      batch.forEach((entry) => gone.add(entry.seq));
      onProgress();
    }
  });
}

/** The server's answers, or null for entries of which each has to go alone. */
async function askFor(store, batch) {
  try {
    return await ask(store, OUTBOX, batch.map(asSent));
  } catch (error) {
    if (!(error instanceof NotRead)) throw error;
    return batch.length > 1 ? null : [{ id: batch[0].id, kept: false, reason: TOO_MUCH() }];
  }
}

async function sendBatch(store, batch) {
  // Noted before it goes: once it may have arrived, it is no longer hers alone to change.
  await store.changeEntries(batch.filter((entry) => !entry.tried).map((entry) => [entry.seq, { tried: 1 }]));
  const answers = await askFor(store, batch);
  if (!answers) {
    for (const entry of batch) await sendBatch(store, [entry]); // one that cannot be read is not in the way of the others
    return;
  }
  if (!Array.isArray(answers)) throw new NoNetwork("not an answer");
  const changes = afterAnswers(await store.entries(), batch, answers);
  const newly = changes.filter(([, news]) => news.state === "sent").length;
  await store.changeEntries(changes.map(([seq, news, of]) => [seq, (now) => (!of || saysTheSame(now, of) ? news : {})]), { meta: (meta) => ({ kept: (meta.kept ?? 0) + newly }) });
}

// ── down ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Takes in what changed, part by part; then what the server has of hers needs no longer be laid over it.
 *  @param version the edition of the app. Returns {pack}: the newest edition that the server knows. */
export function takeDown(store, { version = "", onProgress = () => {} } = {}) {
  return oneAtATime(`changes ${store.user}`, async () => {
    const sent = (await store.entries()).filter((entry) => entry.state === "sent").map((entry) => entry.seq);
    let isAnew = false;
    for (;;) {
      const part = await askForPart(store, { version, isAnew });
      const isRight = await takePart(store, part);
      if (!isRight && isAnew) throw new NoNetwork("the sheets do not add up");
      isAnew = !isRight;
      onProgress();
      if (isRight && !part.more) {
        await store.dropEntries(sent);
        return { pack: part.pack };
      }
    }
  });
}

async function askForPart(store, { version, isAnew }) {
  const told = await contact(store, { version, isAnew });
  const sent = Date.now();
  const part = await ask(store, CHANGES, { ...told, clock: deviceMoment(sent) });
  const skew = skewOf({ sent, received: Date.now(), serverNow: part.server_now });
  return { ...part, skew: skew ?? (await store.meta()).skew ?? null };
}

/** What the phone tells of itself. */
async function contact(store, { version, isAnew }) {
  const { waiting, refused, oldest_waiting } = counted(await store.entries());
  const { phone, cursor } = await store.meta();
  const told = { phone, most: PART, waiting, refused, oldest_waiting, version };
  if (isAnew || !cursor) return { ...told, cursor: "", hash: "" };
  return { ...told, cursor, hash: await hashOfAll(await named(store)) };
}

/** The sheets that the server has named, as id → hash: while a whole state comes in parts, what it named so far. */
async function named(store) {
  const [hashes, { whole }] = [await store.hashes(), await store.meta()];
  return whole ? new Map([...hashes].filter(([id]) => whole.includes(id))) : hashes;
}

/** Takes a part in if what is held with it adds up as on the server. While a whole state comes in parts, what it has
 *  not named yet is still shown; after the last part it goes. */
async function takePart(store, part) {
  const isWhole = part.whole || Boolean((await store.meta()).whole);
  const after = part.whole ? new Map() : await named(store);
  for (const id of part.gone) after.delete(id);
  const docs = await Promise.all(part.docs.map(async ([id, body]) => [id, await hashOf(body), body]));
  for (const [id, hash] of docs) after.set(id, hash);
  if ((await hashOfAll(after)) !== part.hash) return false;
  const unnamed = isWhole && !part.more ? [...(await store.hashes()).keys()].filter((id) => !after.has(id)) : [];
  const whole = isWhole && part.more ? [...after.keys()] : null;
  await store.putDocs(docs, {
    gone: [...part.gone, ...unnamed], meta: { cursor: part.cursor, whole, skew: part.skew, contact_at: Date.now() },
  });
  return true;
}

/** The mark of one sheet: the first 16 hexadecimal digits of the SHA-256 of its canonical JSON. It is not sent: 540
 *  children's marks weigh as much as thirty children. */
export async function hashOf(body) { return (await sha256(canonical(body))).slice(0, 16); }

/** JSON with sorted keys and nothing between, as the server writes it. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

/** SHA-256 (hex) of the sorted lines "id hash". */
export async function hashOfAll(hashes) {
  const lines = [...hashes.keys()].sort().map((id) => `${id} ${hashes.get(id)}\n`).join("");
  return sha256(lines);
}

async function sha256(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
