# SPDX-License-Identifier: Apache-2.0
"""Every screen in every state is drawn once, in one of six looks, and held against the picture of it that somebody approved.

gallery_test.py <kiosk_shots> <folder for what differs> [approve [<name>…]]: `approve` writes the approved pictures anew (all, or those
named); look at them before they are committed. A picture that differs is written into the folder, in full size.

Letters have other shapes in another release of the typeface. Where that is installed (approved/FONT names the approved one) every
picture is drawn, into the folder, and none is compared: the test counts as skipped.
"""
import hashlib
import os
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
    ("1080 1920", "en", ""),
    ("1920 1080", "de", "largest"),
    ("1080 1920", "fr", "contrast"),
    ("1366 768", "es", "reach"),
    ("1080 1920", "ja", "largest contrast"),
    ("1920 1080", "pl", "contrast reach"),
)
# Of a counter, whose staff have no looks to choose.
COUNTER_LOOKS = (("1920 1080", "en", ""), ("1920 1080", "de", ""), ("1920 1080", "ja", ""))


def look_of(name, of_counter):
    """Stays the same when other screens come or go."""
    looks = COUNTER_LOOKS if of_counter else LOOKS
    return looks[zlib.crc32(name.encode()) % len(looks)]


def names_of(program, *size):
    return subprocess.run([program, ".", "names", *size], capture_output=True, text=True, check=True).stdout.split()


def font():
    return hashlib.sha256(FONT.read_bytes()).hexdigest()


def draw(program, number, folder, look, names, *more):
    size, language, ease = look
    words = [program, str(folder), *size.split(), language, *ease.split(), "only=" + ",".join("=" + name for name in names), *more]
    environment = dict(os.environ, DISPLAY=f":{number}", LIBGL_ALWAYS_SOFTWARE="1")
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=False)
    print(done.stdout + done.stderr, end="", flush=True)
    return done.returncode == 0


def main(program, folder, mode="compare", *only):
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    of_shoppers = set(names_of(program))
    all_names = names_of(program, "1920", "1080")  # a counter's too
    names = [name for name in all_names if not only or name in only]
    # The server takes a number that is free and says which: other tests start theirs at the same time.
    said, says = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(says), "-screen", "0", "1920x1920x24", "-nolisten", "tcp", "-noreset"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=[says])
    os.close(says)
    comparable = mode == "approve" or font() == (APPROVED / "FONT").read_text(encoding="ascii").strip()
    more = [f"{'approve' if mode == 'approve' else 'against'}={APPROVED}"] if comparable else []
    try:
        with open(said, encoding="ascii") as answer:
            number = answer.readline().strip()
        if not number:
            sys.exit("the virtual display did not start")
        good = True
        for look in dict.fromkeys(LOOKS + COUNTER_LOOKS):
            those = [name for name in names if look_of(name, name not in of_shoppers) == look]
            if those:
                good = draw(program, number, folder, look, those, *more) and good
    finally:
        server.terminate()
        server.wait()
    gone = {picture.stem for picture in APPROVED.glob("*.png")} - set(all_names)
    for name in sorted(gone):
        print(f"{name}: approved, and no longer drawn")
    if not good or gone:
        sys.exit(f"not as approved; see {folder}, and when that is what is wanted: {__file__} {program} {folder} approve")
    if mode == "approve" and not only:
        (APPROVED / "FONT").write_text(font() + "\n", encoding="ascii")
    if not comparable:
        print(f"all {len(names)} drawn, none compared: approved with another release of the typeface")
        sys.exit(SKIPPED)


if __name__ == "__main__":
    main(*sys.argv[1:])
