/* Finding one name among many on the roll. The page works without: all names stand there. */

for (const others of document.querySelectorAll("[data-roll]")) {
  const field = others.querySelector(".finder input");
  const names = [...others.querySelectorAll("[data-find]")];
  field.closest("[hidden]").removeAttribute("hidden");
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const name of names) name.hidden = !name.dataset.find.toLowerCase().includes(wanted);
  });
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}
