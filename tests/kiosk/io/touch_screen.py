#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A touch screen without a screen: the smallest Wayland compositor that an Xwayland accepts, whose seat has touch and nothing
else. It prints the X display's number, then takes lines: `down X Y`, `move X Y`, `up`. It ends with its input.

    touch_screen.py <width> <height>
"""
import array
import os
import select
import socket
import struct
import subprocess
import sys

WIDTH, HEIGHT = int(sys.argv[1]), int(sys.argv[2])
GLOBALS = [("wl_compositor", 4), ("wl_shm", 1), ("wl_output", 2), ("wl_seat", 5), ("xdg_wm_base", 1)]
# What a request makes: (interface, opcode) → where in its arguments the new id stands, and of what it is.
MAKES = {("wl_display", 1): (0, "wl_registry"), ("wl_compositor", 0): (0, "wl_surface"), ("wl_compositor", 1): (0, "wl_region"),
         ("wl_shm", 0): (0, "wl_shm_pool"), ("wl_shm_pool", 0): (0, "wl_buffer"), ("wl_seat", 0): (0, "wl_pointer"),
         ("wl_seat", 1): (0, "wl_keyboard"), ("wl_seat", 2): (0, "wl_touch"), ("xdg_wm_base", 2): (0, "xdg_surface"),
         ("xdg_surface", 1): (0, "xdg_toplevel"), ("wl_surface", 3): (0, "wl_callback"), ("wl_display", 0): (0, "wl_callback")}


def text(words):
    data = words.encode() + b"\0"
    return struct.pack("=I", len(data)) + data + b"\0" * (-len(data) % 4)


def number(*values):
    return struct.pack("=" + "I" * len(values), *[value & 0xFFFFFFFF for value in values])


class Screen:
    def __init__(self, client):
        self.client = client
        self.objects = {1: "wl_display"}
        self.unread = b""
        self.serial = 0
        self.attached = {}
        self.frames = {}
        self.shown = None
        self.shell = {}
        self.told = set()

    def first(self, interface):
        return next((i for i, name in self.objects.items() if name == interface), None)

    def say(self, target, opcode, body=b""):
        self.client.sendall(struct.pack("=II", target, (8 + len(body)) << 16 | opcode) + body)

    def next_serial(self):
        self.serial += 1
        return self.serial

    def hear(self):
        data, fds, _, _ = socket.recv_fds(self.client, 65536, 16)
        for fd in fds:
            os.close(fd)  # nobody looks at the picture
        if not data:
            return False
        self.unread += data
        while len(self.unread) >= 8:
            target, head = struct.unpack_from("=II", self.unread)
            size = head >> 16
            if len(self.unread) < size:
                break
            body, self.unread = self.unread[8:size], self.unread[size:]
            self.request(target, head & 0xFFFF, body)
        return True

    def request(self, target, opcode, body):
        name = self.objects.get(target, "")
        words = array.array("I", body[:len(body) // 4 * 4])
        if (name, opcode) in MAKES:
            at, made = MAKES[name, opcode]
            self.objects[words[at]] = made
        if name == "wl_display" and opcode == 0:
            self.say(words[0], 0, number(self.next_serial()))
            self.say(1, 1, number(words[0]))
        elif name == "wl_display":
            for i, (interface, version) in enumerate(GLOBALS):
                self.say(words[0], 0, number(i) + text(interface) + number(version))
        elif name == "wl_registry":
            self.bind(GLOBALS[words[0]][0], words[-1])
        elif name == "xdg_wm_base" and opcode == 2:
            self.shell[words[1]] = words[0]
        elif name == "wl_surface" and opcode == 1:
            self.attached[target] = words[0]
        elif name == "wl_surface" and opcode == 3:
            self.frames.setdefault(target, []).append(words[0])
        elif name == "wl_surface" and opcode == 6:
            self.commit(target)

    def bind(self, interface, made):
        self.objects[made] = interface
        if interface == "wl_shm":
            self.say(made, 0, number(0))
            self.say(made, 0, number(1))
        elif interface == "wl_output":
            self.say(made, 0, number(0, 0, WIDTH // 4, HEIGHT // 4, 0) + text("none") + text("none") + number(0))
            self.say(made, 1, number(3, WIDTH, HEIGHT, 60000))
            self.say(made, 3, number(1))
            self.say(made, 2)
        elif interface == "wl_seat":
            self.say(made, 0, number(4))  # touch
            self.say(made, 1, text("seat"))

    def commit(self, surface):
        if surface in self.shell and surface not in self.told:
            self.told.add(surface)
            self.shown = surface
            self.say(self.first("xdg_toplevel"), 0, number(WIDTH, HEIGHT, 0))
            self.say(self.shell[surface], 0, number(self.next_serial()))
        buffer = self.attached.pop(surface, 0)
        if buffer:
            self.say(buffer, 0)
        for callback in self.frames.pop(surface, []):
            self.say(callback, 0, number(0))
            self.say(1, 1, number(callback))

    def touch(self, line):
        words = line.split()
        finger, time = self.first("wl_touch"), self.next_serial()
        place = number(*[int(word) * 256 for word in words[1:]])
        if words[0] == "down":
            self.say(finger, 0, number(self.next_serial(), time, self.shown, 0) + place)
        elif words[0] == "move":
            self.say(finger, 2, number(time, 0) + place)
        else:
            self.say(finger, 1, number(self.next_serial(), time, 0))
        self.say(finger, 3)


def main():
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    told, tells = os.pipe()
    server = subprocess.Popen(["Xwayland", "-displayfd", str(tells), "-shm", "-noreset", "-nolisten", "tcp"], pass_fds=[theirs.fileno(), tells],
                              env={**os.environ, "WAYLAND_SOCKET": str(theirs.fileno())}, stderr=subprocess.DEVNULL)
    theirs.close()
    os.close(tells)
    screen = Screen(ours)
    try:
        while True:
            for ready in select.select([ours, told, sys.stdin] if told is not None else [ours, sys.stdin], [], [])[0]:
                if ready is ours and not screen.hear():
                    return
                if ready == told:
                    print(os.read(told, 32).decode().strip(), flush=True)
                    told = None
                if ready is sys.stdin:
                    line = sys.stdin.readline()
                    if not line:
                        return
                    screen.touch(line)
    finally:
        server.kill()
        server.wait()


main()
