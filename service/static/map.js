// The map of a night: our own outlines beneath, companies as dots, sites as squares, a line for each journey. It asks nobody
// but this service; the table below it says the same.
const box = document.getElementById("map");
const drawn = JSON.parse(box.dataset.map);
const map = L.map(box, { zoomSnap: 0.25, attributionControl: false });

const lines = (texts) => {
  const block = document.createElement("div");
  for (const text of texts.filter(Boolean)) block.append(Object.assign(document.createElement("p"), { textContent: text }));
  return block;
};
const filled = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

for (const line of drawn.lines) {
  L.polyline([line.from, line.to], { className: `link ${line.tone}`, dashArray: line.dash || null, weight: 1.5 + 0.5 * Math.min(line.count, 8) })
    .bindTooltip(line.text, { sticky: true })
    .addTo(map);
}
for (const one of drawn.companies) {
  const radius = 5 + 1.6 * Math.sqrt(one.asked);
  if (one.waiting) L.circleMarker(one.at, { radius: radius + 4, className: "waits", interactive: false, fill: false }).addTo(map);
  L.circleMarker(one.at, { radius, className: "company" })
    .bindTooltip(lines([`${one.number}. ${one.name}, ${one.municipality}`, filled(box.dataset.asked, { n: one.asked }), one.waiting ? filled(box.dataset.waiting, { n: one.waiting }) : ""]))
    .addTo(map);
}
// Each municipality is named once, at its largest company; where a site stands, the site names it.
const named = new Set(drawn.sites.map((site) => site.municipality));
for (const one of [...drawn.companies].sort((a, b) => b.asked - a.asked)) {
  if (named.has(one.municipality) || named.size > 40) continue;
  named.add(one.municipality);
  const icon = L.divIcon({ className: "town", iconSize: null, html: Object.assign(document.createElement("span"), { textContent: one.municipality }) });
  L.marker(one.at, { icon, interactive: false, keyboard: false }).addTo(map);
}
for (const site of drawn.sites) {
  const icon = L.divIcon({ className: `site-mark${site.classes.length ? "" : " unused"}`, iconSize: [16, 16] });
  L.marker(site.at, { icon, title: site.name, alt: site.name, zIndexOffset: 1000 })
    .bindTooltip(lines([`${site.name}, ${site.municipality}`, filled(box.dataset.classes, { n: site.classes.length })]), { permanent: drawn.sites.length <= 12, direction: "top", offset: [0, -8] })
    .addTo(map);
}
map.fitBounds(L.latLngBounds([...drawn.companies, ...drawn.sites].map((one) => one.at)).pad(0.12));
L.control.scale({ imperial: false }).addTo(map);
for (const [name, at] of [["in", box.dataset.zoomIn], ["out", box.dataset.zoomOut]]) {
  const button = box.querySelector(`.leaflet-control-zoom-${name}`);
  button.title = at;
  button.setAttribute("aria-label", at);
}
fetch(box.dataset.outlines)
  .then((answer) => answer.json())
  .then((outlines) => L.geoJSON(outlines, { interactive: false, className: "land", style: () => ({ className: "land" }) }).addTo(map).bringToBack());
