from decimal import Decimal

import pytest

from studyapp.guide.break_even import FLOOR, LEFT, RIGHT, TOP, break_even, draw_chart, volume

RATES = {"hourly": Decimal("0.115"), "per_gb_second": Decimal("0.00002")}


@pytest.mark.parametrize(
    ("memory_gb", "per_busy_hour", "seconds", "share"),
    (
        (2, "0.144", 2875, "79.9"),
        (3, "0.216", 1917, "53.2"),
        (4, "0.288", 1438, "39.9"),
        (5, "0.360", 1150, "31.9"),
        (6, "0.432", 958, "26.6"),
    ),
)
def test_break_even_by_memory(memory_gb, per_busy_hour, seconds, share):
    row = break_even(**RATES, memory_gb=memory_gb)

    assert row.per_busy_hour == Decimal(per_busy_hour)
    assert (row.seconds, row.share, row.is_reached) == (seconds, Decimal(share), True)


def test_smallest_memory_never_breaks_even_one_request_at_a_time():
    row = break_even(**RATES, memory_gb=1)

    assert (row.seconds, row.is_reached) == (5750, False)


@pytest.mark.parametrize(
    ("seconds", "per_hour"),
    (
        ("0.05", 57_500),
        ("0.1", 28_750),
        ("0.2", 14_375),
        ("0.5", 5_750),
        ("1", 2_875),
        ("2", 1_438),
    ),
)
def test_break_even_in_requests(seconds, per_hour):
    row = volume(**RATES, memory_gb=2, seconds=Decimal(seconds), hours_per_month=730)

    assert row.per_hour == per_hour
    assert row.per_month == Decimal(2875 * 730) / Decimal(seconds)


def test_chart_stays_inside_its_frame_and_crosses_at_the_break_even_point():
    rows = [break_even(**RATES, memory_gb=size) for size in range(1, 7)]
    chart = draw_chart(rows, RATES["hourly"])

    assert all(TOP <= line.end <= FLOOR for line in chart.lines)
    assert chart.lines[0].crossing is None
    assert all(LEFT < line.crossing < RIGHT for line in chart.lines[1:])
    assert chart.lines[0].end > chart.instance > chart.lines[1].end


@pytest.mark.django_db
def test_page_computes_the_table_from_the_price_figures(client):
    page = client.get("/guide/prices/").text

    assert "<td>0.216 USD</td><td>1,917</td><td>53.2 %</td>" in page
    assert "never: it would take 5,750" in page
    assert "41,975,000" in page
    assert "not as a promise" in page
    assert "weak" in page
