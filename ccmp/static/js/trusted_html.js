/* What htmx puts into a page is text that it fetched from our own server, and nothing else becomes markup by a script: the browser
   asks this policy (Trusted Types), which takes a text only while htmx swaps in the answer that the text is. */

const HEAD = /<head(\s[^>]*)?>[\s\S]*?<\/head>/i; // htmx leaves it out where it can
let fetched = null;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const isOurs = new URL(detail.xhr.responseURL || location.href, location.href).origin === location.origin;
  fetched = isOurs ? detail.serverResponse : null;
});
document.addEventListener("htmx:afterSettle", () => { fetched = null; });
document.addEventListener("htmx:swapError", () => { fetched = null; });

globalThis.trustedTypes?.createPolicy("default", {
  createHTML(text) {
    if (fetched === null) return null;
    return text === fetched || text.includes(fetched.replace(HEAD, "")) ? text : null;
  },
});
