# SPDX-License-Identifier: Apache-2.0
"""Every screen in every state is drawn once, in one of six looks, and held against the picture of it that somebody approved.

gallery_test.py <vitrine-kiosk-gallery> <folder for what differs> [approve [<name>…]]: `approve` writes the approved pictures anew (all, or
those named); look at them before they are committed. A picture that differs is written into the folder, in full size.

Letters have other shapes in another release of the typeface. Where that is installed (approved/FONT names the approved one) every
picture is drawn, into the folder, and none is compared: the test counts as skipped.
"""
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
APPROVED = pathlib.Path(__file__).parent / "approved"
FONT = pathlib.Path("/usr/share/fonts/opentype/inter/Inter-Regular.otf")
SKIPPED = 77
LOOKS = (
    ("1080x1920", "en", ()),
    ("1920x1080", "de", ("--text", "largest")),
    ("1080x1920", "fr", ("--contrast",)),
    ("1366x768", "es", ("--reach",)),
    ("1080x1920", "ja", ("--text", "largest", "--contrast")),
    ("1920x1080", "pl", ("--contrast", "--reach")),
)
# Of a counter, whose staff have no looks to choose.
COUNTER_LOOKS = (("1920x1080", "en", ()), ("1920x1080", "de", ()), ("1920x1080", "ja", ()))

# Of a counter that is held in a hand.
HELD = ("--held", "68.5")
HAND_LOOKS = (("720x1280", "en", HELD), ("720x1280", "de", HELD), ("720x1280", "ja", HELD))


def look_of(name, of_counter, of_hand):
    """Stays the same when other screens come or go."""
    looks = HAND_LOOKS if of_hand else COUNTER_LOOKS if of_counter else LOOKS
    return looks[zlib.crc32(name.encode()) % len(looks)]


def names_of(program, size, *more):
    return subprocess.run([program, "--names", "--size", size, *more], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()


def font():
    return hashlib.sha256(FONT.read_bytes()).hexdigest()


def draw(program, folder, look, names, *more):
    size, language, ease = look
    words = [program, str(folder), "--size", size, "--language", language, *ease, "--only", ",".join("=" + name for name in names), *more]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    print(done.stdout + done.stderr, end="", flush=True)
    return done.returncode == 0


def planted(program, folder):
    """One letter of a caption, and a colour two steps off: each must be seen. The names of those that were not."""
    assets = folder / "planted"
    shutil.copytree(ROOT / "assets/text", assets / "text")
    shutil.copytree(ROOT / "assets/demo/lists", assets / "demo/lists")
    english = assets / "text/en.json"
    words = json.loads(english.read_text(encoding="utf-8"))
    words["scan.ready"] = words["scan.ready"][:-1] + ("x" if words["scan.ready"][-1] != "x" else "z")
    english.write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    theme = assets / "theme.toml"
    theme.write_text('[colour]\nprimary = "#0B5956"\n', encoding="ascii")  # the built-in one is #0B5754
    look = ("1080x1920", "en", ())
    missed = []
    for what, name, more in (("a letter", "scan", ("--assets", str(assets))), ("a colour", "cart", ("--theme", str(theme)))):
        drawn = draw(program, folder, look, [name], "--approve", str(assets))
        if not drawn or draw(program, folder, look, [name], "--against", str(assets), *more):
            missed.append(what)
    return missed


def main(program, folder, mode="compare", *only):
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    of_shoppers = set(names_of(program, "1080x1920"))
    of_hands = set(names_of(program, "720x1280", *HELD))
    all_names = names_of(program, "1920x1080") + sorted(of_hands)  # a counter's too
    names = [name for name in all_names if not only or name in only]
    comparable = mode == "approve" or font() == (APPROVED / "FONT").read_text(encoding="ascii").strip()
    more = ["--approve" if mode == "approve" else "--against", str(APPROVED)] if comparable else []
    good = True
    for look in dict.fromkeys(LOOKS + COUNTER_LOOKS + HAND_LOOKS):
        those = [name for name in names if look_of(name, name not in of_shoppers, name in of_hands) == look]
        if those:
            good = draw(program, folder, look, those, *more) and good
    gone = {picture.stem for picture in APPROVED.glob("*.png")} - set(all_names)
    for name in sorted(gone):
        print(f"{name}: approved, and no longer drawn")
    missed = planted(program, folder) if mode == "compare" else []
    if missed:
        sys.exit(f"a difference that was planted was not seen: {', '.join(missed)}")
    if not good or gone:
        sys.exit(f"not as approved; see {folder}, and when that is what is wanted: {__file__} {program} {folder} approve")
    if mode == "approve" and not only:
        (APPROVED / "FONT").write_text(font() + "\n", encoding="ascii")
    if not comparable:
        print(f"all {len(names)} drawn, none compared: approved with another release of the typeface")
        sys.exit(SKIPPED)


if __name__ == "__main__":
    main(*sys.argv[1:])
