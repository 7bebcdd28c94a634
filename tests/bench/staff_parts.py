# SPDX-License-Identifier: Apache-2.0
"""Signing in at a counter, beside the hash that it cannot do without."""
import ctypes
import ctypes.util
import os
import time

import demo_staff
import local_http
from rig import STORE, line, percentile, places

GOAL_MS = 600
ARGON2_PASSES, ARGON2_BYTES, STR_BYTES = 2, 19 * 1024 * 1024, 128
TIMES = 40


def hasher():
    """A function that verifies one PIN at the cost of all PINs, in this process, with nothing around it."""
    sodium = ctypes.CDLL(ctypes.util.find_library("sodium"))
    assert sodium.sodium_init() >= 0
    verifier, pin = ctypes.create_string_buffer(STR_BYTES), b"482913"
    length, passes, memory = ctypes.c_ulonglong(len(pin)), ctypes.c_ulonglong(ARGON2_PASSES), ctypes.c_size_t(ARGON2_BYTES)
    assert sodium.crypto_pwhash_str(verifier, pin, length, passes, memory) == 0

    def verify():
        assert sodium.crypto_pwhash_str_verify(verifier, pin, length) == 0
    return verify


def ms_of(work):
    began = time.perf_counter()
    answer = work()
    return answer, 1000 * (time.perf_counter() - began)


def bench_sign_in(rig, results):
    members, counter = demo_staff.members(STORE), places.store(STORE) / "counter-1.sock"
    verify, taken, bare = hasher(), [], []
    for n in range(TIMES):  # in turns: both meet the machine as it is
        one = members[n % len(members)]
        body = {"request": os.urandom(16).hex(), "device": "counter-1", "staff": one["staff"], "pin": one["pin"]}
        (status, said), took = ms_of(lambda: local_http.ask(counter, "POST", "/v1/staff/sessions", body, timeout=10))
        if status != 200:
            raise SystemExit(f"bench: sign-in answered {status} {said}")
        taken.append(took)
        bare.append(ms_of(verify)[1])
    p50, p99, hash_p50 = percentile(taken, 0.5), percentile(taken, 0.99), percentile(bare, 0.5)
    results["sign_in"] = {"p50_ms": p50, "p99_ms": p99, "bare_hash_p50_ms": hash_p50, "ratio_p50": p50 / hash_p50, "ratio_goal": p99 / GOAL_MS}
    line(f"sign-in by PIN p50 {p50:.1f} ms, p99 {p99:.1f}: {p50 / hash_p50:.1f} times the hash alone ({hash_p50:.1f} ms), "
         f"{p99 / GOAL_MS:.2f} of the goal of {GOAL_MS} ms")
