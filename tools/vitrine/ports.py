# SPDX-License-Identifier: Apache-2.0
"""Ports of a run: the usual one, or the one of last time, or else any that is free."""
import socket


def is_free(port, address):
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((address, port))
            return True
        except OSError:
            return False


def is_taken(port, address="127.0.0.1"):
    """True when somebody listens there."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as one:
        one.settimeout(1)
        return one.connect_ex((address, port)) == 0


def choose(wished, address="127.0.0.1"):
    """The first free of the wished ones (0: no wish), else one of the kernel's."""
    for port in wished:
        if port and is_free(port, address):
            return port
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as one:
        one.bind((address, 0))
        return one.getsockname()[1]
