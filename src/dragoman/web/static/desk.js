// What every page shares: keys that go to pages, and telling a screen reader what has changed.
"use strict";
(function () {
  const say = (text) => { document.getElementById("said").textContent = text; };
  window.dragomanSays = say;
  document.addEventListener("keydown", (press) => {
    if (press.key !== "/" || press.ctrlKey || press.metaKey || press.altKey) return;
    if (press.target.closest("input, textarea, select, [contenteditable]")) return;
    const find = document.getElementById("find");
    if (find) { press.preventDefault(); find.focus(); }
  });
  document.addEventListener("htmx:responseError", (event) => {
    say(event.detail.xhr.status === 429 ? "Too many requests; wait a little." : "That did not work. Load the page again.");
  });
  document.addEventListener("htmx:sendError", () => say("The desk does not answer."));
  document.addEventListener("htmx:afterSettle", (event) => {
    const told = event.detail.elt.querySelector?.("[data-says]") || event.detail.elt.closest?.("[data-says]");
    if (told) say(told.dataset.says);
  });
})();
