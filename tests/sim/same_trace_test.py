# SPDX-License-Identifier: Apache-2.0
"""A seed that failed yesterday must fail today: two processes leave the same trace of it. `same_trace_test.py <vitrine-sim>`."""
import subprocess
import sys

SEEDS = [1, 2, 3, 89]


def trace(sim, seed):
    told = subprocess.run([sim, "--narrate", "--seed", str(seed)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60)
    lines = [line for line in told.stdout.decode().splitlines() if line.startswith("trace ")]
    assert len(lines) == 1, told.stdout
    return lines[0]


def main():
    sim = sys.argv[1]
    traces = [trace(sim, seed) for seed in SEEDS]
    assert len(set(traces)) == len(SEEDS), f"seeds do not matter: {traces}"
    again = [trace(sim, seed) for seed in SEEDS]
    differing = [seed for seed, one, other in zip(SEEDS, traces, again) if one != other]
    assert not differing, f"two processes left two traces of the seeds {differing}"
    print(f"{len(SEEDS)} seeds: the same trace in two processes")


main()
