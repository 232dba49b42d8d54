// The map of a standing takes all it shows from the table, and the slider goes from change to change.
"use strict";
(function () {
  const svg = document.getElementById("map");
  const form = document.getElementById("days");
  const NS = "http://www.w3.org/2000/svg";
  const SMALL = 5; // pixels across, below which a dot stands for the shape
  let shapes = [];
  let path = null;
  let projection = null;

  function made(name, attributes, parent) {
    const node = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    parent.append(node);
    return node;
  }

  function rows() {
    return Array.from(document.querySelectorAll("#standing tr[data-holder]"), (row) => row.dataset);
  }

  function words(row) {
    const cell = document.querySelector(`#standing tr[data-holder="${CSS.escape(row.holder)}"]`).cells;
    return `${row.name}: ${[cell[1], cell[2]].map((one) => one.innerText.replace(/\s+/g, " ").trim()).filter(Boolean).join("; ")}`;
  }

  function mark(row, at, parent) {
    const kind = { recognises: "recognises", refuses: "refuses", withdrawn: "refuses", conditional: "disputed", disputed: "disputed" }[row.recognition];
    if (!kind) return;
    if (kind === "refuses") made("path", { class: `mark ${kind}`, d: `M${at[0] - 3.5} ${at[1] - 3.5}l7 7m0-7l-7 7` }, parent);
    else made("circle", { class: `mark ${kind}`, cx: at[0], cy: at[1], r: 3.6 }, parent);
  }

  function draw() {
    svg.replaceChildren();
    const land = made("g", { class: "land" }, svg);
    const lit = made("g", {}, svg);
    const marks = made("g", {}, svg);
    const known = new Map(rows().map((row) => [row.holder, row]));
    const drawn = new Set();
    for (const shape of shapes) {
      const row = known.get(shape.id);
      const own = shape.id === svg.dataset.claims || shape.id === svg.dataset.toward;
      const node = made("path", { d: path(shape) || "", class: own ? "own" : row ? `rank-${row.rank}${row.expected ? " expected" : ""}` : "" }, row || own ? lit : land);
      if (!row) { if (own) made("title", {}, node).textContent = shape.properties.name; continue; }
      drawn.add(shape.id);
      made("title", {}, node).textContent = words(row);
      node.addEventListener("click", () => { location.href = row.dossier; });
      const [[left, top], [right, bottom]] = path.bounds(shape);
      const at = row.at ? projection(row.at.split(" ").map(Number).reverse()) : path.centroid(shape);
      if (row.claim) made("path", { class: "claimed", d: path(shape) || "" }, lit);
      if (Math.max(right - left, bottom - top) < SMALL) dot(row, at, marks);
      mark(row, at, marks);
    }
    for (const row of known.values()) {
      if (drawn.has(row.holder) || !row.at) continue;
      const at = projection(row.at.split(" ").map(Number).reverse());
      dot(row, at, marks);
      mark(row, at, marks);
    }
  }

  function dot(row, at, parent) {
    const node = made("circle", { class: `dot rank-${row.rank}${row.expected ? " expected" : ""}`, cx: at[0], cy: at[1], r: 4.2 }, parent);
    made("title", {}, node).textContent = words(row);
    node.addEventListener("click", () => { location.href = row.dossier; });
    if (row.claim) made("circle", { class: "claimed", cx: at[0], cy: at[1], r: 4.2 }, parent);
  }

  fetch(svg.dataset.atlas).then((answer) => answer.json()).then((atlas) => {
    shapes = topojson.feature(atlas, atlas.objects.countries).features.filter((shape) => shape.properties.name !== "Antarctica");
    projection = d3.geoEqualEarth().fitExtent([[4, 4], [956, 466]], { type: "FeatureCollection", features: shapes });
    path = d3.geoPath(projection).digits(1);
    draw();
    svg.dataset.drawn = "yes";
  });
  document.addEventListener("htmx:afterSwap", () => { if (path) draw(); });

  const stops = form.dataset.stops.split(" ");
  const on = document.getElementById("on");
  const stop = document.getElementById("stop");
  function place() { // the last change by the day that is shown
    let at = 0;
    while (at + 1 < stops.length && stops[at + 1] <= on.value) at += 1;
    stop.value = at;
    stop.setAttribute("aria-valuetext", stops[at]);
  }
  place();
  stop.closest("label").hidden = false;
  document.getElementById("go").hidden = true;
  let waiting = 0;
  stop.addEventListener("input", () => {
    on.value = stops[Number(stop.value)];
    stop.setAttribute("aria-valuetext", on.value);
    clearTimeout(waiting);
    waiting = setTimeout(() => htmx.trigger(form, "moved"), 60);
  });
  on.addEventListener("change", place);
  window.addEventListener("popstate", () => location.reload());
})();
