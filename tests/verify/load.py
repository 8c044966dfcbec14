"""Clients that cost next to nothing, and what a server took of processor and memory meanwhile."""

import gzip
import os
import re
import socket
import statistics
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

TICK = os.sysconf("SC_CLK_TCK")
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Reply:
    """What came back: its status, its head as bytes, and its body as it was sent."""

    status: int
    head: bytes
    body: bytes

    @property
    def text(self):
        packed = b"content-encoding: gzip" in self.head.lower()
        return (gzip.decompress(self.body) if packed else self.body).decode()


class Browser:
    """One connection that is kept, with the cookies of one person."""

    def __init__(self, port, cookies):
        self.port, self.cookies = port, cookies
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self):
        self.socket.close()

    def get(self, path, **headers):
        reply = self.send(self.written("GET", path, "", headers))
        for name, value in re.findall(rb"\r\nset-cookie: *(\w+)=([^;\r]*)", reply.head, re.I):
            self.cookies[name.decode()] = value.decode()
        return reply

    def written(self, method, path, body, headers):
        """A request as bytes, made before the clock runs."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += ["Accept-Encoding: gzip", f"Origin: http://127.0.0.1:{self.port}"]
        lines += ["Cookie: " + "; ".join(f"{name}={each}" for name, each in self.cookies.items())]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if body:
            lines += ["Content-Type: application/x-www-form-urlencoded"]
            lines += [f"Content-Length: {len(body)}"]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()

    def form(self, path, fields, **headers):
        return self.written("POST", path, urlencode(fields, doseq=True), headers)

    def send(self, request):
        self.socket.sendall(request)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self.received()
        head, _, body = got.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        while length and len(body) < int(length[1]):
            body += self.received()
        return Reply(int(head.split(b" ", 2)[1]), head, body)

    def received(self):
        got = self.socket.recv(65536)
        if not got:
            raise ConnectionError("The server closed the connection.")
        return got


@dataclass
class Round:
    """What one round of answers took: seconds for each, all in all, and of the processor."""

    each: list
    elapsed: float
    processor: float
    wire: list

    @property
    def median(self):
        return statistics.median(self.each)

    @property
    def a_second(self):
        return len(self.each) / self.elapsed

    @property
    def processor_each(self):
        return self.processor / len(self.each)


def run(server, work):
    """Let every browser send its requests one after another, all browsers at once."""
    times, wire, faults = [], [], []

    def answer(browser, requests):
        for request in requests:
            start = time.perf_counter()
            reply = browser.send(request)
            times.append(time.perf_counter() - start)
            wire.append(len(reply.body))
            if reply.status != 200:
                faults.append(reply)

    threads = [threading.Thread(target=answer, args=each) for each in work]
    before, start = processor(server), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - start
    if faults:
        raise AssertionError(f"{len(faults)} answers failed: {faults[0].status} {faults[0].text}")
    if len(times) != sum(len(requests) for _, requests in work):
        raise AssertionError("Some answers were not given.")
    return Round(times, elapsed, processor(server) - before, wire)


# What a server takes


def family(pid):
    """A process and all that come from it."""
    found = [pid]
    for each in found:
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def processor(pid):
    """Seconds of the processor that a process and its children have had."""
    total = 0
    for each in family(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def memory(pid):
    """The proportional set size in MB of each process that comes from this one to serve pages."""
    sizes = {}
    for each in family(pid)[1:]:
        # Beside the server of the site stands a process that only tidies up.
        if b"beside" in Path(f"/proc/{each}/cmdline").read_bytes().split(b"\0"):
            continue
        rollup = Path(f"/proc/{each}/smaps_rollup").read_text()
        sizes[each] = int(re.search(r"^Pss: +(\d+)", rollup, re.M)[1]) / 1024
    return sizes
