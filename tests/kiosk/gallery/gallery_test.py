# SPDX-License-Identifier: Apache-2.0
"""Every screen in every state is drawn once, in one of six looks, and held against the picture of it that somebody approved.

gallery_test.py <kiosk_shots> <folder for what differs> [approve [<name>…]]: `approve` writes the approved pictures anew (all, or those
named); look at them before they are committed. A picture that differs is written into the folder, in full size.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import time
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tools/vitrine"))
import display  # noqa: E402

APPROVED = pathlib.Path(__file__).parent / "approved"
LOOKS = (
    ("1080 1920", "en", ""),
    ("1920 1080", "de", "largest"),
    ("1080 1920", "fr", "contrast"),
    ("1366 768", "es", "reach"),
    ("1080 1920", "ja", "largest contrast"),
    ("1920 1080", "pl", "contrast reach"),
)


def look_of(name):
    """Stays the same when other screens come or go."""
    return zlib.crc32(name.encode()) % len(LOOKS)


def draw(program, number, folder, look, names, *more):
    size, language, ease = LOOKS[look]
    words = [program, str(folder), *size.split(), language, *ease.split(), "only=" + ",".join("=" + name for name in names), *more]
    environment = dict(os.environ, DISPLAY=f":{number}", LIBGL_ALWAYS_SOFTWARE="1")
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=False)
    print(done.stdout + done.stderr, end="", flush=True)
    return done.returncode == 0


def main(program, folder, mode="compare", *only):
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    all_names = subprocess.run([program, ".", "names"], capture_output=True, text=True, check=True).stdout.split()
    names = [name for name in all_names if not only or name in only]
    number = display.free_number()
    server = subprocess.Popen(["Xvfb", f":{number}", "-screen", "0", "1920x1920x24", "-nolisten", "tcp", "-noreset"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not display.is_up(number):
            if server.poll() is not None:
                sys.exit("the virtual display did not start")
            time.sleep(0.05)
        good = True
        for look in range(len(LOOKS)):
            those = [name for name in names if look_of(name) == look]
            if those:
                good = draw(program, number, folder, look, those, f"{'approve' if mode == 'approve' else 'against'}={APPROVED}") and good
    finally:
        server.terminate()
        server.wait()
    gone = {picture.stem for picture in APPROVED.glob("*.png")} - set(all_names)
    for name in sorted(gone):
        print(f"{name}: approved, and no longer drawn")
    if not good or gone:
        sys.exit(f"not as approved; see {folder}, and when that is what is wanted: {__file__} {program} {folder} approve")


if __name__ == "__main__":
    main(*sys.argv[1:])
