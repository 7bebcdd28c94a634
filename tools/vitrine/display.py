# SPDX-License-Identifier: Apache-2.0
"""A display for the kiosk where there is none: Xvfb, and x11vnc to look at it and touch it where that is installed."""
import pathlib
import shutil

SIZE = (1080, 1920)  # a portrait kiosk panel
COUNTER_SIZE = (1920, 1080)


def free_number(after=89):
    """A display that no X server has: neither lock file nor socket."""
    number = after + 1
    while pathlib.Path(f"/tmp/.X{number}-lock").exists() or is_up(number):
        number += 1
    return number


def is_up(number):
    return pathlib.Path(f"/tmp/.X11-unix/X{number}").exists()


def xvfb_command(number, size=SIZE):
    width, height = size
    return ["Xvfb", f":{number}", "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"]


def vnc_command(number, port):
    """Shows and steers the virtual display, from this machine only; None when x11vnc is not installed."""
    if not shutil.which("x11vnc"):
        return None
    return ["x11vnc", "-display", f":{number}", "-localhost", "-rfbport", str(port), "-forever", "-shared", "-nopw", "-quiet", "-noxdamage"]
