# SPDX-License-Identifier: Apache-2.0
"""The picture of a virtual display: Xvfb's frame buffer, as it lies in the file, becomes a PNG with the same pixels."""
import pathlib
import struct
import tempfile
import unittest
import zlib

import display


def frame_buffer(width, height, pixels, pad=8, colours=2):
    """XWD, version 7, 32 bits a pixel, lines with padding; `pixels` are (r, g, b)."""
    head = [0] * 25
    head[0], head[1], head[4], head[5], head[11], head[12], head[19] = 100, 7, width, height, 32, 4 * width + pad, colours
    out = struct.pack(">25I", *head) + b"\xee" * (12 * colours)
    for y in range(height):
        out += b"".join(bytes((b, g, r, 0xFF)) for r, g, b in pixels[y * width : (y + 1) * width]) + b"\xdd" * pad
    return out


def read_png(data):
    at, body, size = 8, b"", None
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        part = data[at + 8 : at + 8 + length]
        if struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] != zlib.crc32(kind + part):
            raise AssertionError("checksum")
        size = struct.unpack(">II", part[:8]) if kind == b"IHDR" else size
        body += part if kind == b"IDAT" else b""
        at += 12 + length
    rows, (width, height) = zlib.decompress(body), size
    line = 1 + 3 * width
    return size, [tuple(rows[y * line + 1 + 3 * x :][:3]) for y in range(height) for x in range(width)]


class DisplayTest(unittest.TestCase):
    def test_pixels_come_through(self):
        pixels = [(i, 2 * i, 255 - i) for i in range(15)]
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "Xvfb_screen0").write_bytes(frame_buffer(5, 3, pixels))
            picture = pathlib.Path(folder, "kiosk.png")
            self.assertTrue(display.write_picture(folder, picture))
            self.assertEqual(read_png(picture.read_bytes()), ((5, 3), pixels))

    def test_without_a_frame_buffer_there_is_no_picture(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertFalse(display.write_picture(folder, pathlib.Path(folder, "kiosk.png")))
            self.assertEqual(list(pathlib.Path(folder).iterdir()), [])


if __name__ == "__main__":
    unittest.main()
