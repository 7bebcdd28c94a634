// SPDX-License-Identifier: Apache-2.0
// Which view is shown is the fragment of the address, so that the phone's back button works.

const views = new Set(["cart", "find", "code", "orders"]);
let inside = 0;  // steps made on this page: whether there is one to go back to

export function currentView() {
  const name = location.hash.slice(1);
  return views.has(name) ? name : "cart";
}

export function go(name) {
  if (currentView() === name) return;
  inside += 1;
  location.hash = name;
}

export function goBack() {
  if (inside > 0) {
    inside -= 1;
    history.back();
  } else {
    location.replace("#cart");
  }
}

// The link in a cart code is /k#digits. A phone's camera opens it here; it is meant for the reader at a kiosk.
export function openedByCartCode() {
  return location.pathname === "/k" && !views.has(location.hash.slice(1));
}
