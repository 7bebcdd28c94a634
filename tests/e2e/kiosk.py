# SPDX-License-Identifier: Apache-2.0
"""The kiosk as a test sees and touches it: its semantic tree over the automation socket, and real input through the window
system. Nothing here can do anything to the kiosk that a person could not."""

import json
import os
import socket
import subprocess
import time


class Kiosk:
    def __init__(self, automation, display):
        self._automation, self._display = str(automation), display

    def ask(self, what, **more):
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(10)
            line.connect(self._automation)
            line.sendall(json.dumps({"ask": what, **more}).encode() + b"\n")
            answer = b""
            while not answer.endswith(b"\n"):
                part = line.recv(1 << 16)
                if not part:
                    break
                answer += part
        answer = json.loads(answer)
        if "error" in answer:
            raise AssertionError(f"the kiosk answered {answer['error']}")
        return answer[what]

    def tree(self):
        return self.ask("tree")

    def node(self, name):
        """The node of that id, or None."""
        return next((node for node in self.tree()["nodes"] if node["id"] == name), None)

    def wait(self, condition, what, within_s=30):
        """Waits until condition(tree) answers something true; returns that."""
        deadline = time.monotonic() + within_s
        while True:
            tree = self.tree()
            answer = condition(tree)
            if answer:
                return answer
            if time.monotonic() > deadline:
                labels = [f"{node['id']}={node['label']}" for node in tree["nodes"]]
                raise AssertionError(f"{what} did not come within {within_s} s; the kiosk shows {tree['screen']}: {labels}")
            time.sleep(0.05)

    def wait_for_screen(self, name, within_s=30):
        return self.wait(lambda tree: tree["screen"] == name and tree, f"screen {name}", within_s)

    def wait_for_node(self, name, within_s=30, **fields):
        """A node of that id whose fields are as given."""
        def there(tree):
            for node in tree["nodes"]:
                if node["id"] == name and all(node[key] == value for key, value in fields.items()):
                    return node
            return None
        return self.wait(there, f"{name} {fields or ''}", within_s)

    def click(self, name):
        """Presses and releases in the middle of the node, as a finger does."""
        node = self.wait_for_node(name, visible=True, enabled=True)
        x, y, width, height = node["rect"]
        self._xdotool("mousemove", str(round(x + width / 2)), str(round(y + height / 2)), "mousedown", "1")
        time.sleep(0.08)
        self._xdotool("mouseup", "1")

    def scan_by_typing(self, text):
        """As a scanner that is a keyboard: no pause between keys, Enter at the end."""
        window = self._xdotool("search", "--name", "Vitrine").split()[0]
        self._xdotool("windowfocus", window)
        # A scanner ends with Enter; xdotool's own line feed is a key that no keyboard has.
        self._xdotool("type", "--args", "1", "--delay", "0", text, "key", "--delay", "0", "Return")

    def picture(self, path):
        self.ask("picture", file=str(path))
        return path

    def _xdotool(self, *words):
        done = subprocess.run(["xdotool", *words], env={**os.environ, "DISPLAY": self._display}, capture_output=True, text=True, timeout=30)
        if done.returncode != 0:
            raise AssertionError(f"xdotool {words[0]}: {done.stderr}")
        return done.stdout
