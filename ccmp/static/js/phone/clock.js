/* The phone's clock, put right by what the server last said, and numbers made by it.

   An entry's moment is the phone's own (`deviceMoment`): the server measures the clock that sends it and puts both right.
   What she sees goes by `correctedNow`. */

const TOLERANCE = 120000; // clocks that differ by less are left as she sees them: the same as on the server
const ROUND_TRIP = 60000; // an answer that took longer says nothing of the clock

/** How far the phone's clock is ahead, in milliseconds. @param sent, received by the phone's clock; serverNow ISO text.
 *  null when it cannot be told. */
export function skewOf({ sent, received, serverNow }) {
  const told = Date.parse(serverNow);
  if (Number.isNaN(told) || received < sent || received - sent > ROUND_TRIP) return null;
  return Math.round((sent + received) / 2 - told);
}

/** A Date by the corrected clock. @param skew as measured at the last contact, or null */
export function correctedNow(skew, device = Date.now()) {
  return new Date(Math.abs(skew ?? 0) > TOLERANCE ? device - skew : device);
}

/** A moment that the phone's clock told, by the corrected one: so what she wrote stands on her pages as it will on the server. */
export function correctedMoment(moment, skew) { return correctedNow(skew, Date.parse(moment)).toISOString(); }

/** The phone's own moment as it is sent: ISO, with its offset. */
export function deviceMoment(device = Date.now()) { return new Date(device).toISOString(); }

let last = { at: 0, count: 0 };

/** A UUIDv7: ids made one after the other sort one after the other, also within a millisecond. */
export function uuidv7(at = Date.now()) {
  last = at > last.at ? { at, count: 0 } : { at: last.at, count: last.count + 1 };
  if (last.count > 0xfff) last = { at: last.at + 1, count: 0 };
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(last.at / 2 ** 32));
  view.setUint32(2, last.at % 2 ** 32);
  view.setUint16(6, 0x7000 | last.count);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
