// SPDX-License-Identifier: Apache-2.0
// Parts that more than one view is made of.
import {session} from "./session.js";
import {element, icon, setLabel} from "./dom.js";
import {t} from "./words.js";
import {openAccount} from "./sheets.js";
import {go} from "./routes.js";

// Wordmark, search, account.
export function topBar() {
  const mark = element("span", {class: "wordmark"});
  const face = element("span", {class: "disc"});
  const account = element("button", {class: "target", test: "account", on: {click: openAccount}}, face);
  const node = element("header", {class: "top"}, mark,
    element("div", {class: "row"},
      element("button", {class: "target", test: "search", label: t("find.title"), on: {click: () => go("find")}}, icon("search", "large")),
      account));
  let shown = null;
  return {node, update() {
    const {shopper, brand} = session.state;
    const looks = `${brand} ${shopper?.first_name ?? ""}`;
    if (shown === looks) return;
    shown = looks;
    mark.textContent = brand;
    face.replaceChildren(shopper ? [...shopper.first_name][0] ?? "" : icon("person"));
    setLabel(account, shopper ? t("account.of", {name: shopper.first_name}) : t("account.title"));
  }};
}

// The arch-topped niche: empty and error states.
export function niche(iconName, title, text, action) {
  return element("section", {class: "niche-state", test: `state-${iconName}`},
    element("div", {class: "niche", "aria-hidden": "true"}, element("div", {class: "niche-inner"}, icon(iconName))),
    element("h2", {}, title), element("p", {class: "quiet-text"}, text), action);
}

// Quiet bars in the layout of what is coming.
export function skeleton(rows) {
  return element("div", {class: "card skeleton", role: "status", label: t("common.loading")},
    ...Array.from({length: rows}, () => element("div", {class: "skeleton-row"}, element("span", {class: "skeleton-tile"}),
      element("span", {class: "grow"}, element("span", {class: "skeleton-bar"}), element("span", {class: "skeleton-bar short"})))));
}
