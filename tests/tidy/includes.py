# SPDX-License-Identifier: Apache-2.0
"""Who may include whom (docs/ARCHITECTURE.md). All include paths start at the root, so a line says all there is to know."""
import re

from tree import Violation, lines

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')

# Folder → folders it may include. The longest folder that holds a file is its row; a folder sees what lies inside it too.
MAY_SEE = {
    "base": ("base",),
    "sync": ("sync", "base"),
    "sync/model": ("sync/model", "base"),
    "sync/rules": ("sync/rules", "sync/model", "sync/tuning.hpp", "sync/planted.hpp", "base"),
    "sync/pricing": ("sync/pricing", "sync/model", "sync/tuning.hpp", "base"),
    "sync/protocol": ("sync/protocol", "sync/pricing", "sync/rules", "sync/model", "sync/tuning.hpp", "base"),
    "sync/ends": ("sync", "base"),
    "sqlite": ("sqlite", "base"),
    "config": ("config", "base"),
    "link": ("link", "base"),
    "hours": ("hours", "base"),
    "hook": ("hook", "base"),
    "hub": ("hub", "sync", "sqlite", "hours", "config", "link", "base"),
    "edge": ("edge", "sync", "sqlite", "hours", "hook", "config", "link", "base"),
    "kiosk": ("kiosk", "sync", "hook", "config", "base"),
    "tools": ("tools", "hub", "edge", "kiosk", "sync", "sqlite", "config", "link", "base"),
    "tests": ("tests", "hub", "edge", "kiosk", "sync", "sqlite", "hours", "hook", "config", "link", "tools", "base"),
    "tests/sync": ("tests/sync", "tests/support", "sync", "base"),
}

# Inside sync nothing asks the machine anything: no clock, chance, thread, file or stream.
SYNC_FORBIDS = {"chrono", "condition_variable", "cstdio", "ctime", "filesystem", "fstream", "future", "iostream", "mutex", "random", "shared_mutex",
                "thread", "time.h", "stdio.h", "unistd.h", "fcntl.h", "unordered_map", "unordered_set"}
SYNC_FORBIDS_CALLS = re.compile(r"\b(randombytes_\w+|std::rand|std::time|clock_gettime|gettimeofday|getenv|std::getenv)\s*\(")

# Library → files that may include it. Headers that are named here are private to their folder.
LIBRARIES = {
    r"fmt/": r"base/log\.cpp|(hub|edge|kiosk|config|tools|link)/.*\.cpp|tests/.*\.cpp",
    r"nlohmann/": r"sync/(protocol|ends)/.*\.cpp|sync/protocol/json_input\.hpp|(hub|edge)/(api|commands|local_api|import|io|database)/.*\.cpp|hub/api/(api_impl|coupons|documents)\.hpp|kiosk/(io|text|theme)/.*\.cpp|kiosk/io/answer_fields\.hpp|"
                  r"tools/.*\.cpp|tests/.*",
    r"simdjson\.h": r"sync/(protocol|ends)/.*\.cpp|sync/protocol/tape_input\.hpp|(hub|edge)/.*\.cpp|tests/.*\.cpp|tests/sim/json_eyes\.hpp",
    r"sodium\.h|sodium/": r"sync/(protocol|ends)/.*\.cpp|(hub|edge)/.*\.cpp|tools/.*\.cpp|tests/.*\.cpp",
    r"zstd\.h": r"sync/protocol/.*\.cpp|tests/.*\.cpp",
    r"zlib\.h": r"hub/import/.*\.cpp|tools/kiosk_shots/picture\.cpp|tests/.*",
    r"libpq-fe\.h": r"hub/database/postgres_\w+\.cpp",
    r"sqlite3\.h": r"(edge|hub)/database/.*\.cpp|sqlite/.*\.cpp|tests/.*\.cpp",
    r"httplib\.h": r"(hub|edge|kiosk)/io/.*\.cpp|hub/io/bounded_tasks\.hpp|tools/.*\.cpp|tests/.*\.(cpp|hpp)",
    r"mosquitto\.h|mqtt_protocol\.h": r"link/.*\.cpp|link/mqtt_properties\.hpp|tests/.*\.cpp",
    r"openssl/": r"link/.*\.cpp|tools/vitrinectl/.*\.cpp|hub/enrolment/.*\.cpp|(hub|edge)/io/.*\.cpp|tests/.*\.cpp",
    r"toml\+\+/": r"config/toml_reader\.cpp",
    r"unicode/": r"kiosk/text/.*\.cpp|hours/.*\.cpp|edge/database/search_words\.cpp",
    r"imgui": r"kiosk/.*\.cpp|kiosk/widgets/draw_list\.hpp|tools/.*\.cpp|tests/.*",
    r"GLFW/|GL/": r"kiosk/io/.*\.cpp|tools/.*\.cpp|tests/.*\.cpp",
    r"EGL/": r"tools/kiosk_shots/off_screen\.cpp",
    r"ft2build\.h|freetype/": r"kiosk/widgets/.*\.cpp",
    r"qrcodegen/": r"kiosk/widgets/.*\.cpp|hub/.*\.cpp|tests/.*\.cpp",
    r"ReadBarcode\.h|ZXVersion\.h|ZXing/": r"kiosk/io/.*\.cpp|tests/.*\.cpp",
    r"(stb/)?stb_": r"kiosk/(io|widgets)/.*\.cpp|tools/.*\.cpp|tests/.*\.cpp",
    r"systemd/": r"(hub|edge|kiosk)/io/.*\.cpp",
    r"doctest/": r"tests/.*",
}

# Headers of C++, POSIX and Linux; what has no dot is the C++ library.
PLATFORM = re.compile(r"^[a-z_0-9]+$|^(sys|linux|netinet|arpa|net)/[a-z_0-9]+\.h$|"
                      r"^(unistd|malloc|fcntl|poll|signal|spawn|termios|stdlib|stdio|string|time|errno|dirent|dlfcn|getopt|glob|netdb|pthread|sched|pwd|grp|syslog|limits|link)\.h$")


def inside(path, folder):
    return path == folder or path.startswith(folder + "/")


def row_of(path):
    rows = [folder for folder in MAY_SEE if inside(path, folder)]
    return max(rows, key=len) if rows else None


def includes(text):
    for number, line in lines(text):
        found = INCLUDE.match(line)
        if found:
            yield number, found.group(1), found.group(2)


def folders_may_see(tree):
    """A folder includes only the folders of its row, and every include path starts at the root."""
    out = []
    for path, text in tree.texts(".cpp", ".hpp"):
        row = row_of(path)
        if row is None:
            out.append(Violation(path, 0, "C++ in a folder that MAY_SEE (tests/tidy/includes.py) does not know"))
            continue
        for number, own, _ in includes(text):
            if own is None:
                continue
            if own not in tree and not own.startswith("generated/"):
                out.append(Violation(path, number, f'"{own}" is no file; include paths start at the root'))
            elif not any(inside(own, folder) for folder in MAY_SEE[row]):
                out.append(Violation(path, number, f'{row} may not include "{own}"'))
    return out


def only_main_includes_io(tree):
    """An io folder, and link with it, is seen by itself, by a main.cpp and by tests."""
    out = []
    for path, text in tree.texts(".cpp", ".hpp"):
        folder, _, name = path.rpartition("/")
        if name == "main.cpp" or path.startswith("tests/"):
            continue
        for number, own, _ in includes(text):
            if own is None:
                continue
            target = own.rpartition("/")[0]
            if "io" in target.split("/") and folder.split("/io")[0] != target.split("/io")[0]:
                out.append(Violation(path, number, f'only a main.cpp includes an io folder: "{own}"'))
            elif "io" in target.split("/") and "io" not in folder.split("/"):
                out.append(Violation(path, number, f'only a main.cpp includes an io folder: "{own}"'))
            elif target == "link" and folder != "link" and "io" not in folder.split("/"):
                out.append(Violation(path, number, f'only io folders and main.cpp include link: "{own}"'))
    return out


def libraries_stay_where_they_are(tree):
    """A library is met in few files, never in a header that others include; an unknown library is a decision first."""
    out = []
    for path, text in tree.texts(".cpp", ".hpp"):
        for number, _, foreign in includes(text):
            if foreign is None or PLATFORM.match(foreign):
                continue
            rows = [allowed for header, allowed in LIBRARIES.items() if re.match(header, foreign)]
            if not rows:
                out.append(Violation(path, number, f"<{foreign}>: no library of the house (tests/tidy/includes.py)"))
            elif not any(re.fullmatch(allowed, path) for allowed in rows):
                out.append(Violation(path, number, f"<{foreign}> is not included here; see LIBRARIES in tests/tidy/includes.py"))
    return out


def sync_asks_nothing(tree):
    """sync performs no I/O, reads no clock, draws no chance, starts no thread, and walks no unordered container."""
    out = []
    for path, text in tree.texts(".cpp", ".hpp"):
        if not inside(path, "sync"):
            continue
        for number, _, foreign in includes(text):
            if foreign in SYNC_FORBIDS or (foreign or "").startswith(("sys/", "netinet/")):
                out.append(Violation(path, number, f"sync does without <{foreign}>"))
        for number, line in lines(text):
            found = SYNC_FORBIDS_CALLS.search(line.split("//")[0])
            if found:
                out.append(Violation(path, number, f"sync does without {found.group(1)}"))
    return out


RULES = (folders_may_see, only_main_includes_io, libraries_stay_where_they_are, sync_asks_nothing)
