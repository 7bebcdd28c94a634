# SPDX-License-Identifier: Apache-2.0
"""Where ./vitrine run keeps things: everything below .vitrine/, which git ignores; and the record of a run, run.json."""
import json
import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Tests run a shop of their own, of their own build, with fewer tables, beside a developer's.
STATE = pathlib.Path(os.environ.get("VITRINE_STATE") or ROOT / ".vitrine")
BUILD = pathlib.Path(os.environ.get("VITRINE_BUILD") or ROOT / "build/release")
DEMO = pathlib.Path(os.environ.get("VITRINE_DEMO") or ROOT / "assets/demo")

RUN = STATE / "run.json"
LOCK = STATE / "run.lock"
AUTHORITY = STATE / "ca"
BROKER = STATE / "broker"
HUB = STATE / "hub"
LOGS = STATE / "logs"
PICTURE = STATE / "kiosk.png"
COUNTER_PICTURE = STATE / "counter.png"
HUB_SOCKET = HUB / "hub.sock"
SOCKET_PATH_MAX = 107  # sun_path, unix(7)


def store(name):
    return STATE / "stores" / name


def kiosk(name):
    return STATE / name


def api_socket(name):
    return store(name) / "api.sock"


def counter_socket(name):
    return store(name) / "counter-1.sock"


def operator_socket(name):
    return store(name) / "operator.sock"


def program(name):
    """hub, edge or kiosk as built."""
    return BUILD / name / f"vitrine-{name}"


def read_run():
    """What the last run wrote down; {} before the first."""
    try:
        return json.loads(RUN.read_text())
    except (FileNotFoundError, ValueError):
        return {}


def write_run(record):
    """In one step: a reader sees the old record or the new one."""
    STATE.mkdir(parents=True, exist_ok=True)
    fresh = RUN.with_suffix(".fresh")
    fresh.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n")
    fresh.replace(RUN)


def runner_pid(record):
    """The process of `./vitrine run` if it lives; its pid may belong to another program by now."""
    pid = record.get("pid", 0)
    try:
        words = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return 0
    return pid if any(word.endswith(b"tools/vitrine/run.py") for word in words) else 0
