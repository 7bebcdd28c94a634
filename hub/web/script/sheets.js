// SPDX-License-Identifier: Apache-2.0
// Sheets over the page: the account (sign-in, language) and the choice of store. A sheet is a modal dialog of the browser:
// the focus stays in it, Escape closes it.
import {Refused, Unreachable} from "./hub.js";
import {session} from "./session.js";
import {element, icon, say} from "./dom.js";
import {chooseLanguage, currentLanguage, languagesOffered, t} from "./words.js";
import {hours} from "./stock.js";
import {skeleton} from "./parts.js";

const languageNames = {en: "English", de: "Deutsch"};  // each in its own language

function sheet(title, name) {
  const heading = element("h2", {tabindex: "-1", id: "sheet-title", autofocus: true}, title);
  const body = element("div", {class: "sheet-body"});
  const dialog = element("dialog", {class: "sheet", test: `sheet-${name}`, "aria-labelledby": "sheet-title"},
    element("div", {class: "sheet-box"},
      element("div", {class: "spread"}, heading,
        element("button", {class: "round", test: "close", label: t("common.close"), on: {click: () => dialog.close()}}, icon("close"))),
      body));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();  // beside the sheet
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return {dialog, body};
}

function failed(body, retry) {
  body.replaceChildren(element("p", {class: "quiet-text", role: "alert"}, t("sheet.unreached")),
    element("button", {class: "button tertiary", on: {click: retry}}, icon("refresh"), t("common.retry")));
}

// Runs what a row does; the sheet stays, with a sentence, when the hub cannot be heard.
async function attempt(dialog, work, done) {
  for (const button of dialog.querySelectorAll(".choice")) button.disabled = true;
  try {
    await work();
    dialog.close();
    if (done) say(done);
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
    for (const button of dialog.querySelectorAll(".choice")) button.disabled = false;
    let note = dialog.querySelector(".sheet-note");
    if (note === null) {
      note = element("p", {class: "sheet-note warn-text", role: "alert"});
      dialog.querySelector(".sheet-body").prepend(note);
    }
    note.textContent = t("sheet.failed");
  }
}

function shopperName(shopper) {
  return shopper.initial ? `${shopper.first_name} ${shopper.initial}.` : shopper.first_name;
}

async function fillShoppers(place, dialog) {
  place.replaceChildren(skeleton(2));
  let shoppers;
  try {
    shoppers = await session.shoppers();
  } catch {
    failed(place, () => fillShoppers(place, dialog));
    return;
  }
  place.replaceChildren(element("ul", {class: "choices"}, ...shoppers.map((shopper) => element("li", {},
    element("button", {class: "choice", test: "shopper", on: {click: () =>
      attempt(dialog, () => session.signIn(shopper.customer), t("account.signed_in", {name: shopper.first_name}))}},
    element("span", {class: "disc small", "aria-hidden": "true"}, [...shopper.first_name][0] ?? ""),
    element("span", {class: "grow"}, shopperName(shopper)), icon("forward"))))));
}

function languageChoice(dialog) {
  const offered = languagesOffered(session.state.languages);
  return element("div", {class: "segments", role: "group", label: t("account.language")}, ...offered.map((each) =>
    element("button", {class: "segment", lang: each, test: `language-${each}`, "aria-pressed": String(each === currentLanguage()),
      on: {click: async () => {
        await attempt(dialog, () => chooseLanguage(each));
        dispatchEvent(new Event("languagechosen"));
      }}}, languageNames[each])));
}

export function openAccount() {
  const {shopper, demonstration} = session.state;
  const {dialog, body} = sheet(t("account.title"), "account");
  body.append(element("h3", {class: "row"}, icon("language"), t("account.language")), languageChoice(dialog));
  if (shopper) {
    body.append(element("div", {class: "person"}, element("span", {class: "disc", "aria-hidden": "true"}, [...shopper.first_name][0] ?? ""),
      element("p", {}, element("strong", {}, shopper.first_name), element("span", {class: "quiet-text sentence"}, t("account.here")))),
    element("button", {class: "button tertiary choice-plain", test: "sign-out", on: {click: () =>
      attempt(dialog, () => session.signOut(), t("account.signed_out"))}}, icon("leave"), t("account.sign_out")));
  } else if (demonstration) {
    const place = element("div", {});
    body.append(element("h3", {}, t("account.sign_in")), element("p", {class: "quiet-text"}, t("account.demonstration")), place);
    fillShoppers(place, dialog);
  } else {
    body.append(element("p", {class: "quiet-text"}, t("account.guest")));
  }
}

export async function openStores() {
  const {dialog, body} = sheet(t("store.choose"), "stores");
  await fillStores(body, dialog);
}

async function fillStores(body, dialog) {
  body.replaceChildren(skeleton(3));
  let stores;
  try {
    stores = await session.stores();
  } catch {
    failed(body, () => fillStores(body, dialog));
    return;
  }
  const here = session.state.store?.store;
  body.replaceChildren(element("ul", {class: "choices"}, ...stores.map((store) => element("li", {},
    element("button", {class: "choice", test: "store-choice", "aria-current": store.store === here ? "true" : null,
      on: {click: () => attempt(dialog, () => session.chooseStore(store.store), t("store.chosen", {store: store.name}))}},
    icon("store"), element("span", {class: "grow"}, element("strong", {}, store.name),
      element("span", {class: "quiet-text sentence"}, hours(store))), icon(store.store === here ? "check" : "forward"))))));
}
