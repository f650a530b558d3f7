/* Children who leave, come back, move to another village, come of age: on the phone. */

import { checkLeave, checkReturn, farewells, goesAway, isBack, isGone, leave, comeBack, returns } from "./moves/leaving.js";
import { answer, answered, asked, checkAnswer, offered, transfer, transfers, wasAnswered } from "./moves/transfers.js";

export const pages = {
  "children:leave": leave,
  "children:return": comeBack,
  "children:transfer": transfer,
  "children:transfers": transfers,
  "children:transfer-answer": answer,
  "children:farewells": farewells,
};
export const effects = {
  "children:leave": goesAway,
  "children:return": returns,
  "children:transfer": offered,
  "children:transfer-answer": answered,
};
export const checks = { "children:leave": checkLeave, "children:return": checkReturn, "children:transfer-answer": checkAnswer };
export const done = {
  "children:leave": isGone,
  "children:return": isBack,
  "children:transfer": asked,
  "children:transfer-answer": wasAnswered,
};
