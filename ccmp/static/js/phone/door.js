/* The door: whoever signs in here begins with a locked phone. What the one before her had open is not for her. */

import { tell } from "./worker_line.js";

document.addEventListener("submit", () => tell({ type: "lock" }), { capture: true });
