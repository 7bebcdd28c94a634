# SPDX-License-Identifier: Apache-2.0
"""The systemd units: without a word of complaint from systemd, locked as tightly as they are meant to be, and in step with the
example configs that the packages install."""
import pathlib
import re
import subprocess
import tempfile
import tomllib
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# systemd-analyze security, 0 (locked) to 10. The kiosk needs devices and a renderer that writes code.
EXPOSURE_MAX = {"hub": 2.0, "edge": 2.0, "kiosk": 5.0}


class UnitsTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        for name in EXPOSURE_MAX:
            text = (ROOT / f"packaging/systemd/vitrine-{name}.service").read_text()
            # The program is not installed here; everything else is judged as it stands.
            (self.folder / f"vitrine-{name}.service").write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE))

    def analyze(self, *words):
        return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, timeout=50)

    def test_systemd_has_nothing_to_say(self):
        for name in EXPOSURE_MAX:
            done = self.analyze("verify", "--man=no", self.folder / f"vitrine-{name}.service")
            # Units of the machine that the test runs on are its own affair.
            said = [line for line in done.stderr.splitlines() if "vitrine-" in line]
            self.assertEqual(said, [])

    def test_they_are_locked(self):
        for name, most in EXPOSURE_MAX.items():
            done = self.analyze("security", "--offline=true", "--no-pager", self.folder / f"vitrine-{name}.service")
            found = re.search(r"exposure level for \S+: ([0-9.]+)", done.stdout)
            self.assertIsNotNone(found, done.stdout + done.stderr)
            self.assertLessEqual(float(found.group(1)), most, name)

    def test_state_users_and_configs_are_in_step(self):
        for name in EXPOSURE_MAX:
            unit = (ROOT / f"packaging/systemd/vitrine-{name}.service").read_text()
            config = tomllib.loads((ROOT / f"config/examples/{name}.toml").read_text())
            users = (ROOT / f"packaging/sysusers/vitrine-{name}.conf").read_text()
            self.assertEqual(config[name]["state"], f"/var/lib/vitrine-{name}")
            self.assertIn(f"\nStateDirectory=vitrine-{name}\n", unit)
            self.assertIn(f"\nUser=vitrine-{name}\n", unit)
            self.assertIn(f"\nu vitrine-{name} ", users)
        edge = tomllib.loads((ROOT / "config/examples/edge.toml").read_text())["edge"]["state"]
        kiosk = tomllib.loads((ROOT / "config/examples/kiosk.toml").read_text())["edge"]
        self.assertEqual(kiosk, {"api_socket": f"{edge}/api.sock", "events_socket": f"{edge}/events.sock"})
        self.assertIn("SupplementaryGroups=vitrine-edge", (ROOT / "packaging/systemd/vitrine-kiosk.service").read_text())


if __name__ == "__main__":
    unittest.main()
