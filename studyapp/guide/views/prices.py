"""Prices, and the point at which an instance becomes cheaper than serverless inference."""

from decimal import Decimal

from django.views.decorators.http import require_safe

from studyapp.guide import knowledge
from studyapp.guide.break_even import break_even, draw_chart, volume
from studyapp.guide.models import Source

from .exam import figures
from .page import show

# The figures that the break-even table is computed from.
HOURLY, PER_GB_SECOND = "price-m5-large-hour", "price-serverless-gb-second"
HOURS_PER_MONTH, LARGEST_MEMORY = "price-hours-per-month", "aws-serverless-memory"
EXAMPLE_MEMORY_GB = 2
DURATIONS_S = ("0.05", "0.1", "0.2", "0.5", "1", "2")


@require_safe
def prices(request):
    sources = Source.objects.in_bulk(field_name="slug")
    rows = figures(request, "price", sources)
    context = {
        "rules": figures(request, "price-rule", sources),
        "prices": [row for row in rows if row["amount"]],
        "unknown": [row for row in rows if not row["amount"]],
    }
    amounts = {row["slug"]: Decimal(row["amount"]) for row in rows if row["amount"]}
    if {HOURLY, PER_GB_SECOND, HOURS_PER_MONTH} <= set(amounts):
        context |= computed(amounts, largest_memory(request))
    return show(request, "prices", context)


def computed(amounts, sizes):
    """The break-even table for every memory size, its chart, and an example in requests."""
    rates = {"hourly": amounts[HOURLY], "per_gb_second": amounts[PER_GB_SECOND]}
    table = [break_even(**rates, memory_gb=size) for size in range(1, sizes + 1)]
    return {
        "table": table,
        "chart": draw_chart(table, amounts[HOURLY]),
        "hourly": amounts[HOURLY],
        "example_memory": EXAMPLE_MEMORY_GB,
        "volumes": [
            volume(
                **rates,
                memory_gb=EXAMPLE_MEMORY_GB,
                seconds=Decimal(seconds),
                hours_per_month=amounts[HOURS_PER_MONTH],
            )
            for seconds in DURATIONS_S
        ],
    }


def largest_memory(request):
    """The largest memory of a serverless endpoint, in GB, by the fact that limits it."""
    facts = knowledge.of(request).document["facts"]
    return next((int(row["value"]) for row in facts if row["slug"] == LARGEST_MEMORY), 1)
