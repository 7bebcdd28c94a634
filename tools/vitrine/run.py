# SPDX-License-Identifier: Apache-2.0
"""./vitrine run: a whole shop on one machine. Starts a private broker, the hub, one store's edge and a kiosk, keeps them running
as systemd would, and ends them together. State: .vitrine/ (places.py)."""
import argparse
import fcntl
import ipaddress
import os
import shutil
import signal
import subprocess
import sys
import time

import children
import demo_staff
import display
import first_time
import local_http
import places
import ports

READY_S = 60
PICTURE_EVERY_S = 2


class Ended(Exception):
    """Someone asked for the end, or it cannot go on; the words are for the person, if there are any."""


def read_options(words):
    parser = argparse.ArgumentParser(prog="./vitrine run", description="A whole shop on this machine.")
    parser.add_argument("--fresh", action="store_true", help="forget the state of earlier runs first")
    parser.add_argument("--offline", action="store_true", help="start with the store's line to the hub cut")
    parser.add_argument("--lan", metavar="ADDRESS", default="127.0.0.1", help="serve the phone page on this address of the machine")
    parser.add_argument("--no-kiosk", action="store_true", help="without the kiosk")
    parser.add_argument("--counter", action="store_true", help="the staff's counter beside it, in a window of its own")
    parser.add_argument("--headless", action="store_true", help="the kiosk on a virtual display")
    parser.add_argument("--store", metavar="ID", default="harbour-street", help="the store to run (harbour-street)")
    parser.add_argument("--automation", action="store_true", help=argparse.SUPPRESS)  # tests look at the kiosk through a socket
    parser.add_argument("--check", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    try:
        ipaddress.ip_address(options.lan)
    except ValueError:
        parser.error(f"--lan {options.lan}: not an address")
    if not ports.is_free(0, options.lan):
        parser.error(f"--lan {options.lan}: not an address of this machine")
    longest = places.store(options.store) / "counter-1.sock"
    if len(os.fsencode(longest)) > places.SOCKET_PATH_MAX:
        parser.error(f"{longest}: too long for a socket; move the folder nearer to /")
    return options


def say(words=""):
    print(words, flush=True)


def take_lock():
    """One run at a time; the kernel lets go of it however the run ends."""
    places.STATE.mkdir(parents=True, exist_ok=True)
    lock = open(places.LOCK, "a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Ended("already running; ./vitrine status shows it, ./vitrine stop ends it") from None
    return lock


def forget_state():
    for entry in places.STATE.iterdir():
        if entry == places.LOCK:
            continue
        shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()


def make_record(options):
    """Where everything listens: as last time where that is still free."""
    last = places.read_run()
    kept = last.get("ports", {})
    record = {"pid": os.getpid(), "store": options.store, "address": options.lan, "kiosk": not options.no_kiosk, "counter": options.counter,
              "imported": last.get("imported")}
    record["ports"] = {"broker": ports.choose([kept.get("broker"), 8884]), "page": ports.choose([kept.get("page"), 8443], options.lan)}
    has_display = os.environ.get("DISPLAY") and not options.headless
    if record["kiosk"] and not has_display:
        record["display"] = display.free_number()
        record["ports"]["screen"] = ports.choose([kept.get("screen"), 5900])
    if record["counter"] and not has_display:
        record["counter_display"] = display.free_number(record.get("display", 89))
        record["ports"]["counter_screen"] = ports.choose([kept.get("counter_screen"), 5901])
    return record


def tell(record, offline):
    page = f"https://{record['address']}:{record['ports']['page']}/"
    socket = places.api_socket(record["store"])
    say(f"""
The shop runs. Ctrl-C ends it; the next ./vitrine run goes on from here.
  phone page   {page}   (its certificate is made here: let the browser accept it)""")
    if record.get("display"):
        say(f"  kiosk        no display here, so it draws on a virtual one; a picture of it, written when it changes: {places.PICTURE}")
        if display.vnc_command(0, 0):
            say(f"               to touch it, point a VNC viewer at 127.0.0.1:{record['ports']['screen']}")
    elif record["kiosk"]:
        say("  kiosk        in its window")
    say(f"""  local API    {socket}
               curl --unix-socket {socket} http://localhost/v1/health
               counters and tills have sockets of their own beside it: counter-1.sock, till-1.sock
  logs         {places.LOGS}/""")
    if record.get("counter_display"):
        say(f"  counter      on a virtual display of its own; its picture: {places.COUNTER_PICTURE}")
        if display.vnc_command(0, 0):
            say(f"               to touch it, point a VNC viewer at 127.0.0.1:{record['ports']['counter_screen']}")
    elif record["counter"]:
        say("  counter      in its window; sign in with a name and PIN of the staff below")
    staff = demo_staff.members(record["store"])
    if staff:
        say("  staff        " + ", ".join(f"{one['staff']} {one['first_name']} {one['initial']}. ({one['role']}) PIN {one['pin']}" for one in staff))
    say("""To try
  1. On the phone page be one of the shoppers, fill the cart, and press "Show at kiosk".""")
    if record["kiosk"]:
        say("  2. ./vitrine scan in another terminal holds a shopper's code in front of the kiosk. A scanner that types works too.")
    if offline:
        say("  3. The store is offline: the kiosk works all the same. ./vitrine online in another terminal joins the line again.")
    else:
        say("  3. ./vitrine offline in another terminal cuts the store's line to the hub; shop on at the kiosk; then ./vitrine online.")


class Shop:
    """The running programs, in the order they need each other."""

    def __init__(self, record, options):
        self._record, self._options = record, options
        self._children = children.Children(say)

    def _start(self, name, command, ready, env=None):
        child = self._children.add(name, command, log=places.LOGS / f"{name}.log", env=env)
        if not self._children.wait_until(ready, child, READY_S):
            raise Ended(f"{name} did not come up; the last lines of {child.log}:\n{child.last_lines()}")
        return child

    def start(self):
        record, store = self._record, self._record["store"]
        broker = shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin:" + os.environ.get("PATH", ""))
        self._start("broker", [broker, "-c", places.BROKER / "mosquitto.conf"], lambda: ports.is_taken(record["ports"]["broker"]))
        self._start("hub", [places.program("hub"), "serve", "--config", places.HUB / "hub.toml"], lambda: local_http.health(places.HUB_SOCKET))
        socket = places.api_socket(store)
        self._start("edge", [places.program("edge"), "--config", places.store(store) / "edge.toml"], lambda: local_http.health(socket))
        # The edge remembers a cut line over its end; a run begins joined unless it was told otherwise.
        local_http.ask(places.operator_socket(store), "POST", "/v1/link", {"enabled": not self._options.offline})
        if record["kiosk"]:
            self._start_window("kiosk", "kiosk-1", record.get("display"), display.SIZE, "screen", places.PICTURE)
        if record["counter"]:
            self._start_window("counter", "counter-1", record.get("counter_display"), display.COUNTER_SIZE, "counter_screen", places.COUNTER_PICTURE)

    def _start_window(self, name, device, number, size, port, picture):
        """A kiosk in either role; where there is no display, with one of its own."""
        record, folder, env = self._record, places.kiosk(device), {}
        command = [places.program("kiosk"), "--config", folder / "kiosk.toml"]
        if number:
            virtual = "display" if name == "kiosk" else f"{name}-display"
            self._start(virtual, display.xvfb_command(number, size), lambda: display.is_up(number))
            env = {"DISPLAY": f":{number}", "LIBGL_ALWAYS_SOFTWARE": "1"}
            vnc = display.vnc_command(number, record["ports"][port])
            if vnc:
                self._children.add("vnc" if name == "kiosk" else f"{name}-vnc", vnc, log=places.LOGS / f"{name}-vnc.log")
            command += ["--picture", picture, "--picture-every", PICTURE_EVERY_S]
        if self._options.automation:
            command += ["--automation", folder / "automation.sock"]
        # Up when its event stream stands at the edge.
        socket = places.api_socket(record["store"])
        streams = (local_http.health(socket) or {}).get("kiosks", 0)
        self._start(name, command, lambda: (local_http.health(socket) or {}).get("kiosks", 0) > streams, env)

    def tend(self):
        self._children.tend()

    def stop(self):
        self._children.stop()


def on_signal(number, _):
    raise Ended("ending" if number == signal.SIGINT else "")


def run(options):
    lock = take_lock()
    if options.fresh:
        forget_state()
    record = make_record(options)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    shop = Shop(record, options)
    try:
        first_time.prepare(record, say)
        places.write_run(record)
        shop.start()
        tell(record, options.offline)
        while True:
            shop.tend()
            time.sleep(0.2)
    finally:
        # A second Ctrl-C does not leave half of it running.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        shop.stop()
        record["pid"] = 0
        places.write_run(record)
        lock.close()


def main():
    options = read_options(sys.argv[1:])
    if options.check:
        return 0
    try:
        run(options)
    except Ended as why:
        asked = str(why) in ("", "ending")
        if not asked:
            print(f"vitrine: {why}", file=sys.stderr)
        else:
            say("\nended")
        return 0 if asked else 1
    except subprocess.CalledProcessError as failed:
        print(f"vitrine: {failed}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
