"""Eight processes read and then write in transactions: none finds the database locked.

    python -m tests.verify.locks [--count 500] [--processes 8]

Each transaction reads a row and then writes it and a save, as answering does.
"""

import multiprocessing
import time
from random import Random

from .site import Figure, close_connections, command, new_token


def prove(site, *, count, seed, processes=8):
    """Eight processes read and then write in transactions: none finds the database locked."""
    from quiz.practice.models import Position, Save

    from . import rows

    learners = [learner for learner, _ in rows.guests(processes)]
    versions = rows.published("single-choice")
    sessions = rows.open_sessions(learners, versions, chance=Random(seed), length=2)
    # Half of the processes share one row, the others have one each.
    first = [rows.positions_of(sessions)[each.pk][1].pk for each in sessions]
    targets = [first[0] if n % 2 else first[n] for n in range(processes)]
    close_connections()
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes) as pool:
        found = pool.starmap(one_process, [(each, count) for each in targets])
    errors = [error for failed, _ in found for error in failed]
    times = sorted(each for _, spent in found for each in spent)
    written = sum(Position.objects.filter(pk__in=first).values_list("hints", flat=True))
    return [
        Figure("transactions", len(times) + len(errors), processes * count),
        Figure("that failed", len(errors), 0),
        Figure("why", "; ".join(errors[:5]) or "none failed"),
        Figure("writes that were lost", processes * count - written, 0),
        Figure("rows that were lost", processes * count - Save.objects.count(), 0),
        Figure("milliseconds, median", round(times[len(times) // 2] * 1000, 1)),
        Figure("milliseconds, p99", round(times[len(times) * 99 // 100] * 1000, 1)),
        Figure("milliseconds, longest", round(times[-1] * 1000, 1)),
    ]


def one_process(position, count):
    """So many transactions one after the other; what failed, and how long each of the others took."""
    import django

    django.setup()
    from django.db import OperationalError, transaction
    from django.utils import timezone

    from quiz.practice.models import Position, Save

    failed, spent = [], []
    for _ in range(count):
        began = time.perf_counter()
        try:
            with transaction.atomic():
                row = Position.objects.select_for_update().get(pk=position)
                row.hints += 1
                row.save(update_fields=["hints"])
                Save.objects.create(
                    session_id=row.session_id,
                    position=row,
                    token=new_token(),
                    saved_at=timezone.now(),
                )
        except OperationalError as error:
            failed.append(f"{error} after {time.perf_counter() - began:.1f} s")
        else:
            spent.append(time.perf_counter() - began)
    close_connections()
    return failed, spent


if __name__ == "__main__":
    command(prove, count=500, minutes=10, processes=8)
