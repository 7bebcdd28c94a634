# SPDX-License-Identifier: Apache-2.0
"""What goes wrong while the shop is open, each at its share of the day. A store is cut off by its relay: what is on its way is lost
with the connections, or nobody is told and only silence says so."""

import threading
import time

# (share of the day, what, which store: its place among those that play)
DAY = ((0.08, "cut", 0), (0.16, "kill_edge", 1), (0.22, "silence", 1), (0.30, "kill_edge", 0), (0.38, "heal", 0), (0.42, "kill_edge", 1), (0.46, "heal", 1),
       (0.50, "restart_broker", 0), (0.54, "cut", 2), (0.54, "cut", 1), (0.56, "cut", 3), (0.58, "kill_edge", 3), (0.62, "kill_edge", 1), (0.66, "kill_hub", 0), (0.70, "cut", 0), (0.74, "heal", 1),
       (0.76, "heal", 2), (0.78, "kill_edge", 0), (0.80, "heal", 3), (0.84, "restart_broker", 0), (0.88, "heal", 0), (0.92, "silence", 1), (0.97, "heal", 1))


class Outages:
    def __init__(self, world, replay):
        self._world, self._replay, self._over = world, replay, threading.Event()
        self.counts, self._cut_since, self.cuts = {}, {}, {store: [] for store in world.stores}
        self._thread = threading.Thread(target=self._go_on, daemon=True)

    def is_cut(self, store):
        return None if self._over.is_set() or self._replay.progress() == 1.0 else store in self._cut_since

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()
        for store in self._world.stores:
            self.heal(store)

    def _go_on(self):
        for share, what, place in DAY:
            if place >= len(self._world.stores):
                continue
            while self._replay.progress() < share:
                if self._over.wait(0.1):
                    return
            getattr(self, what)(self._world.stores[place])
            self._world.say(f"  {self._replay.started:4} of {self._replay.size} flows: {what.replace('_', ' ')}" + (f", {self._world.stores[place]}" if "broker" not in what and "hub" not in what else ""))
            self.counts[what] = self.counts.get(what, 0) + 1

    def cut(self, store):
        self._world.relays[store].tell(cut=True, stall=True)
        self._cut_since.setdefault(store, time.time())

    def silence(self, store):
        self._world.relays[store].tell(stall=True)
        self._cut_since.setdefault(store, time.time())

    def heal(self, store):
        self._world.relays[store].tell(stall=False)
        if store in self._cut_since:
            self.cuts[store].append((self._cut_since.pop(store), time.time()))
            self._world.try_now(store)

    def kill_edge(self, store):
        self._world.edges[store].kill_and_start()

    def kill_hub(self, _store):
        self._world.hub.kill_and_start()

    def restart_broker(self, _store):
        self._world.broker.kill_and_start()
