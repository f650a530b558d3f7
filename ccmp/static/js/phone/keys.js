/* The key of a phone's store. Its home is the server; the phone keeps it only wrapped by her PIN.

   wrap key = HKDF(PBKDF2(PIN, salt), with a secret of this device that cannot be read out). Opened, the data key is a
   CryptoKey that cannot be read out either, in the memory of the worker and of the open pages. Nothing here writes it down. */

const ROUNDS = 310000; // OWASP's figure for PBKDF2-HMAC-SHA-256 is 600,000; a cheap phone needs a second for these
const WRONG_MOST = 10;
const FREE_TRIES = 3; // slips of a thumb; after that each try waits twice as long as the one before
const LONGEST_WAIT = 15 * 60 * 1000;
const text = new TextEncoder();

/** Why a PIN did not open the store: "wrong", "wait" (until `until`), or "gone" (the phone holds no key any more). */
export class NotOpened extends Error {
  constructor(why, facts = {}) {
    super(why);
    Object.assign(this, { why, ...facts });
  }
}

/** What is kept of a key: the wrapped key and what it takes to open it. `raw` is 32 bytes. */
export async function wrapped({ pin, raw, device }) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const wrapKey = await wrapKeyOf(pin, salt, ROUNDS, device);
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, wrapKey, raw);
  return { salt, iv, box, rounds: ROUNDS, wrong: 0, not_before: 0 };
}

/** The data key, or NotOpened. `kept` is what `wrapped` made; the caller stores what comes back in `kept` either way. */
export async function unwrapped({ pin, kept, device, now }) {
  if (!kept) throw new NotOpened("gone");
  if (now < kept.not_before) throw new NotOpened("wait", { until: kept.not_before, kept });
  const wrapKey = await wrapKeyOf(pin, kept.salt, kept.rounds, device);
  let raw;
  try {
    raw = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, wrapKey, kept.box);
  } catch {
    const wrong = kept.wrong + 1;
    if (wrong >= WRONG_MOST) throw new NotOpened("gone", { kept: null });
    throw new NotOpened("wrong", { left: WRONG_MOST - wrong, kept: { ...kept, wrong, not_before: now + waitAfter(wrong) } });
  }
  const key = await dataKey(raw);
  new Uint8Array(raw).fill(0);
  return { key, kept: { ...kept, wrong: 0, not_before: 0 } };
}

/** The key with which records are read and written. */
export function dataKey(raw) { return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]); }

/** A secret of this device that no script can read out: without it the PIN opens nothing. */
export function deviceSecret() {
  return crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"]);
}

function waitAfter(wrong) { return wrong < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT, 15000 * 2 ** (wrong - FREE_TRIES)); }

async function wrapKeyOf(pin, salt, rounds, device) {
  const typed = await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveBits"]);
  const stretched = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, typed, 256);
  const mixed = await crypto.subtle.sign("HMAC", device, stretched);
  const base = await crypto.subtle.importKey("raw", mixed, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: text.encode("ccmp store key") };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

// ── records ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A value sealed under a key; `name` is the record's own, so that no record can stand in another's place. */
export async function sealed(key, name, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = text.encode(JSON.stringify(value));
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: text.encode(name) }, key, plain);
  return { iv, box };
}

/** The value again. Throws when it was changed, or lies under another name. */
export async function opened(key, name, { iv, box }) {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: text.encode(name) }, key, box);
  return JSON.parse(new TextDecoder().decode(plain));
}
