# SPDX-License-Identifier: Apache-2.0
"""A long run of the simulator goes on where the last one ended, and counts by commit: `ledger_test.py <vitrine-sim>`."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile


def run(sim, ledger, commit):
    env = os.environ | {"VITRINE_COMMIT": commit}
    command = [sim, "--for", "1s", "--ledger", str(ledger), "--jobs", "1"]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=300)


def main():
    sim = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        ledger = pathlib.Path(folder) / "ledger.jsonl"
        record = {"commit": "one", "first_seed": 1_000_001, "schedules": 700, "messages": 9, "operations": 8, "failed": []}
        ledger.write_text(json.dumps(record) + "\n" + '{"commit":"one","first_se')  # the last line is of a power cut
        ledger.write_text(ledger.read_text() + "\n")
        done = run(sim, ledger, "two")
        assert done.returncode == 0, done.stdout + done.stderr
        last = json.loads(ledger.read_text().splitlines()[-1])
        assert last["commit"] == "two" and last["first_seed"] == 1_000_701, last
        assert last["schedules"] > 0 and last["messages"] > 0 and last["failed"] == [], last
        assert f"ledger, commit two" in done.stdout and f"{700 + last['schedules']} schedules" in done.stdout, done.stdout
        missing = subprocess.run([sim, "--for", "1s"], capture_output=True, timeout=60)
        assert missing.returncode == 2
        nowhere = run(sim, pathlib.Path(folder) / "no" / "ledger", "two")
        assert nowhere.returncode == 2 and "cannot be written" in nowhere.stderr, nowhere
    print("ledger: goes on, counts by commit")


main()
