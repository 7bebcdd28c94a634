# SPDX-License-Identifier: Apache-2.0
"""A display for the kiosk where there is none: Xvfb, whose frame buffer is a file (XWD) that is turned into a PNG."""
import mmap
import pathlib
import shutil
import struct
import zlib

SIZE = (1080, 1920)  # a portrait kiosk panel


def free_number():
    """A display that no X server has: neither lock file nor socket."""
    number = 90
    while pathlib.Path(f"/tmp/.X{number}-lock").exists() or pathlib.Path(f"/tmp/.X11-unix/X{number}").exists():
        number += 1
    return number


def is_up(number):
    return pathlib.Path(f"/tmp/.X11-unix/X{number}").exists()


def xvfb_command(number, folder):
    width, height = SIZE
    return ["Xvfb", f":{number}", "-screen", "0", f"{width}x{height}x24", "-fbdir", folder, "-nolisten", "tcp", "-noreset"]


def vnc_command(number, port):
    """Shows and steers the virtual display, from this machine only; None when x11vnc is not installed."""
    if not shutil.which("x11vnc"):
        return None
    return ["x11vnc", "-display", f":{number}", "-localhost", "-rfbport", str(port), "-forever", "-shared", "-nopw", "-quiet", "-noxdamage"]


def write_picture(folder, file):
    """The frame buffer as PNG, in one step. False while there is none."""
    source = pathlib.Path(folder, "Xvfb_screen0")
    try:
        with open(source, "rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as view:
            # XWDFile.h: 25 numbers of 32 bits, big-endian; then colours of 12 bytes each, then the lines.
            head = struct.unpack(">25I", view[:100])
            header_bytes, width, height, bits, line_bytes, colours = head[0], head[4], head[5], head[11], head[12], head[19]
            if bits != 32:
                return False
            begin = header_bytes + 12 * colours
            pixels = view[begin : begin + line_bytes * height]
    except (OSError, ValueError):
        return False
    rows = bytearray()
    for y in range(height):
        line = pixels[y * line_bytes : y * line_bytes + 4 * width]
        row = bytearray(3 * width)
        row[0::3], row[1::3], row[2::3] = line[2::4], line[1::4], line[0::4]  # BGRX as stored
        rows += b"\0" + row
    write_png(file, width, height, 2, bytes(rows))
    return True


def write_png(file, width, height, colour_type, rows):
    """`rows` carries PNG's filter byte before each line; 8 bits a channel; colour type 0 is grey, 2 is RGB."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0)
    fresh = pathlib.Path(file).with_suffix(".fresh")
    fresh.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))
    fresh.replace(file)
