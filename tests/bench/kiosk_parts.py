# SPDX-License-Identifier: Apache-2.0
"""What a kiosk does on software rendering: frames, scans, idling, memory."""

import sys
import time

import rig as rigs
from rig import ROOT, Phone, line, percentile, places

sys.path.insert(0, str(ROOT / "tests/e2e"))
from kiosk import Kiosk  # noqa: E402


def bench_kiosk(rig, results):
    import display
    number = display.free_number()
    screen = rigs.STATE / "screen"
    screen.mkdir()
    rig.start("display", ["Xvfb", f":{number}", "-screen", "0", "1080x1920x24", "-fbdir", screen, "-nolisten", "tcp"], lambda: display.is_up(number))
    rig.record["display"] = number
    rigs.configs.write_kiosk(rig.record)
    socket = rigs.STATE / "automation.sock"
    environment = {"DISPLAY": f":{number}", "LIBGL_ALWAYS_SOFTWARE": "1"}
    child = rig.start("kiosk", [places.program("kiosk"), "--config", places.kiosk("kiosk-1") / "kiosk.toml", "--automation", socket], socket.exists, environment)
    kiosk = Kiosk(socket, f":{number}")
    kiosk.wait_for_screen("welcome", 60)
    time.sleep(3)
    cpu, began = rig.cpu_s(child), time.monotonic()
    time.sleep(20)
    idle_percent = 100 * (rig.cpu_s(child) - cpu) / (time.monotonic() - began)
    phone = Phone(rig)
    for i in range(12):
        phone.add(f"B{i:06}", 2)
    for _ in range(12):
        kiosk.scan_by_typing(phone.ask("POST", "/api/v1/cart/pass", {})["text"])
        kiosk.wait_for_screen("cart")
        time.sleep(0.7)
        kiosk.click("start_over")
        kiosk.wait_for_screen("welcome")
        time.sleep(0.5)
    kiosk.scan_by_typing(phone.ask("POST", "/api/v1/cart/pass", {})["text"])
    kiosk.wait_for_screen("cart")
    time.sleep(1)
    before = kiosk.ask("statistics")
    for round_of in range(10):  # a finger that drags the list up and down
        kiosk._xdotool("mousemove", "400", "1100", "mousedown", "1")
        for y in range(1100, 500, -15):
            kiosk._xdotool("mousemove", "400", str(y if round_of % 2 == 0 else 1600 - y))
        kiosk._xdotool("mouseup", "1")
        time.sleep(0.6)
    after = kiosk.ask("statistics")
    shown = after["shown_ms"]["last"]
    scan = after["scan_to_cart_ms"]
    memory = after["memory_bytes"]["most"] / 1048576
    results["kiosk"] = {"frames": after["frames_shown"] - before["frames_shown"], "frame_p50_ms": percentile(shown, 0.5), "frame_p99_ms": percentile(shown, 0.99),
                        "build_p50_ms": after["build_ms"]["p50"], "share_drawn_p50_percent": after["share_drawn_percent"]["p50"],
                        "scan_to_cart_p50_ms": scan["p50"], "scan_to_cart_most_ms": scan["most"], "idle_percent": idle_percent, "memory_mib": memory}
    line(f"frames while scrolling at 1080×1920: p50 {percentile(shown, 0.5):.1f} ms, p99 {percentile(shown, 0.99):.1f} ms (goal P10 16 and 33); share of pixels drawn p50 {after['share_drawn_percent']['p50']:.0f} %")
    line(f"from the scanner's last key to the frame that shows the cart: p50 {scan['p50']:.1f} ms, most {scan['most']:.1f} ms of {scan['count']} (goal P9 p99 50)")
    line(f"nobody touches it: {idle_percent:.2f} % of a core (goal P11 0.1); memory at most {memory:.0f} MiB (goal P12 120)")
