// Pictures come from the own server as SVG text. What is not on the list below is left out, so that a picture can never carry anything that acts.

const ELEMENTS = new Set([
  "svg",
  "g",
  "path",
  "rect",
  "circle",
  "ellipse",
  "line",
  "polyline",
  "polygon",
  "text",
  "tspan",
  "title",
  "desc",
  "defs",
  "pattern",
  "clipPath",
  "linearGradient",
  "stop",
]);
const ATTRIBUTES = new Set([
  "class",
  "d",
  "x",
  "y",
  "x1",
  "y1",
  "x2",
  "y2",
  "dx",
  "dy",
  "cx",
  "cy",
  "r",
  "rx",
  "ry",
  "width",
  "height",
  "viewBox",
  "points",
  "transform",
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "fill-opacity",
  "stroke-opacity",
  "opacity",
  "font-size",
  "text-anchor",
  "dominant-baseline",
  "paint-order",
  "direction",
  "preserveAspectRatio",
  "patternUnits",
  "clip-path",
  "role",
  "aria-label",
  "aria-labelledby",
  "aria-hidden",
  "offset",
  "stop-color",
  "unicode-bidi",
]);

let count = 0;

/** The text as a picture of this document, with ids of its own; nothing if it is no picture. */
export function picture(text: string): SVGSVGElement | undefined {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (parsed.localName !== "svg") return undefined;
  count += 1;
  return copy(parsed, `p${count}-`) as SVGSVGElement | undefined;
}

export function copy(from: Element, prefix: string): Element | undefined {
  if (!ELEMENTS.has(from.localName)) return undefined;
  const made = document.createElementNS("http://www.w3.org/2000/svg", from.localName);
  for (const { name, value } of Array.from(from.attributes)) {
    if (name === "id") made.setAttribute("id", prefix + value);
    else if (name === "aria-labelledby")
      made.setAttribute(
        name,
        value
          .split(/\s+/)
          .map((id) => prefix + id)
          .join(" "),
      );
    else if (/url\(/i.test(value) && !/^(data|aria)-/.test(name)) {
      const inside = /^url\(#([\w-]+)\)$/.exec(value);
      if (inside && ATTRIBUTES.has(name)) made.setAttribute(name, `url(#${prefix}${inside[1]})`);
    } else if (ATTRIBUTES.has(name) || name.startsWith("data-")) made.setAttribute(name, value);
  }
  for (const child of Array.from(from.childNodes)) {
    if (child instanceof Text || child.nodeType === Node.TEXT_NODE) made.append(child.textContent ?? "");
    else if (child.nodeType === Node.ELEMENT_NODE) {
      const inner = copy(child as Element, prefix);
      if (inner) made.append(inner);
    }
  }
  return made;
}
