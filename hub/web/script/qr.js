// SPDX-License-Identifier: Apache-2.0
// A QR code as a drawing: black on pure white, four quiet modules around, every module a whole number of device pixels.

export const quiet = 4;  // modules; ISO/IEC 18004

const SVG = "http://www.w3.org/2000/svg";

// The path comes from the hub and is only ever moves and lines.
const pathLooksRight = /^[MmHhVvLlZz0-9 ,.-]*$/;

export function qrDrawing(code, label) {
  const drawing = document.createElementNS(SVG, "svg");
  const side = code.size + 2 * quiet;
  drawing.setAttribute("class", "qr");
  drawing.setAttribute("viewBox", `0 0 ${side} ${side}`);
  drawing.setAttribute("shape-rendering", "crispEdges");
  if (label === null) {
    drawing.setAttribute("aria-hidden", "true");
  } else {
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", label);
    drawing.dataset.test = "qr";
    drawing.dataset.modules = String(code.size);
  }
  const paper = document.createElementNS(SVG, "rect");
  paper.setAttribute("width", String(side));
  paper.setAttribute("height", String(side));
  paper.setAttribute("fill", "#fff");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("fill", "#000");
  path.setAttribute("transform", `translate(${quiet} ${quiet})`);
  if (pathLooksRight.test(code.svg_path)) path.setAttribute("d", code.svg_path);
  drawing.append(paper, path);
  return drawing;
}

// Gives the drawing the largest size of at most `room` CSS px at which a module is whole device pixels, and puts it on
// whole device pixels in the middle of `width` CSS px.
export function sizeQr(drawing, code, room, width) {
  const side = code.size + 2 * quiet;
  const ratio = devicePixelRatio;
  const module = Math.max(1, Math.floor((room * ratio) / side));
  const size = (module * side) / ratio;
  drawing.style.width = `${size}px`;
  drawing.style.height = `${size}px`;
  drawing.style.marginTop = "0";
  const top = (drawing.getBoundingClientRect().top + scrollY) * ratio;
  drawing.style.marginTop = `${(Math.ceil(top) - top) / ratio}px`;
  drawing.style.marginLeft = `${Math.round(((width - size) / 2) * ratio) / ratio}px`;
}
