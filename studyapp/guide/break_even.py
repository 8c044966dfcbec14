"""Where an instance becomes cheaper than serverless inference: arithmetic over prices."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HOUR = Decimal(3600)


@dataclass(frozen=True)
class BreakEven:
    """One memory size against one instance; `seconds` are the busy seconds of an hour."""

    memory_gb: int
    per_busy_hour: Decimal
    seconds: Decimal
    share: Decimal

    @property
    def is_reached(self):
        """Whether one request at a time can be busy for so long within an hour."""
        return self.seconds <= HOUR


@dataclass(frozen=True)
class Volume:
    """How many requests of one duration make an instance as cheap as serverless inference."""

    seconds: Decimal
    per_hour: Decimal
    per_month: Decimal


def break_even(*, hourly, per_gb_second, memory_gb):
    """The busy seconds in an hour at which serverless inference costs as much as the instance."""
    rate = per_gb_second * memory_gb
    seconds = hourly / rate
    share = (seconds / HOUR * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return BreakEven(memory_gb, rate * HOUR, seconds.quantize(Decimal(1), ROUND_HALF_UP), share)


def volume(*, hourly, per_gb_second, memory_gb, seconds, hours_per_month):
    """The requests at the break-even point, when each takes so many seconds."""
    busy = hourly / (per_gb_second * memory_gb)
    per_hour = busy / seconds
    whole = Decimal(1)
    return Volume(
        seconds,
        per_hour.quantize(whole, ROUND_HALF_UP),
        (per_hour * hours_per_month).quantize(whole, ROUND_HALF_UP),
    )


# The chart: cost of an hour over its busy seconds. Everything in units of the picture.

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FLOOR = 392, 390, 40, 296, 14, 340
STEPS = (0, 900, 1800, 2700, 3600)


@dataclass(frozen=True)
class Tick:
    at: Decimal
    text: str


@dataclass(frozen=True)
class CostLine:
    """The cost of one memory size, from nothing at the left to a whole busy hour at the right."""

    row: BreakEven
    end: Decimal
    crossing: Decimal | None


@dataclass(frozen=True)
class Chart:
    lines: tuple[CostLine, ...]
    instance: Decimal
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    floor: int = FLOOR


def draw_chart(rows, hourly):
    """Place the cost lines of all memory sizes and the level line of the instance."""
    step = Decimal("0.1")
    highest = max([row.per_busy_hour for row in rows] + [hourly])
    steps = int(highest // step) + 1
    ceiling = step * steps

    def x(seconds):
        return round(LEFT + (RIGHT - LEFT) * seconds / HOUR, 1)

    def y(cost):
        return round(FLOOR - (FLOOR - TOP) * cost / ceiling, 1)

    return Chart(
        lines=tuple(
            CostLine(row, y(row.per_busy_hour), x(row.seconds) if row.is_reached else None)
            for row in rows
        ),
        instance=y(hourly),
        x_ticks=tuple(Tick(x(Decimal(seconds)), f"{seconds:,}") for seconds in STEPS),
        y_ticks=tuple(Tick(y(step * n), f"{step * n:f}") for n in range(steps + 1)),
    )
