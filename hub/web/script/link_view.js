// SPDX-License-Identifier: Apache-2.0
// What a phone's camera gets when it opens the link inside a cart code: a word that the code is for the reader at a kiosk.
import {session} from "./session.js";
import {element, icon} from "./dom.js";
import {t} from "./words.js";
import {niche} from "./parts.js";

export function linkView() {
  const mark = element("span", {class: "wordmark"});
  const heading = element("h1", {tabindex: "-1"}, t("link.title"));
  const node = element("div", {class: "view"}, element("header", {class: "top"}, mark),
    element("main", {class: "content"}, heading,
      niche("kiosk", t("link.what"), t("link.text"),
        element("a", {class: "button primary", href: "/#cart", test: "open-cart"}, icon("bag"), t("link.open")))));
  return {node, heading, title: t("link.title"), update() {
    mark.textContent = session.state.brand;
  }};
}
