/* What she looks for names people: it stands in no address, so in no history. The twin of ccmp/web/searches.py.

   A form with a field `q` that is posted is a search. Its words are kept sealed with the phone's notes under a short sign, and
   the address of what is found has the sign alone. */

const WORDS = "q";
const SIGN = "search";
const REMEMBERED = 12;
const NOT_ASKED = new Set([WORDS, "csrfmiddlewaretoken", "_entry"]);

/** The fields of a form that is a search, or null. */
export async function searchIn(request) {
  const posted = await request.formData();
  return posted.has(WORDS) && !posted.has("id") ? posted : null;
}

/** The address of what is found: words are noted, other fields are written into it. */
export async function toWhatIsFound({ url, posted, store }) {
  const found = new URL(url);
  for (const name of ["page", SIGN]) found.searchParams.delete(name);
  for (const [name, value] of posted) {
    if (NOT_ASKED.has(name)) continue;
    if (value) found.searchParams.set(name, value);
    else found.searchParams.delete(name);
  }
  const words = String(posted.get(WORDS)).trim();
  if (words) found.searchParams.set(SIGN, await keep(store, words));
  return Response.redirect(found, 303);
}

/** What a page is narrowed by. */
export function wordsOf({ docs, query }) {
  const kept = docs.get("searches") ?? [];
  return kept.find(([sign]) => sign === query.get(SIGN))?.[1] ?? "";
}

async function keep(store, words) {
  const sign = [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  await store.setMeta((meta) => ({ searches: [...(meta.searches ?? []), [sign, words]].slice(-REMEMBERED) }));
  return sign;
}
