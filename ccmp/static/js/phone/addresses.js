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
