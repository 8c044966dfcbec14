"""How long one decision takes: both tables, rulings and reasons as data, without words.

    python -m tests.verify.decide

Prints microseconds a decision, least and median of 30 rounds, for a small and a full workload.
"""

import statistics
import time

from studyapp.decision import Workload, decide, draw
from tests.decision.content import PROFILES

ROUNDS, TIMES = 30, 300
SMALL = {"payload_mb": 50, "processing_s": 45, "reply": "notify"}
FULL = SMALL | {
    "traffic": "steady",
    "idle_cost": "none",
    "gpu": True,
    "memory_gb": 7,
    "models": 3,
    "frameworks": 2,
    "isolation": "dependencies",
    "experiment": "split",
}


def microseconds(workload, profile):
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(TIMES):
            decide(workload, profile)
        rounds.append((time.perf_counter() - start) / TIMES * 1e6)
    return min(rounds), statistics.median(rounds)


def main():
    for slug, profile in PROFILES.items():
        for name, given in (("small", SMALL), ("full", FULL)):
            least, median = microseconds(Workload.read(given, profile.traits), profile)
            print(f"decide, {slug}, {name} workload: {least:.0f} µs least, {median:.0f} µs median")
        start = time.perf_counter()
        count = sum(1 for _ in draw(profile, seed=1, count=500))
        print(
            f"draw, {slug}: {count / (time.perf_counter() - start):.0f} proved workloads a second"
        )


if __name__ == "__main__":
    main()
