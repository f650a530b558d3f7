/* In the place of a page that only the server has, while there is no network. */

export const pages = {
  "phone:no-network": ({ query }) => ({ then: ownAddress(query.get("then")), is_known: query.get("known") === "yes" }),
};

/** An address of ours, so that nobody is led elsewhere by a link. */
function ownAddress(then) { return then && /^\/(?![/\\])/.test(then) ? then : ""; }
