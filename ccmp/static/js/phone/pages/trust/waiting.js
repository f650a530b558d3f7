/* What waits in her files: one short line each, with a number and a door. The twin of children/services/waiting.py. */

import { addressOf } from "../../addresses.js";
import { isInRegister } from "../../rules/labels.js";
import { ngettext } from "../../words.js";
import { children } from "../children/village.js";
import { silentOnes } from "../kin/contact.js";
import { comingOfAge } from "../moves/leaving.js";
import { toAnswer } from "../moves/transfers.js";
import { sentBackOnes } from "./check.js";
import { dueOnes } from "./confirm.js";

const withoutNumber = ({ docs, on }) => [...children(docs)].filter(([, body]) => isInRegister(body, on) && !body.id_number);

/** The lines that are not zero, the most pressing first: {words, url, state}. */
export function waitingFor(asked) {
  return [
    sentBackLine(sentBackOnes(asked).length),
    transfersLine(toAnswer(asked.docs).length),
    silentLine(silentOnes(asked).length),
    toConfirmLine(dueOnes(asked).length),
    farewellsLine(comingOfAge(asked).length),
    withoutNumberLine(withoutNumber(asked).length),
  ].filter(({ number }) => number).map(({ page, ...line }) => ({ ...line, url: addressOf(asked.pack, page) }));
}

function sentBackLine(number) {
  const words = ngettext("%(number)d file was sent back by the supervisor", "%(number)d files were sent back by the supervisor", number, { number });
  return { number, words, page: "children:sent-back", state: "danger" };
}

function transfersLine(number) {
  const words = ngettext("%(number)d transfer waits for an answer", "%(number)d transfers wait for an answer", number, { number });
  return { number, words, page: "children:transfers", state: "short" };
}

function silentLine(number) {
  const words = ngettext("Nobody heard from %(number)d parent for over a week", "Nobody heard from %(number)d parents for over a week", number, { number });
  return { number, words, page: "children:silent", state: "short" };
}

function toConfirmLine(number) {
  const words = ngettext("%(number)d file is to be confirmed with the family", "%(number)d files are to be confirmed with the family", number, { number });
  return { number, words, page: "children:to-confirm", state: "short" };
}

function farewellsLine(number) {
  const words = ngettext("%(number)d child is 18 soon", "%(number)d children are 18 soon", number, { number });
  return { number, words, page: "children:farewells", state: "running" };
}

function withoutNumberLine(number) {
  const words = ngettext("%(number)d child has no ID number", "%(number)d children have no ID number", number, { number });
  return { number, words, page: "children:no-id", state: "running" };
}
