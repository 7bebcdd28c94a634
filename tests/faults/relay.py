# SPDX-License-Identifier: Apache-2.0
"""A relay between one client and the broker that knows MQTT 5: it ends the TLS on either side, with the broker's certificate
towards the client and the client's towards the broker, and so delays, jitters, reorders, repeats and loses whole messages —
lost ones are acknowledged all the same, as a broker does that forgets — and leaves connections half open.

    relay.py '{"listen": [host, port], "broker": [host, port], "ca":…, "server": [cert, key], "client": [cert, key], "seed": n}'

It takes one JSON object a line on stdin: {"delay_ms", "jitter_ms", "reorder", "repeat", "lose"} are how the messages fare from
now on (chances 0 to 1), {"stall": true|false} stops all bytes while the connections stay, {"half_open": true} closes the side of
the broker alone, {"cut": true} closes both. On {"count": true} it answers with a line of what it did so far."""

import asyncio
import collections
import json
import random
import ssl
import sys

PUBLISH, PUBACK = 3, 4


async def read_packet(reader):
    """(kind, flags, whole packet); raises IncompleteReadError at the end."""
    head = await reader.readexactly(1)
    length, shift, raw = 0, 0, head
    while True:
        byte = await reader.readexactly(1)
        raw += byte
        length |= (byte[0] & 0x7F) << shift
        shift += 7
        if not byte[0] & 0x80:
            break
        if shift > 21:
            raise ConnectionError("not MQTT")
    return head[0] >> 4, head[0] & 0x0F, raw + await reader.readexactly(length), len(raw)


def packet_id(packet, at):
    """Of a PUBLISH with QoS 1."""
    topic = int.from_bytes(packet[at:at + 2], "big")
    return packet[at + 2 + topic:at + 4 + topic]


class Relay:
    def __init__(self, settings):
        self.settings = settings
        self.random = random.Random(settings["seed"])
        self.weather = {"delay_ms": 0, "jitter_ms": 0, "reorder": 0.0, "repeat": 0.0, "lose": 0.0}
        self.counts = collections.Counter()
        self.flowing = asyncio.Event()
        self.flowing.set()
        self.pairs = set()  # (client's writer, broker's writer)
        self.half_open = set()
        self.server_tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=settings["ca"])
        self.server_tls.load_cert_chain(*settings["server"])
        self.server_tls.verify_mode = ssl.CERT_REQUIRED
        self.client_tls = ssl.create_default_context(cafile=settings["ca"])
        self.client_tls.load_cert_chain(*settings["client"])

    def chance(self, name):
        return self.random.random() < self.weather[name]

    async def pump(self, reader, writer, back):
        """One direction of one connection; `back` answers the sender for a message that is lost."""
        swallow = collections.Counter()  # acknowledgements of repeats
        back.swallow = swallow
        held = None
        while True:
            kind, flags, packet, at = await read_packet(reader)
            await self.flowing.wait()
            if kind == PUBACK and writer.swallow[packet[2:4]] > 0:
                writer.swallow[packet[2:4]] -= 1
                continue
            if kind != PUBLISH or not flags & 0x06:
                writer.write(packet)
                await writer.drain()
                continue
            self.counts["messages"] += 1
            if self.chance("lose"):
                self.counts["lost"] += 1
                back.write(b"\x40\x02" + packet_id(packet, at))
                continue
            wait_ms = self.weather["delay_ms"] + self.random.uniform(0, self.weather["jitter_ms"])
            if wait_ms:
                self.counts["delayed"] += 1
                await asyncio.sleep(wait_ms / 1000)
            if held is None and self.chance("reorder"):
                self.counts["reordered"] += 1
                held = packet
                asyncio.get_running_loop().call_later(0.3, self.let_go, writer, packet)
                continue
            copies = 1
            if self.chance("repeat"):
                self.counts["repeated"] += 1
                copies = 2
                swallow[packet_id(packet, at)] += 1
            writer.write(packet)
            if copies == 2:
                writer.write(bytes([packet[0] | 0x08]) + packet[1:])
            held = None  # it follows when its time is over
            await writer.drain()

    @staticmethod
    def let_go(writer, packet):
        if not writer.is_closing():
            writer.write(packet)

    async def take(self, reader, writer):
        self.counts["connections"] += 1
        try:
            far_reader, far_writer = await asyncio.open_connection(*self.settings["broker"], ssl=self.client_tls)
        except OSError:
            writer.close()
            return
        writer.swallow, far_writer.swallow = collections.Counter(), collections.Counter()
        pair = (writer, far_writer)
        self.pairs.add(pair)
        pumps = [asyncio.ensure_future(self.pump(reader, far_writer, writer)), asyncio.ensure_future(self.pump(far_reader, writer, far_writer))]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            if pair in self.half_open:
                pumps[0].cancel()
                await asyncio.gather(*pumps, return_exceptions=True)
                while await reader.read(65536):
                    pass  # the client is told nothing until it closes by itself
        except OSError:
            pass
        finally:
            self.pairs.discard(pair)
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            for one in pair:
                one.close()

    def obey(self, wish):
        for name in self.weather.keys() & wish.keys():
            self.weather[name] = wish[name]
        if "stall" in wish:
            self.counts["stalls"] += bool(wish["stall"])
            (self.flowing.clear if wish["stall"] else self.flowing.set)()
        if wish.get("half_open"):
            self.half_open = set(self.pairs)
            self.counts["half open"] += len(self.pairs)
            for _, far in self.pairs:
                far.transport.abort()
        if wish.get("cut"):
            self.half_open = set()
            self.counts["cuts"] += len(self.pairs)
            for near, far in self.pairs:
                near.transport.abort()
                far.transport.abort()
        if wish.get("count"):
            print(json.dumps(self.counts), flush=True)

    async def run(self):
        server = await asyncio.start_server(self.take, *self.settings["listen"], ssl=self.server_tls)
        wishes = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(wishes), sys.stdin)
        print("ready", flush=True)
        async with server:
            while line := await wishes.readline():
                self.obey(json.loads(line))


if __name__ == "__main__":
    asyncio.run(Relay(json.loads(sys.argv[1])).run())
