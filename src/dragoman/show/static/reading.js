"use strict";
(function () {
  const items = new Map(Array.from(document.querySelectorAll("[data-ref]"), (item) => [item.dataset.ref, item]));
  const marks = Array.from(document.querySelectorAll("mark[data-refs]"), (mark) => ({
    node: mark,
    refs: mark.dataset.refs.split(" ").map((ref) => ref.split(":")),
    roles: mark.className,
  }));
  let held = null;
  function light(ref) {
    for (const [name, item] of items) item.classList.toggle("lit", name === ref);
    for (const mark of marks) {
      const roles = mark.refs.filter(([of]) => of === ref).map(([, role]) => role);
      mark.node.className = roles.length ? "lit " + roles.join(" ") : mark.roles;
    }
  }
  function reveal(ref) {
    const found = marks.find((mark) => mark.refs.some(([of]) => of === ref));
    if (!found) return;
    const folded = found.node.closest("details");
    if (folded) folded.open = true;
    const text = found.node.closest("article");
    if (text.scrollHeight > text.clientHeight + 1) { // the text has a window of its own; the page stays
      const offset = found.node.getBoundingClientRect().top - text.getBoundingClientRect().top;
      text.scrollBy({ top: offset - text.clientHeight / 3, behavior: "smooth" });
    } else found.node.scrollIntoView({ block: "center", behavior: "smooth" });
  }
  function hold(ref) {
    held = held === ref ? null : ref;
    light(held);
    return held;
  }
  for (const [ref, item] of items) {
    item.addEventListener("mouseenter", () => light(ref));
    item.addEventListener("mouseleave", () => light(held));
    item.addEventListener("focus", () => light(ref));
    item.addEventListener("blur", () => light(held));
    item.addEventListener("click", () => { if (hold(ref)) reveal(ref); });
    item.addEventListener("keydown", (press) => {
      if (press.key === "Enter" || press.key === " ") { press.preventDefault(); if (hold(ref)) reveal(ref); }
      if (press.key === "Escape") { held = null; light(null); }
    });
  }
  const asked = document.querySelector("[data-lit]")?.dataset.lit;
  if (asked && items.has(asked)) {
    hold(asked);
    const text = document.querySelector("article");
    if (getComputedStyle(text).position === "sticky") items.get(asked).scrollIntoView({ block: "center", behavior: "instant" });
    reveal(asked);
  }
  for (const mark of marks) {
    const first = (mark.refs.find(([of]) => of.startsWith("e")) || mark.refs[0])[0];
    mark.node.addEventListener("mouseenter", () => light(first));
    mark.node.addEventListener("mouseleave", () => light(held));
    mark.node.addEventListener("click", () => {
      if (hold(first)) items.get(first).scrollIntoView({ block: "nearest", behavior: "smooth" });
    });
  }
})();
