// SPDX-License-Identifier: Apache-2.0
// The code for the kiosk, as large as the screen allows, with how long it is good for.
import {cart} from "./cart.js";
import {connection} from "./hub.js";
import {pass} from "./pass.js";
import {session} from "./session.js";
import {element, icon, setText, show} from "./dom.js";
import {clock, countdown, t} from "./words.js";
import {hubNow} from "./hub.js";
import {qrDrawing, sizeQr} from "./qr.js";
import {go, goBack} from "./routes.js";

const aroundCode = 404;       // CSS px above and below the code
const aroundBrightCode = 200;
const least = 240;

// Keeps the screen from dimming and locking while the code is shown, where the browser can.
function stayAwake() {
  let lock = null;
  let over = false;
  async function take() {
    if (over || document.hidden || !("wakeLock" in navigator)) return;
    try {
      lock = await navigator.wakeLock.request("screen");
      if (over) lock.release();
    } catch {
      lock = null;  // battery saver: the phone's own rules stand
    }
  }
  document.addEventListener("visibilitychange", take);
  take();
  return () => {
    over = true;
    document.removeEventListener("visibilitychange", take);
    lock?.release();
  };
}

export function codeView() {
  const heading = element("h1", {tabindex: "-1"}, t("code.title"));
  const under = element("p", {class: "code-under quiet-text"}, t("code.reader"));
  const paper = element("div", {class: "code-paper"});
  const bar = element("div", {class: "code-bar"});
  const track = element("div", {class: "code-track", "aria-hidden": "true"}, bar);
  const works = element("span", {class: "strong", test: "code-time"});
  const time = element("div", {class: "code-time"}, track, element("div", {class: "spread small-text"}, works,
    element("span", {class: "quiet-text"}, t("code.private"))));
  const hint = element("p", {class: "hint", test: "code-hint"});
  const hintIcon = icon("offline");
  const hintText = element("span", {});
  hint.append(hintIcon, hintText);
  const brightText = element("span", {});
  const bright = element("button", {class: "button tertiary", test: "brighter", on: {click: () => setBright(!node.classList.contains("bright"))}},
    icon("bright"), brightText);
  const renew = element("button", {class: "button primary", test: "new-code", on: {click: () => pass.renew()}}, icon("refresh"), t("code.new"));
  const message = element("p", {class: "code-message", role: "status"});
  const node = element("div", {class: "view code-view"},
    element("header", {class: "top"}, element("span", {class: "wordmark"}, session.state.brand),
      element("button", {class: "round", test: "close", label: t("common.close"), on: {click: goBack}}, icon("close"))),
    element("main", {class: "code-main"}, heading, under, paper, message, renew, time, element("div", {class: "grow"}), hint, bright));

  let drawn = null;
  let drawing = null;
  const opened = hubNow();

  function setBright(on) {
    node.classList.toggle("bright", on);
    document.documentElement.classList.toggle("bright-page", on);
    // Without the browser's bars there is more white, and a larger code. Phones that cannot do it show the page as it is.
    if (on && document.fullscreenEnabled) document.documentElement.requestFullscreen().catch(() => {});
    if (!on && document.fullscreenElement) document.exitFullscreen().catch(() => {});
    update();
  }

  function size() {
    if (drawing === null) return;
    const width = paper.clientWidth;
    const around = node.classList.contains("bright") ? aroundBrightCode : aroundCode;
    sizeQr(drawing, drawn, Math.min(width, Math.max(least, innerHeight - around)), width);
  }

  function draw() {
    const usable = pass.code !== null && !pass.expired && cart.view.lines.length > 0 ? pass.code : null;
    if (usable !== drawn) {
      drawn = usable;
      drawing = usable === null ? null : qrDrawing(usable, t("code.picture"));
      if (drawing !== null) {
        drawing.dataset.text = usable.text;
        drawing.dataset.form = usable.form;
      }
      paper.replaceChildren(drawing ?? element("div", {class: "code-wait"}, icon("code")));
    }
    size();
  }

  function update() {
    // The kiosk has read it: the cart says where it is open.
    if (cart.view.open_at_kiosk && cart.view.open_at_kiosk.since > opened) {
      go("cart");
      return;
    }
    draw();
    const empty = cart.loaded && cart.view.lines.length === 0;
    const isBright = node.classList.contains("bright");
    setText(brightText, isBright ? t("code.less_bright") : t("code.bright"));
    show(time, drawn !== null);
    show(bright, drawn !== null);
    show(renew, drawn === null && pass.expired && !empty);
    let words = "";
    if (empty) words = t("code.empty");
    else if (drawn === null && pass.expired) words = t("code.expired");
    else if (drawn === null) words = pass.trouble ? t("code.trouble") : t("code.making");
    setText(message, words);
    show(message, words !== "");
    show(hint, drawn !== null);
    if (drawn === null) return;
    const heard = connection.up && hubNow() < drawn.renew_at + 2000;
    setText(works, heard ? t("code.new_in", {time: countdown(drawn.renew_at - hubNow())}) : t("code.until", {time: clock(drawn.expires_at)}));
    bar.style.width = `${100 * (heard ? pass.freshness : Math.max(0, (drawn.expires_at - hubNow()) / (drawn.expires_at - drawn.issued_at)))}%`;
    setText(hintText, drawn.form === "reference" ? t("code.reference") : t("code.no_signal"));
  }

  const letSleep = stayAwake();
  const tick = setInterval(update, 1000);
  const watch = new ResizeObserver(size);
  watch.observe(paper);
  addEventListener("resize", size);
  return {node, heading, title: t("code.title"), update, close() {
    clearInterval(tick);
    watch.disconnect();
    removeEventListener("resize", size);
    letSleep();
    if (node.classList.contains("bright")) {
      document.documentElement.classList.remove("bright-page");
      if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    }
  }};
}
