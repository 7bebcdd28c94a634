# SPDX-License-Identifier: Apache-2.0
"""./vitrine stop: asks the running ./vitrine run to end everything, and waits until it has."""
import os
import signal
import sys
import time

import places

WAIT_S = 90


def main():
    pid = places.runner_pid(places.read_run())
    if not pid:
        print("nothing runs")
        return 0
    os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        if not places.runner_pid({"pid": pid}):
            print("stopped")
            return 0
        time.sleep(0.1)
    print(f"vitrine: process {pid} has not ended after {WAIT_S} s", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
