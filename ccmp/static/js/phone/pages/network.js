/* In the place of a page that only the server has, while there is no network. */

import { ownAddress } from "../addresses.js";

export const pages = {
  "phone:no-network": ({ query }) => ({ then: ownAddress(query.get("then")), is_known: query.get("known") === "yes" }),
};
