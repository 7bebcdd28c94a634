# SPDX-License-Identifier: Apache-2.0
"""Plants faults into copies of the phone page and sees that page_check finds each.

    python3 page_check_test.py hub/web assets/demo/lists/pictograms.csv
"""
import pathlib
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
import page_check

# File, what stands there, what is planted instead, what has to be said about it.
PLANTED = [
    ("text/de.json", '"common.close": "Schließen",', "", "common.close: only in en.json"),
    ("text/en.json", '"common.close": "Close",', '"common.close": "Close", "common.shut": "Shut",', "common.shut: only in en.json"),
    ("text/en.json", '"common.close": "Close",', '"common.close": "Close", "common.close": "Shut",', "stands there twice"),
    ("text/de.json", "Entfernt: {title}", "Entfernt", "cart.removed: other {names}"),
    ("text/en.json", '"Undo"', '" "', "common.undo: empty"),
    ("script/stock.js", 't("stock.only"', 't("stock.sole"', 'no text for "stock.sole"'),
    ("script/stock.js", 't("stock.only"', 't("stock.here"', "stock.only: text that nothing uses"),
    ("script/stock.js", 't("hours.closed")', 't(store.closed)', "write the key out"),
    ("script/hub.js", '"/api/v1/session"', '"https://shop.example/api/v1/session"', "address of another place"),
    ("style/tokens.css", 'url("/web/fonts/inter-400.woff2")', 'url("//fonts.example/inter.woff2")', "address of another place"),
    ("style/tokens.css", "/web/fonts/inter-400.woff2", "/web/fonts/inter-500.woff2", "no such file"),
    ("index.html", "</head>", "<script>start()</script></head>", "inline <script>"),
    ("index.html", "</head>", "<style>p{}</style></head>", "inline <style>"),
    ("index.html", '<div id="page">', '<div id="page" onclick="go()">', "inline code or style"),
    ("index.html", '<div id="page">', '<div id="page" style="color:red">', "inline code or style"),
    ("script/dom.js", "node.textContent = text;", "node.innerHTML = text;", "innerHTML is not used here"),
    ("script/cart_view.js", 'element("span", {class: "show-paper"})', 'element("span", {style: "color: red"})', "a style attribute"),
    ("script/find_view.js", 'label: t("common.back"), ', "", "a button without a name"),
    ("script/cart_view.js", "setLabel(parts.more,", "setText(parts.more,", "a button without a name"),
    ("script/find_view.js", 'for: "search-field"', 'for: "field"', "a input without a name"),
    ("script/main.js", "import {codeView}", "import {codeScene}", "imports codeScene, which code_view.js does not export"),
    ("script/qr.js", "const SVG", 'import {icon} from "./dom.js";\nconst SVG', "imports icon and does not use it"),
    ("script/parts.js", 'icon("search", "large")', 'icon("glass", "large")', "no icon glass"),
    ("icons.svg", 'id="icon-leave"', 'id="icon-depart"', "depart is drawn and not used"),
    ("icons.svg", "<!-- SPDX-License-Identifier: Apache-2.0 -->", "", "no SPDX line"),
    ("worker.js", '  "/web/script/qr.js",\n', "", "script/qr.js is not kept"),
    ("pictograms.json", '"candle"', '"candel"', "not what pictograms.csv says"),
]


def main():
    web, table = (pathlib.Path(argument) for argument in sys.argv[1:])
    missed = page_check.check(web, table)
    for file, there, planted, expected in PLANTED:
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "web"
            shutil.copytree(web, copy)
            path = copy / file
            text = path.read_text(encoding="utf-8")
            if there not in text:
                missed.append(f"{file}: {there!r} is not there any more: plant another fault")
                continue
            path.write_text(text.replace(there, planted, 1), encoding="utf-8")
            faults = page_check.check(copy, table)
            if not any(expected in fault for fault in faults):
                missed.append(f"{file}: {planted!r} was planted, and nobody said {expected!r}: {faults}")
    for each in missed:
        print(each)
    print(f"{len(PLANTED)} faults planted, {len(missed)} wrong")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
