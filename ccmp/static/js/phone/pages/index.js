/* Every app's pages on the phone: add a module here and its pages open without a network.

   A module exports any of
     pages    {"visits:today": (asked) => context, or null when there is no such thing, or {redirect}}
     effects  {"visits:record": (village, entry) => …}   what an entry of hers changes in the Map of what the phone holds
     done     {"visits:record": (asked, entry) => ({redirect, message})}   where she goes once it is written down
     checks   {"visits:record": (asked, fields) => ({field: [sentences]})}   what the phone itself can see to be wrong
     twins    {week_bar: (week) => values}   what a template part works out */

import * as children from "./children.js";
import * as claims from "./claims.js";
import * as clubs from "./clubs.js";
import * as differences from "./differences.js";
import * as kin from "./kin.js";
import * as moves from "./moves.js";
import * as network from "./network.js";
import * as people from "./people.js";
import * as phone from "./phone.js";
import * as referrals from "./referrals.js";
import * as trust from "./trust.js";
import * as visits from "./visits.js";

const modules = [children, claims, clubs, differences, kin, moves, network, people, phone, referrals, trust, visits];

const all = (name) => Object.assign({}, ...modules.map((module) => module[name] ?? {}));

export const pages = all("pages");
export const effects = all("effects");
export const done = all("done");
export const checks = all("checks");
export const twins = all("twins");
