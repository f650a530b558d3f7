/* The chip in the first line of each page: is what she wrote with the server? All its words are in the page already, in
   her language; this shows the right one. */

/** Which of the chip's words holds, the most pressing first. */
export function wordFor({ user, is_locked, revoked, sign_in, refused, waiting, online, sending }) {
  if (!user || is_locked) return null;
  if (revoked) return "revoked";
  if (sign_in) return "sign-in";
  if (refused) return "refused";
  if (waiting) return sending && online ? "sending" : "waiting";
  return online ? "synced" : "offline";
}

export function showChip(state) {
  const word = wordFor(state);
  const count = word === "refused" ? state.refused : state.waiting;
  for (const chip of document.querySelectorAll("[data-sync]")) {
    chip.hidden = word === null;
    for (const said of chip.querySelectorAll("[data-says]")) {
      said.hidden = said.dataset.says !== word;
      for (const number of said.querySelectorAll("[data-count]")) number.textContent = count;
    }
  }
}
