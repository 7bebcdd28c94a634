# SPDX-License-Identifier: Apache-2.0
"""Reads the phone page's files and says what is wrong with them: words, addresses, inline code, names of buttons, imports, icons.

    python3 page_check.py hub/web assets/demo/lists/pictograms.csv

Prints one line a fault and ends with 1 when there is one. What only a browser can tell is in tests/e2e/phone_page_test.py.
"""
import csv
import html.parser
import json
import pathlib
import re
import sys

KEY = re.compile(r'"([a-z_]+(?:\.[a-z_0-9]+)+)"')
PLACEHOLDER = re.compile(r"\{(\w+)\}")
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")
FORBIDDEN_IN_SCRIPT = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", '"style"', "javascript:", "console.")


class Faults(list):
    def add(self, path, text):
        self.append(f"{path.name}: {text}")


def without_comments(script):
    """A script with its // comments blanked (those that begin a line or follow a space; addresses in strings have none)."""
    return re.sub(r"(^|\s)//[^\n]*", r"\1", script)


def check_words(web, faults):
    texts = {}
    for path in sorted((web / "text").glob("*.json")):
        try:
            texts[path] = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=refuse_doubles)
        except ValueError as error:
            faults.add(path, f"not valid JSON: {error}")
    if len(texts) < 2:
        faults.append("text/: fewer than two languages")
        return
    (first, words), *others = texts.items()
    for path, other in others:
        for key in sorted(words.keys() ^ other.keys()):
            faults.append(f"{key}: only in {(first if key in words else path).name}")
        for key in sorted(words.keys() & other.keys()):
            if set(PLACEHOLDER.findall(words[key])) != set(PLACEHOLDER.findall(other[key])):
                faults.add(path, f"{key}: other {{names}} than in {first.name}")
    for path, language in texts.items():
        for key, text in language.items():
            if not text.strip():
                faults.add(path, f"{key}: empty")
    used = set()
    for path in sorted((web / "script").glob("*.js")):
        script = without_comments(path.read_text(encoding="utf-8"))
        for literal in KEY.findall(script):
            meant = {literal} if literal in words else {f"{literal}.one", f"{literal}.other"}
            if not meant <= words.keys():
                faults.add(path, f'no text for "{literal}"')
            used |= meant
        for call in re.findall(r"\bt(?:n)?\((?!\")([^,)]*)", script):
            # A key that is worked out is looked for in a table of written-out keys, which are found above.
            if not re.match(r"(key|form)\b|\w+\[", call):
                faults.add(path, f"t({call}…): write the key out")
    for key in sorted(words.keys() - used):
        faults.append(f"{key}: text that nothing uses")


def refuse_doubles(pairs):
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f'"{key}" stands there twice')
    return dict(pairs)


class Markup(html.parser.HTMLParser):
    def __init__(self, path, web, faults):
        super().__init__()
        self.path, self.web, self.faults = path, web, faults

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.faults.add(self.path, f"inline <{tag}>")
        for name, value in attributes:
            if name == "style" or name.startswith("on"):
                self.faults.add(self.path, f"<{tag} {name}=…>: inline code or style")
            if name in ("src", "href"):
                check_address(self.path, value, self.web, self.faults)

    handle_startendtag = handle_starttag


def check_address(path, address, web, faults):
    """An address in the page's files is this hub's own, and the file is there."""
    file, _, fragment = address.partition("#")
    if file == "" or file in ("/", "/k"):
        return
    if not file.startswith("/web/"):
        faults.add(path, f"address {address} is not under /web/")
    elif not (web / file.removeprefix("/web/")).is_file():
        faults.add(path, f"address {address}: no such file")


def check_addresses(web, faults):
    for path in sorted(web.rglob("*")):
        if path.suffix not in (".html", ".js", ".css", ".json", ".svg"):
            continue
        text = path.read_text(encoding="utf-8")
        bare = text
        for namespace in NAMESPACES:
            bare = bare.replace(namespace, "")
        for found in re.findall(r"(?:https?:|wss?:|[\"'(=]\s*)//[^\s\"')]+", bare):
            faults.add(path, f"address of another place: {found}")
        if path.suffix in (".html", ".svg"):
            Markup(path, web, faults).feed(text)
        if path.suffix == ".css":
            for address in re.findall(r"url\(\s*\"?([^\")]+)", text):
                check_address(path, address, web, faults)
            if "@import" in text:
                faults.add(path, "@import: link the file in index.html")
        if path.suffix == ".js":
            code = without_comments(text)
            if re.search(r"\{[^{}]*\bstyle: (?!\"currency\")", code):
                faults.add(path, "a style attribute: the page's policy refuses it")
            for word in FORBIDDEN_IN_SCRIPT:
                if word in code:
                    faults.add(path, f"{word} is not used here")
            for address in re.findall(r"\"(/web/[^\"]*)\"", code):
                check_address(path, address, web, faults)
        if path.suffix == ".json":
            try:
                json.loads(text)
            except ValueError as error:
                faults.add(path, f"not valid JSON: {error}")
        elif "SPDX-License-Identifier: Apache-2.0" not in text.split("\n\n", 1)[0][:400]:
            faults.add(path, "no SPDX line at the top")


def call_arguments(code, start):
    """The arguments of the call whose "(" is at `start`, split at its commas."""
    depth, quote, parts, begin, place = 0, "", [], start + 1, start
    while place < len(code):
        char = code[place]
        if quote:
            if char == "\\":
                place += 1
            elif char == quote:
                quote = ""
        elif char in "\"'`":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth == 0:
                parts.append(code[begin:place].strip())
                return parts
        elif char == "," and depth == 1:
            parts.append(code[begin:place].strip())
            begin = place + 1
        place += 1
    return parts


def check_buttons(web, faults):
    """Every button made in a script has words in it or a label; an icon alone says nothing to a screen reader."""
    for path in sorted((web / "script").glob("*.js")):
        code = without_comments(path.read_text(encoding="utf-8"))
        for found in re.finditer(r"(?:([\w.]+)\s*=\s*)?element\(\"(button|a|input)\"", code):
            arguments = call_arguments(code, code.index("(", found.end() - len('element("button"')))
            properties = arguments[1] if len(arguments) > 1 else ""
            children = [child for child in arguments[2:] if child and not re.match(r"icon\(", child) and '"aria-hidden": "true"' not in child]
            labelled = re.search(r"\blabel:", properties)
            later = found.group(1) and re.search(rf"setLabel\({re.escape(found.group(1).split('.')[-1])}\b|setLabel\([\w.]*\.{re.escape(found.group(1).split('.')[-1])}\b", code)
            identity = re.search(r"\bid: \"([\w-]+)\"", properties)
            for_label = identity and f'for: "{identity.group(1)}"' in code
            if not (labelled or later or for_label or (children and found.group(2) != "input")):
                line = code[:found.start()].count("\n") + 1
                faults.add(path, f"line {line}: a {found.group(2)} without a name")


def check_imports(web, faults):
    scripts = {path.name: without_comments(path.read_text(encoding="utf-8")) for path in (web / "script").glob("*.js")}
    exported = {name: set(re.findall(r"export (?:async )?(?:function|const|class|let) (\w+)", code)) for name, code in scripts.items()}
    reached, waiting = set(), ["main.js"]
    imported = {name: set() for name in scripts}
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        for names, source in re.findall(r"import \{([^}]*)\} from \"\./([\w.]+)\"", scripts[name]):
            if source not in scripts:
                faults.append(f"{name}: imports from {source}, which is not there")
                continue
            waiting.append(source)
            rest = re.sub(r"import \{[^}]*\} from \"[^\"]*\";", "", scripts[name])
            for each in (word.strip() for word in names.split(",")):
                imported[source].add(each)
                if each not in exported[source]:
                    faults.append(f"{name}: imports {each}, which {source} does not export")
                if not re.search(rf"\b{each}\b", rest):
                    faults.append(f"{name}: imports {each} and does not use it")
    for name in sorted(scripts.keys() - reached):
        faults.append(f"{name}: a script that main.js does not reach")
    for name in sorted(reached):
        for each in sorted(exported[name] - imported[name]):
            if len(re.findall(rf"\b{each}\b", scripts[name])) == 1:
                faults.append(f"{name}: exports {each}, which nothing uses")


def check_icons(web, faults):
    drawn = set(re.findall(r"<symbol id=\"icon-(\w+)\"", (web / "icons.svg").read_text(encoding="utf-8")))
    code = "\n".join(without_comments(path.read_text(encoding="utf-8")) for path in sorted((web / "script").glob("*.js")))
    asked = set()
    for call in re.finditer(r"\b(?:icon|setIcon|niche|banner)\(", code):
        for argument in call_arguments(code, call.end() - 1):
            asked |= {word for word in re.findall(r"\"(\w+)\"", argument) if word in drawn or call.group().startswith("icon")}
    asked -= {"", "large", "faint"}
    for name in sorted(asked - drawn):
        faults.append(f"icons.svg: no icon {name}")
    for name in sorted(drawn - asked):
        faults.append(f"icons.svg: {name} is drawn and not used")


def check_worker(web, faults):
    """The worker keeps every file that the page is made of, or the page would open only in part without a signal."""
    worker = (web / "worker.js").read_text(encoding="utf-8")
    listed = set(re.findall(r"^  \"/web/([^\"]+)\",$", worker, re.MULTILINE))
    there = {path.relative_to(web).as_posix() for path in web.rglob("*")
             if path.suffix in (".css", ".js", ".json", ".svg", ".woff2") and path.name != "worker.js"}
    for name in sorted(there ^ listed):
        faults.append(f"worker.js: {name} is {'not kept' if name in there else 'kept and not there'}")


def check_pictograms(web, table, faults):
    """pictograms.json says what the table of pictograms says: regenerate it with --write."""
    if json.loads((web / "pictograms.json").read_text(encoding="utf-8")) != pictograms(table):
        faults.append(f"pictograms.json: not what {table.name} says; run page_check.py --write")


def pictograms(table):
    with open(table, encoding="utf-8", newline="") as rows:
        # U+FE0F asks for the picture where a sign could also be drawn as plain text.
        return {row["name"]: "".join(chr(int(point, 16)) for point in row["codepoint"].split()) + "\ufe0f" for row in csv.DictReader(rows)}


def check(web, table):
    faults = Faults()
    check_words(web, faults)
    check_addresses(web, faults)
    check_buttons(web, faults)
    check_imports(web, faults)
    check_icons(web, faults)
    check_worker(web, faults)
    check_pictograms(web, table, faults)
    return faults


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--write"]
    web, table = (pathlib.Path(argument) for argument in arguments)
    if "--write" in sys.argv:
        written = json.dumps(dict(sorted(pictograms(table).items())), ensure_ascii=False, indent=1)
        (web / "pictograms.json").write_text(written + "\n", encoding="utf-8")
    faults = check(web, table)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults in {web.name}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
