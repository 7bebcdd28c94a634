// SPDX-License-Identifier: Apache-2.0
// The few ways in which this page makes and changes elements. Text is always set as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

// element("button", {class: "round", test: "back", on: {click: go}, label: "Back"}, icon("back"), "Back")
// `test` becomes data-test, `label` aria-label, `on` listeners; a value of null, undefined or false leaves the attribute out.
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  if (name === "button" && properties.type === undefined) made.type = "button";
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") {
      for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    } else if (key === "test") {
      made.dataset.test = value;
    } else if (key === "label") {
      made.setAttribute("aria-label", value);
    } else {
      made.setAttribute(key, value === true ? "" : value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export function icon(name, size = "") {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", `icon ${size}`.trim());
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  drawing.append(use);
  setIcon(drawing, name);
  return drawing;
}

export function setIcon(drawing, name) {
  const address = `#icon-${name}`;
  if (drawing.firstChild.getAttribute("href") !== address) drawing.firstChild.setAttribute("href", address);
}

// A change only where something changed: what has the focus, and what a screen reader is reading, stays as it is.
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setLabel(node, text) {
  if (node.getAttribute("aria-label") !== text) node.setAttribute("aria-label", text);
}

export function show(node, shown) {
  if (node.hidden === shown) node.hidden = !shown;
}

// Makes `parent` hold exactly the elements that `items` call for, in their order. `make(item)` is called for a key that is
// new, `update(element, item)` for every one; an element that stays keeps its place, and the focus inside it.
export function keyed(parent, items, key, make, update) {
  const before = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const id = String(key(item));
    let child = before.get(id);
    if (child === undefined) {
      child = make(item);
      child.dataset.key = id;
    } else {
      before.delete(id);
    }
    update(child, item);
    if (child === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(child, place);
    }
  }
  for (const gone of before.values()) gone.remove();
}

// The icons become part of the page, so that they are there without a connection too.
export async function loadIcons() {
  const answer = await fetch("/web/icons.svg");
  if (!answer.ok) return;
  const sprite = document.importNode(new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement, true);
  sprite.setAttribute("class", "unseen");
  sprite.setAttribute("aria-hidden", "true");
  document.body.append(sprite);
}

const tiles = new Set(["blush", "butter", "mint", "sky", "lilac", "sand"]);
let pictograms = {};

export async function loadPictograms() {
  const answer = await fetch("/web/pictograms.json");
  if (answer.ok) pictograms = await answer.json();
}

// The stand-in for a product's photo. It says nothing that the title beside it does not say, so it is hidden from speech.
export function tile(pictogram, colour, size = "") {
  const sign = pictograms[pictogram] ?? pictograms.product ?? "";
  return element("span", {class: `tile tile-${tiles.has(colour) ? colour : "sand"} ${size}`.trim(), "aria-hidden": "true"}, sign);
}

export function pictogramOf(name) {
  return pictograms[name] ?? "";
}

let sayAgain = false;

// Says a short sentence to screen readers, without showing it.
export function say(text) {
  sayAgain = !sayAgain;
  // The same sentence twice is said twice only when the text differs.
  document.getElementById("said").textContent = text + (sayAgain ? "\u00a0" : "");
}
