/* Addresses of pages, from the patterns by which the pack knows them: the phone's `reverse`. */

/** addressOf(pack, "children:file", {child_id}) → "/children/…/". */
export function addressOf(pack, page, params = {}) {
  const known = pack.pages[page];
  if (!known) throw new Error(`The pack has no page ${page}.`);
  return known.address.replace(/^\^|\$$/g, "").replace(/\(\?<(\w+)>[^)]*\)/g, (_group, name) => params[name]);
}

/** The values that an address holds for a page: {child_id: "…"}; {} when it is another page's. */
export function paramsIn(address, path) {
  return { ...(new RegExp(address).exec(path)?.groups ?? {}) };
}

/** A path within the app, or "": nobody is led elsewhere by a link. Browsers read over tabs and line ends in an address. */
export function ownAddress(then) { return /^\/(?![/\\])[^\0-\x1f]*$/.test(then ?? "") ? then : ""; }
