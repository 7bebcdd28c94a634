# SPDX-License-Identifier: Apache-2.0
"""What is done to the programs while people use them: each phase is a function of the world, the figures to reach and the counts."""

import errno
import os
import threading
import time

import restores


def together(*works):
    """Runs all of them at once; the first failure is raised when all have ended."""
    failures = []

    def guarded(work):
        try:
            work()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def progress(world, edge, within=2.0):
    """Waits until the edge has confirmed something since now, so that every kill meets work."""
    before, until = len(world.ledger.of(end=edge.store, state="confirmed")), time.monotonic() + within
    while time.monotonic() < until and len(world.ledger.of(end=edge.store, state="confirmed")) == before:
        time.sleep(0.01)


def kill_edges(world, figures, counts):
    """SIGKILL to each edge again and again, in the middle of what it does."""
    share = -(-figures["kill -9 of an edge"] // len(world.edges))

    def one(edge):
        for _ in range(share):
            progress(world, edge)
            time.sleep(world.rng.uniform(0.005, 0.25))
            edge.kill_and_start()
            counts["kill -9 of an edge"] += 1

    together(*(lambda edge=edge: one(edge) for edge in world.edges.values()))


def disturb_network(world, counts, over):
    """The weather of every cable and relay changes until `over` is set."""
    rng = world.rng
    while not over.is_set():
        store = rng.choice([*world.stores, "hub"])
        relay, cable = world.relays[store], world.cables.get(store)
        kinds = ["weather", "weather", "stall", "cut"] + (["down", "loss", "one-way loss", "rate"] if cable else [])
        kinds += ["netem"] if cable and "netem" in world.ground.tools else []
        kind = rng.choice(kinds)
        counts[f"network: {kind}"] += 1
        if kind == "weather":
            relay.weather(rng.choice((0, 20, 80)), rng.choice((0, 40, 200)), rng.choice((0, 0.2)), rng.choice((0, 0.2)), rng.choice((0, 0.1, 0.3)))
        elif kind == "stall":
            relay.tell(stall=True)
            over.wait(rng.uniform(0.3, 1.5))
            relay.tell(stall=False)
        elif kind == "cut":
            relay.tell(cut=True)
        elif kind == "down":
            cable.set_up(False)
            over.wait(rng.uniform(0.2, 1.5))
            cable.set_up(True)
        elif kind == "netem":
            cable.disturb(rng.choice((10, 100, 400)), 30, 5, 10)
        elif kind == "rate":
            cable.slow(rng.choice((64, 256, 1000)))
        else:
            both = kind == "loss"
            up = rng.random() < 0.5
            cable.lose(rng.choice((5, 15, 30)), to_centre=both or up, to_store=both or not up)
        over.wait(rng.uniform(0.1, 0.8))
        if rng.random() < 0.4:
            relay.weather()
            if cable:
                cable.heal()


def kill_broker_and_hub(world, figures, counts):
    """The broker dies and forgets, the hub dies, the line between is bad, all at once."""
    over = threading.Event()

    def broker():
        try:
            for number in range(figures["kill -9 of the broker"]):
                time.sleep(world.rng.uniform(0.3, 1.2))
                if number % 3 == 2:
                    world.broker.wipe()
                    counts["broker wiped"] += 1
                else:
                    world.broker.kill_and_start()
                counts["kill -9 of the broker"] += 1
        finally:
            over.set()

    def hub():
        while not over.wait(world.rng.uniform(1.5, 4)):
            world.hub.kill_and_start()

    together(broker, hub, lambda: disturb_network(world, counts, over))


def half_open(world, counts):
    """The broker's side of a connection is gone and the client is told nothing: only silence says so."""
    everyone = list(world.relays.values())
    for relay in everyone if world.thorough else [world.rng.choice(everyone[:-1])]:
        relay.tell(half_open=True)
        counts["network: half open"] += 1


def fill(folder, leave):
    """Fills the disk to the last `leave` bytes."""
    with open(folder / "ballast", "wb", buffering=0) as ballast:
        block = bytes(65536)
        while True:
            try:
                ballast.write(block)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
                if len(block) == 1:
                    break
                block = block[:len(block) // 2]
        size = ballast.tell()
        ballast.truncate(max(0, size - leave))


def fill_disks(world, figures, counts):
    """The 16 MiB disk of an edge or of the hub is full for a while; sometimes the program dies on it, too."""
    if "tmpfs" not in world.ground.tools:
        counts["disk full: not possible here"] = 1
        return
    programs = [*world.edges.values(), *world.edges.values(), world.hub]
    for number in range(figures["disk full"]):
        program = programs[number % len(programs)]
        fill(program.state, world.rng.choice((0, 0, 4096, 40_000)))
        time.sleep(world.rng.uniform(0.2, 0.6))
        if world.rng.random() < 0.3:
            program.kill_and_start()
            counts["killed on a full disk"] += 1
            time.sleep(0.3)
        counts["bytes free at the end of full disks"] += os.statvfs(program.state).f_bavail
        (program.state / "ballast").unlink()
        counts["disk full"] += 1
        time.sleep(world.rng.uniform(0.1, 0.3))


def jump_clocks(world, figures, counts):
    """The clocks of edges jump by up to six days, the hub's by up to forty minutes, each back again."""
    if any(program.clock.library is None for program in (world.hub, *world.edges.values())):
        counts["clock jump: libfaketime is not installed"] = 1
        return
    for number in range(figures["clock jump"]):
        program = [*world.edges.values(), world.hub][number % (len(world.edges) + 1)]
        most = 40 * 60 if program is world.hub else 6 * 86_400
        program.clock.jump(world.rng.randint(-most, most))
        counts["clock jump"] += 1
        time.sleep(world.rng.uniform(0.8, 1.4))
        if world.rng.random() < 0.3:
            program.kill_and_start()
            counts["killed on a wrong clock"] += 1
        if world.rng.random() < 0.5:
            program.clock.jump(0)


def disks_and_clocks(world, figures, counts):
    """Meanwhile a connection is half open, which takes a beat and its missing answer to notice."""
    half_open(world, counts)
    together(lambda: fill_disks(world, figures, counts), lambda: jump_clocks(world, figures, counts))


PHASES = [
    ("kill -9 of edges", kill_edges),
    ("broker, hub and network", kill_broker_and_hub),
    ("full disks and clock jumps", disks_and_clocks),
    ("restored boxes", restores.restore_boxes),
    ("cloned boxes", restores.clone_boxes),
    ("restored hub", restores.restore_hubs),
]
