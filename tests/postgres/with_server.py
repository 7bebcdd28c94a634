#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""with_server.py COMMAND…: runs it with a PostgreSQL server of its own; VITRINE_TEST_POSTGRES is the address, VITRINE_TEST_POSTGRES_CONTROL
a command that takes start, stop, crash or kill. Ends as the command ended."""

import os
import pathlib
import shlex
import signal
import subprocess
import sys

import cluster as clusters

HOW = {
    "start": lambda cluster: cluster.start(),
    "stop": lambda cluster: cluster.stop(),
    "crash": lambda cluster: cluster.stop("immediate"),
    "kill": lambda cluster: cluster.kill(),
}


def main(command):
    if clusters.programs() is None:
        raise SystemExit("PostgreSQL is not installed: packaging/packages/test.txt names it")
    folder = clusters.make_folder("vitrine-postgres-")
    # Whoever ends this ends the server too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    cluster = None
    try:
        cluster = clusters.Cluster(folder)
        cluster.start()
        control = f"{shlex.quote(sys.executable)} -B {shlex.quote(str(pathlib.Path(__file__).resolve()))} --control {shlex.quote(str(folder))}"
        environment = {**os.environ, "VITRINE_TEST_POSTGRES": cluster.address(), "VITRINE_TEST_POSTGRES_CONTROL": control}
        return subprocess.run(command, env=environment).returncode
    finally:
        if cluster and cluster.process():
            cluster.stop("immediate")
        clusters.remove_folder(folder)


if __name__ == "__main__":
    if sys.argv[1] == "--control":
        HOW[sys.argv[3]](clusters.Cluster(sys.argv[2]))
    else:
        sys.exit(main(sys.argv[1:]))
