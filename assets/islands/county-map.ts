/**
 * A map of one city by county, drawn from our own boundaries: no tiles, no service.
 *
 * Template: a `<figure class="zc-map" data-island="county-map">` with either `data-url="…"` or a
 * `<script type="application/json">` inside: a GeoJSON FeatureCollection whose features carry
 * `{name, label, level, href}` (`label` the figure as text, `level` 0–4 its class, `null` where there is no figure;
 * the server decides the classes) and which itself carries `legend: [{level, text}]`.
 * The same figures stand in a table below; every region is a link the keyboard reaches.
 */
import { fetchJson, type Island } from "./island.ts";
import { fittedProjection, labelPoint, pathData, type Geometry, type Projection } from "./map-geometry.ts";

interface Region {
  readonly geometry: Geometry;
  readonly properties: {
    readonly name: string;
    readonly label: string;
    readonly level: number | null;
    readonly href?: string | null;
  };
}

interface MapData {
  readonly features: readonly Region[];
  readonly legend?: readonly { readonly level: number | null; readonly text: string }[];
}

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 520;
const MARGIN = 8;

function svgElement(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function shadeClass(level: number | null): string {
  return `zc-map-${level ?? "none"}`;
}

function shape({ geometry, properties }: Region, project: Projection): SVGElement {
  const { name, label, level, href } = properties;
  const holder = href ? svgElement("a", { href, "aria-label": `${name} ${label}` }) : svgElement("g", {});
  const title = svgElement("title", {});
  title.textContent = `${name} ${label}`;
  holder.append(title, svgElement("path", { d: pathData(geometry, project), class: shadeClass(level) }));
  return holder;
}

function words({ geometry, properties }: Region, project: Projection): SVGElement {
  const [x, y] = labelPoint(geometry, project);
  const text = svgElement("text", { x: x.toFixed(1), y: y.toFixed(1), "aria-hidden": "true" });
  const name = svgElement("tspan", { x: x.toFixed(1) });
  const value = svgElement("tspan", { x: x.toFixed(1), dy: "1.3em", class: "zc-map-value" });
  name.textContent = properties.name;
  value.textContent = properties.label;
  text.append(name, value);
  return text;
}

function legendOf(data: MapData): HTMLUListElement {
  const list = document.createElement("ul");
  list.className = "zc-map-legend";
  for (const { level, text } of data.legend ?? []) {
    const item = document.createElement("li");
    const swatch = svgElement("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
    swatch.append(svgElement("rect", { width: "16", height: "16", rx: "2", class: shadeClass(level) }));
    item.append(swatch, text);
    list.append(item);
  }
  return list;
}

function draw(root: HTMLElement, data: MapData): void {
  const { project, height } = fittedProjection(data.features.map((region) => region.geometry), WIDTH, MARGIN);
  const svg = svgElement("svg", { viewBox: `0 0 ${WIDTH} ${Math.ceil(height)}`, role: "group" });
  if (root.dataset["label"]) svg.setAttribute("aria-label", root.dataset["label"]);
  svg.append(...data.features.map((region) => shape(region, project)), ...data.features.map((region) => words(region, project)));
  root.prepend(svg);
  root.querySelector("figcaption")?.prepend(legendOf(data));
}

export const countyMap: Island = async (root) => {
  const block = root.querySelector('script[type="application/json"]');
  const url = root.dataset["url"];
  const data = block?.textContent
    ? (JSON.parse(block.textContent) as MapData)
    : url === undefined ? null : await fetchJson<MapData>(new URL(url, location.href));
  if (data !== null && data.features.length > 0) draw(root, data);
};
