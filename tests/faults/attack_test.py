# SPDX-License-Identifier: Apache-2.0
"""Real programs under attack: see README.md beside this file.

    attack_test.py --hub <vitrine-hub> --edge <vitrine-edge> [--seed N] [--deep] [--for 60m] [--ledger FILE] [--keep]
"""

import argparse
import collections
import pathlib
import shutil
import sys
import tempfile
import time

import faults
import ground
import totals
from world import World

SHORT = {"kill -9 of an edge": 200, "kill -9 of the broker": 50, "disk full": 20, "clock jump": 20, "restored edge": 2, "restored hub": 1,
         "cloned edge": 1}
DEEP = {"kill -9 of an edge": 2000, "kill -9 of the broker": 400, "disk full": 200, "clock jump": 200, "restored edge": 40, "restored hub": 10,
        "cloned edge": 10}


def say(text):
    print(text, flush=True)


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hub", required=True, type=pathlib.Path)
    parser.add_argument("--edge", required=True, type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=0, help="of the first round; 0: by the clock")
    parser.add_argument("--deep", action="store_true", help=f"rounds until the totals of this commit are {DEEP}")
    parser.add_argument("--for", dest="limit", default="", help="no new round after this time: 90s, 60m, 8h")
    parser.add_argument("--ledger", type=pathlib.Path, help="adds each round's counts to this file; --deep goes on from them")
    parser.add_argument("--scale", type=float, default=1.0, help="of the figures of one round")
    parser.add_argument("--phase", action="append", help="only these, by a word of their name")
    parser.add_argument("--keep", action="store_true", help="leave the folder of a failed round")
    parser.add_argument("--no-namespaces", action="store_true", help="as on a machine that allows none")
    parser.add_argument("--patient", dest="try_now", action="store_false", help="nobody taps \"Try now\" while it heals")
    options = parser.parse_args(arguments)
    options.hub, options.edge = options.hub.resolve(), options.edge.resolve()
    return options


def one_round(options, seed, figures):
    """One world from its first fill to its last comparison; its counts, and whether it held."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="vitrine-faults-"))
    place = ground.Ground(folder, options.has_namespaces)
    counts, failed, world = collections.Counter(rounds=1), [], None
    started = time.monotonic()
    say(f"round with seed {seed}; {place.describe()}")
    try:
        world = World(options, place, folder, seed, say)
        for name, attack in faults.PHASES:
            if options.phase and not any(word in name for word in options.phase):
                continue
            began = time.monotonic()
            world.open_doors()
            attack(world, figures, counts)
            found = world.reckon(f"{name} ({time.monotonic() - began:.0f} s)", within=options.settle_s)
            failed += [f"{kind}: {line}" for kind, lines in found.items() for line in lines]
            failed += [f"seen by a client: {line}" for line in world.ledger.violations]
            counts.update({f"found {kind}": len(lines) for kind, lines in found.items()})
            if failed:
                break
    except AssertionError as error:
        failed.append(str(error))
    finally:
        if world:
            tally(world, counts)
            if failed:
                world.logs()
            world.close()
        place.close()
        if failed and options.keep:
            say(f"kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    counts["seconds"] = round(time.monotonic() - started)
    counts["failed rounds"] = 1 if failed else 0
    for line in failed[:40]:
        say(f"  FAILED {line}")
    return counts, not failed


def tally(world, counts):
    ledger = world.ledger
    for state in ("confirmed", "sent", "refused", "lost_box"):
        counts[f"actions {state}"] += ledger.count(state)
    counts["frozen stores that a person released"] += world.unfrozen
    counts["documents compared"] += world.documents_compared
    counts["kill -9 of the hub"] += world.hub.kills
    counts.update(world.seen)
    for relay in world.relays.values():
        for name, count in relay.counts().items():
            counts[f"relay: {name}"] += count
    for program in world.programs():
        counts["ended by itself"] += len(program.own_ends)


def main(arguments):
    options = parse(arguments)
    options.has_namespaces = not options.no_namespaces and ground.enter()
    options.settle_s = 90 if options.try_now else 180
    figures = {name: max(1, round(count * options.scale)) for name, count in SHORT.items()}
    book = totals.Book(options.ledger, pathlib.Path(__file__).resolve().parents[2])
    started, limit = time.monotonic(), totals.seconds(options.limit)
    seed, good, mine = options.seed or time.time_ns() // 1_000_000, True, collections.Counter()
    while good:
        counts, good = one_round(options, seed, figures)
        book.add(seed, counts)
        mine.update(counts)
        seed += 1
        done = book.counts if options.ledger else mine
        if not options.deep or all(done[name] >= count for name, count in DEEP.items()):
            break
        if limit and time.monotonic() - started > limit:
            say(f"the time is over; not reached: {[name for name, count in DEEP.items() if done[name] < count]}")
            break
    say(totals.table(mine, book, DEEP if options.deep else figures))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
