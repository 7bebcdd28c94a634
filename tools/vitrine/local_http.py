# SPDX-License-Identifier: Apache-2.0
"""JSON over HTTP over a Unix socket, as the edge and the hub's admin socket speak it."""
import http.client
import json
import socket


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self._path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def ask(socket_path, method, path, body=None, timeout=5, session=None):
    """(status, JSON) of an answer; `session` is the token of who is signed in. OSError or http.client.HTTPException when nobody answers."""
    connection = UnixConnection(socket_path, timeout)
    try:
        text = None if body is None else json.dumps(body)
        headers = {"Content-Type": "application/json"} if text else {}
        if session:
            headers["Authorization"] = f"Bearer {session}"
        connection.request(method, path, text, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"null")
    finally:
        connection.close()


def health(socket_path):
    """The answer of /v1/health, or None when nobody answers with one."""
    try:
        status, said = ask(socket_path, "GET", "/v1/health")
        return said if status == 200 else None
    except (OSError, ValueError, http.client.HTTPException):
        return None
