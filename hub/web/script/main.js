// SPDX-License-Identifier: Apache-2.0
// Starts the page: words, session and cart, then one view after the other as the address says.
import {connection} from "./hub.js";
import {cart} from "./cart.js";
import {orders} from "./orders.js";
import {pass} from "./pass.js";
import {session} from "./session.js";
import {loadIcons, loadPictograms} from "./dom.js";
import {currentLanguage, languagesOffered, preferredLanguage, speak} from "./words.js";
import {startNotices, wordAgain} from "./notices.js";
import {currentView, openedByCartCode} from "./routes.js";
import {cartView} from "./cart_view.js";
import {codeView} from "./code_view.js";
import {findView} from "./find_view.js";
import {fromKioskView, takeKioskCode} from "./from_kiosk_view.js";
import {linkView} from "./link_view.js";
import {ordersView} from "./orders_view.js";

const views = {cart: cartView, find: findView, code: codeView, from_kiosk: fromKioskView, link: linkView, orders: ordersView};
const retry_ms = 3000;

let shown = null;
let shownName = "";
const dockSize = new ResizeObserver(() => {
  const height = shown?.dock && !shown.dock.hidden ? shown.dock.offsetHeight : 0;
  document.documentElement.style.setProperty("--dock-height", `${height}px`);
});

function update() {
  shown?.update();
}

function open(name, first) {
  const back = shownName !== "" && name === "cart";
  shown?.close?.();
  dockSize.disconnect();
  shownName = name;
  shown = views[name]();
  shown.node.classList.add(first ? "still" : back ? "from-left" : "from-right");
  document.getElementById("page").replaceChildren(shown.node);
  if (shown.dock) dockSize.observe(shown.dock);
  else document.documentElement.style.setProperty("--dock-height", "0px");
  document.title = session.state.brand === "" ? shown.title : `${shown.title} · ${session.state.brand}`;
  scrollTo(0, 0);
  update();
  if (!first) (shown.focus ?? shown.heading).focus({preventScroll: true});
}

function route() {
  if (takeKioskCode()) {
    open("from_kiosk", shownName === "");
  } else if (openedByCartCode()) {
    if (shownName === "from_kiosk") return;
    open("link", shownName === "");
  } else if (currentView() !== shownName) {
    open(currentView(), shownName === "");
  }
}

async function loadSession() {
  try {
    await session.load();
  } catch {
    setTimeout(loadSession, retry_ms);
    return;
  }
  const language = preferredLanguage(languagesOffered(session.state.languages));
  if (language !== currentLanguage()) {
    await speak(language);
    open(shownName, true);
  }
}

async function start() {
  // The digits in the link of a cart code stay out of the history of a phone that is not meant to have them.
  if (openedByCartCode() && location.hash !== "" && !location.hash.startsWith("#k")) history.replaceState(null, "", "/k");
  await Promise.all([speak(preferredLanguage(languagesOffered(null))), loadIcons(), loadPictograms()]);
  for (const source of [cart, orders, pass, session, connection]) source.addEventListener("change", update);
  connection.addEventListener("opened", loadSession);
  session.addEventListener("change", () => {
    if (shown && session.state.brand !== "") document.title = `${shown.title} · ${session.state.brand}`;
  });
  addEventListener("hashchange", route);
  addEventListener("languagechosen", () => {
    open(shownName, false);
    wordAgain();
  });
  startNotices();
  route();
  loadSession();
  pass.start();
  // Keeps the page's files on the phone. Where the browser has no such thing, a reload needs a signal.
  navigator.serviceWorker?.register("/web/worker.js", {scope: "/"}).catch(() => {});
  await cart.start();
}

start();
