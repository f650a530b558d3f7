/* Values that only her key reads. Each has an IV of its own, and its record's name as additional data: a record that was
   changed, or put in another's place, does not open. */

const writer = new TextEncoder();
const reader = new TextDecoder();

/** @param {CryptoKey} key @param {string} name the record's own @param value anything JSON holds. Returns {iv, box}. */
export async function seal(key, name, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: writer.encode(name) };
  return { iv, box: await crypto.subtle.encrypt(how, key, writer.encode(JSON.stringify(value))) };
}

/** The value again. Throws where the key, the name or the content is another. */
export async function unseal(key, name, { iv, box }) {
  const how = { name: "AES-GCM", iv, additionalData: writer.encode(name) };
  return JSON.parse(reader.decode(await crypto.subtle.decrypt(how, key, box)));
}

/** Is it the very same sealing? No two have the same IV. */
export function isSame(one, other) {
  return Boolean(one && other) && one.iv.every((byte, place) => byte === other.iv[place]);
}
