# SPDX-License-Identifier: Apache-2.0
"""A handheld beside a running shop: a second counter, with its own window on a display of its own, socket and printer."""

import os
import subprocess

from kiosk import Kiosk

SIZE, MILLIMETRES = (720, 1280), 68.5  # 5.5 inch


class Handheld:
    """with Handheld(shop, build) as handheld: … — a Kiosk of tests/e2e/kiosk.py; `paper` is what its printer was sent."""

    def __init__(self, shop, build):
        self._shop, self._build = shop, build
        self._folder = shop.state / "counter-2"
        self._display = self._window = None
        self.printer = self._folder / "printer"

    def __enter__(self):
        own = (self._shop.state / "counter-1/kiosk.toml").read_text()
        self._folder.mkdir()
        self.printer.touch()
        lines = own.replace("counter-1", "counter-2").replace("Counter 1", "Handheld 1").splitlines()
        said = {"width": SIZE[0], "height": SIZE[1], "panel_mm_wide": MILLIMETRES}
        lines = [f"{line.split(' = ')[0]} = {said[line.split(' = ')[0]]}" if line.split(" = ")[0] in said else line for line in lines]
        (self._folder / "kiosk.toml").write_text("\n".join(lines) + f'\n\n[printer]\ndevice = "{self.printer}"\n')
        read, write = os.pipe()
        screen = f"{SIZE[0]}x{SIZE[1]}x24"
        self._display = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"],
                                         pass_fds=(write,), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            display = f":{told.readline().strip()}"
        self._log = open(self._folder / "kiosk.log", "wb")
        socket = self._folder / "automation.sock"
        self._window = subprocess.Popen([self._build / "kiosk/vitrine-kiosk", "--config", self._folder / "kiosk.toml", "--automation", socket],
                                        env={**os.environ, "DISPLAY": display, "LIBGL_ALWAYS_SOFTWARE": "1"}, stdin=subprocess.DEVNULL,
                                        stdout=self._log, stderr=subprocess.STDOUT)
        self._shop.wait(socket.exists, "the handheld's window", 30)
        return Kiosk(socket, display)

    def __exit__(self, kind, *_):
        for process in (self._window, self._display):
            process.terminate()
            process.wait(20)
        self._log.close()
        if kind:
            print("--- handheld\n" + (self._folder / "kiosk.log").read_text(errors="replace")[-3000:])

    @property
    def paper(self):
        return self.printer.read_bytes().decode("cp1252", errors="replace")
