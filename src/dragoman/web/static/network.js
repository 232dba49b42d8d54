// The network draws what the table says.
"use strict";
(function () {
  const NS = "http://www.w3.org/2000/svg";
  const WIDTH = 960, HEIGHT = 560;
  const NAMED = 14; // on a small screen, the heaviest

  function made(name, attributes, parent) {
    const node = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    parent.append(node);
    return node;
  }

  function read() {
    const nodes = new Map();
    const links = [];
    for (const row of document.querySelectorAll(".engaged tbody tr")) {
      const [one, other] = row.querySelectorAll("th a, td:nth-child(2) a");
      const ends = [[row.dataset.one, one], [row.dataset.other, other]].map(([id, link]) => {
        if (!nodes.has(id)) nodes.set(id, { id, name: link.textContent, href: link.getAttribute("href"), weight: 0 });
        return nodes.get(id);
      });
      const weight = Number(row.dataset.weight);
      for (const end of ends) end.weight += weight;
      links.push({ source: ends[0], target: ends[1], weight });
    }
    return { nodes: Array.from(nodes.values()), links };
  }

  function draw() {
    const svg = document.getElementById("graph");
    if (!svg) return;
    svg.replaceChildren();
    const { nodes, links } = read();
    svg.closest("figure").hidden = nodes.length === 0;
    if (!nodes.length) return;
    const most = Math.max(...links.map((link) => link.weight));
    const named = nodes.map((node) => node.weight).sort((one, other) => other - one)[Math.min(NAMED, nodes.length) - 1];
    const radius = (node) => 3.5 + 7 * Math.sqrt(node.weight / Math.max(...nodes.map((one) => one.weight)));
    nodes.forEach((node, at) => { // the same picture for the same table
      node.x = WIDTH / 2 + 200 * Math.cos(at * 2.4) * Math.sqrt((at + 1) / nodes.length);
      node.y = HEIGHT / 2 + 140 * Math.sin(at * 2.4) * Math.sqrt((at + 1) / nodes.length);
    });
    d3.forceSimulation(nodes)
      .force("link", d3.forceLink(links).distance(105).strength((link) => 0.15 + 0.5 * link.weight / most))
      .force("charge", d3.forceManyBody().strength(-320))
      .force("x", d3.forceX(WIDTH / 2).strength(0.06))
      .force("y", d3.forceY(HEIGHT / 2).strength(0.11))
      .force("apart", d3.forceCollide((node) => radius(node) + 15))
      .stop().tick(320);
    const left = Math.min(...nodes.map((node) => node.x)) - 20;
    const top = Math.min(...nodes.map((node) => node.y)) - 20;
    const wide = Math.max(...nodes.map((node) => node.x + radius(node) + 8 * node.name.length + 8)) - left;
    const high = Math.max(...nodes.map((node) => node.y)) + 20 - top;
    const spare = Math.max(0, 620 - wide); // few are not blown up
    svg.setAttribute("viewBox", `${left - spare / 2} ${top} ${wide + spare} ${high}`);
    const lines = made("g", { class: "lines" }, svg);
    for (const link of links) {
      link.node = made("line", { x1: link.source.x, y1: link.source.y, x2: link.target.x, y2: link.target.y, "stroke-width": 0.8 + 5 * Math.sqrt(link.weight / most) }, lines);
      made("title", {}, link.node).textContent = `${link.source.name} and ${link.target.name}: ${link.weight}`;
    }
    for (const node of nodes) {
      const group = made("g", { class: node.weight < named ? "node minor" : "node", transform: `translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})` }, svg);
      made("circle", { r: radius(node) }, group);
      made("text", { x: radius(node) + 4, y: 4 }, group).textContent = node.name;
      node.node = group;
      group.addEventListener("mouseenter", () => light(node));
      group.addEventListener("mouseleave", () => light(null));
      group.addEventListener("click", () => { location.href = node.href; });
    }
    function light(node) {
      for (const link of links) link.node.classList.toggle("lit", node !== null && (link.source === node || link.target === node));
      svg.classList.toggle("lighting", node !== null);
      for (const other of nodes) {
        const near = node === null || other === node || links.some((link) => (link.source === node && link.target === other) || (link.target === node && link.source === other));
        other.node.classList.toggle("far", !near);
        other.node.classList.toggle("near", node !== null && near);
      }
    }
    svg.dataset.drawn = "yes";
  }

  draw();
  document.addEventListener("htmx:afterSwap", draw);
  window.addEventListener("popstate", () => location.reload());
})();
