// SPDX-License-Identifier: Apache-2.0
// What stays on this phone, so that a reload without a signal still shows the cart and its code. All of it goes at sign-out.

export const keptFor_ms = 24 * 3600 * 1000;

// The value kept under a name, or `otherwise`; what is older than a day is not what the person wants any more.
export function kept(name, otherwise) {
  try {
    const {at, value} = JSON.parse(localStorage.getItem(name));
    return Date.now() - at < keptFor_ms ? value : otherwise;
  } catch {
    return otherwise;  // nothing there, or not what this page wrote
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify({at: Date.now(), value}));
  } catch {
    localStorage.removeItem(name);  // full or forbidden: the page works without
  }
}

export function drop(name) {
  localStorage.removeItem(name);
}
