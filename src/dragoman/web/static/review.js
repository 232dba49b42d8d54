// Review by keys, and correcting by selecting words of the text.
"use strict";
(function () {
  function open(id) {
    for (const panel of document.querySelectorAll(".panel")) panel.open = panel.id === id;
    document.getElementById(id).querySelector("select, input:not([type=hidden]), button")?.focus();
  }

  function go(by) {
    const links = Array.from(document.querySelectorAll(".queue a"));
    const at = links.findIndex((link) => link.hasAttribute("aria-current"));
    const to = at < 0 ? links[0] : links[at + by];
    if (to) location.href = to.href;
  }

  for (const button of document.querySelectorAll("[data-opens]")) button.addEventListener("click", () => open(button.dataset.opens));

  document.addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.metaKey || press.altKey) return;
    if (press.key === "Escape") { for (const panel of document.querySelectorAll(".panel")) panel.open = false; document.getElementById("main").focus(); return; }
    if (press.target.closest("input, textarea, select")) return;
    if (press.key === "j" || press.key === "k") { go(press.key === "j" ? 1 : -1); return; }
    const button = document.querySelector(`[data-key="${CSS.escape(press.key)}"]`);
    if (button) { press.preventDefault(); button.click(); }
  });

  const field = document.getElementById("field");
  const value = document.getElementById("value");
  if (!field) return;
  field.addEventListener("change", () => { value.value = field.selectedOptions[0].dataset.now; value.setAttribute("list", field.value === "kind" ? "values" : ""); });
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const words = chosen.toString().replace(/\s+/g, " ").trim();
    if (!words || !document.getElementById("correcting").open) return;
    const at = chosen.anchorNode?.parentElement?.closest("[data-pick]");
    if (at) value.value = words;
  });
})();
