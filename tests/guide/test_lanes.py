from decimal import Decimal
from itertools import combinations

import pytest
from django.template.loader import render_to_string

from studyapp.guide.lanes import NARROWEST, Label, Lane, lay_out, wide

OPTIONS = (
    ("real-time", "Real-time"),
    ("serverless", "Serverless"),
    ("asynchronous", "Asynchronous"),
    ("batch-transform", "Batch transform"),
)


def lanes(limits, texts=("", "", "", "")):
    return tuple(
        Lane(option, label, None if limit is None else Decimal(limit), "standing", text)
        for (option, label), limit, text in zip(OPTIONS, limits, texts, strict=True)
    )


def worked_example():
    texts = ("44 MB over 6 MB", "44 MB over 6 MB", "up to 1 GB", "unlimited")
    return lay_out("MB", lanes((6, 6, 1024, None), texts), Decimal(50), "Your workload: 50 MB")


def test_lane_ends_at_its_limit():
    picture = worked_example()

    assert [each.end for each in picture.lanes] == [
        Decimal("19.40"),
        Decimal("19.40"),
        Decimal("75.06"),
        Decimal(100),
    ]


def test_lane_without_limit_has_an_open_end():
    assert [each.open_end for each in worked_example().lanes] == [False, False, False, True]


def test_only_lanes_that_end_before_the_workload_are_cut():
    picture = worked_example()

    assert picture.line == Decimal("42.37")
    assert [each.cut for each in picture.lanes] == [Decimal("19.40"), Decimal("19.40"), None, None]
    assert picture.lanes[0].gap == (Decimal("19.40"), Decimal("42.37"))


@pytest.mark.parametrize(("value", "cut"), (("5.9", False), ("6", False), ("6.1", True)))
def test_workload_at_the_limit_is_not_cut(value, cut):
    picture = lay_out("MB", lanes((6, 6, 1024, None)), Decimal(value))

    assert (picture.lanes[0].cut is not None) is cut


@pytest.mark.parametrize(("value", "cut"), (("199", True), ("200", False), ("201", False)))
def test_lane_with_a_least_amount_is_cut_below_it(value, cut):
    lane = Lane("serverless", "Serverless", Decimal(200), "standing", "", at_least=True)
    drawn = lay_out("ms", (lane,), Decimal(value)).lanes[0]

    assert (drawn.cut is not None) is cut
    assert (drawn.start, drawn.end) == (Decimal("30.10"), Decimal(100))


def test_option_that_allows_nothing_has_an_empty_lane():
    drawn = lay_out("MB", lanes((0, 6, 1024, None)), Decimal(50)).lanes[0]

    assert (drawn.width, drawn.cut) == (Decimal(0), Decimal(0))


def test_picture_without_a_workload_has_no_line():
    picture = lay_out("MB", lanes((25, 4, 1024, 100)))

    assert (picture.line, picture.line_label, picture.broken) == (None, None, False)
    assert {each.cut for each in picture.lanes} == {None}


@pytest.mark.parametrize(
    ("unit", "limits", "value", "ticks"),
    (
        ("MB", (6, 6, 1024, None), "50", ("1 MB", "10 MB", "100 MB", "1 GB", "10 GB")),
        ("MB", (6, 6, 1024, None), "0.05", ("10 KB", "1 MB", "100 MB", "10 GB")),
        ("s", (60, 60, 3600, None), "45", ("10 s", "1 min", "10 min", "1 h", "10 h")),
        ("ms", (None, 200, None, None), "150", ("100 ms", "1 s")),
        ("GB", (None, 6, None, None), "7", ("1 GB", "10 GB", "100 GB")),
        ("MB", (None, None, None, None), None, ("1 MB", "10 MB", "100 MB", "1 GB")),
    ),
)
def test_rule_shows_readable_values(unit, limits, value, ticks):
    picture = lay_out(unit, lanes(limits), value and Decimal(value))

    assert tuple(tick.text for tick in picture.ticks) == ticks


def test_rule_is_divided_between_its_values():
    picture = lay_out("s", lanes((60, None, None, None)), Decimal(45))

    assert picture.majors == (Decimal(0), Decimal("43.76"), Decimal(100))
    assert picture.minors[:3] == (Decimal("16.93"), Decimal("26.83"), Decimal("33.86"))


@pytest.mark.parametrize(
    ("value", "at", "anchor"),
    (
        ("45", "18.37", "start"),
        ("600", "50.00", "middle"),
        ("2000000", "97.92", "end"),
    ),
)
def test_words_of_the_workload_stand_at_its_line(value, at, anchor):
    picture = lay_out("s", lanes((60, 60, 3600, None)), Decimal(value), "Your workload")

    assert picture.line == Decimal(at)
    assert picture.line_label == Label("Your workload", Decimal(at), 14, anchor)


@pytest.mark.parametrize(("value", "at", "anchor"), (("30", "0", "start"), ("5000", "100", "end")))
def test_long_words_of_the_workload_stand_at_the_nearer_edge(value, at, anchor):
    said = "Payload of one request 30 MB, at most"

    label = lay_out("MB", lanes((6, 6, 1024, None)), Decimal(value), said).line_label

    assert label == Label(said, Decimal(at), 14, anchor)


def test_words_of_a_least_amount_stand_before_its_lane():
    lane = Lane("serverless", "Serverless", Decimal(200), "standing", "200", at_least=True)

    label = lay_out("ms", (lane,)).lanes[0].label

    assert label == Label("200", Decimal("30.10"), 37, "end", -8)


def test_words_without_a_free_place_end_at_the_edge():
    lane = Lane("real-time", "Real-time", None, "standing", "no limit by the study guide")

    label = lay_out("MB", (lane,)).lanes[0].label

    assert label == Label("no limit by the study guide", Decimal(100), 54, "end")


def test_reason_stands_beyond_the_line_where_the_gap_is_too_narrow():
    label = worked_example().lanes[0].label

    assert label == Label("44 MB over 6 MB", Decimal("42.37"), 57, "start", 8)


def test_reason_stands_in_the_gap_where_it_is_wide_enough():
    picture = lay_out("MB", lanes((6, 6, 1024, None), ("4,994 MB over", "", "", "")), Decimal(5000))

    assert picture.lanes[0].label == Label("4,994 MB over", Decimal("19.40"), 37, "start", 8)


@pytest.mark.parametrize(("text", "row"), (("1 GB over", 0), ("2,023 MB over 25 MB", 20)))
def test_long_reason_gets_a_row_of_its_own(text, row):
    plain = lay_out("MB", lanes((25, 4, 1024, None)), Decimal(2048))

    worded = lay_out("MB", lanes((25, 4, 1024, None), (text, "", "", "")), Decimal(2048))

    assert worded.height - plain.height == row


@pytest.mark.parametrize("small", (True, False))
def test_small_picture_carries_no_words(small):
    texts = ("44 MB over 6 MB", "44 MB over 6 MB", "up to 1 GB", "unlimited")
    four = lanes((6, 6, 1024, None), texts)

    picture = lay_out("MB", four, Decimal(50), "Your workload: 50 MB", small=small)

    words = [*picture.ticks, picture.line_label, *(each.label for each in picture.lanes)]
    assert (not any(words)) is small


LIMITS = ((6, 6, 1024, None), (25, 4, 1024, 100), (1024, 4096, 1, None))
VALUES = ("0.0001", "0.5", "2", "4", "5", "24", "50", "300", "1023", "1025", "9000", "1048576")


def pictures(limits, tail=""):
    texts = tuple("no limit" if limit is None else f"up to {limit} MB{tail}" for limit in limits)
    for value in VALUES:
        yield lay_out("MB", lanes(limits, texts), Decimal(value), f"Your workload: {value} MB")


@pytest.mark.parametrize("limits", LIMITS)
@pytest.mark.parametrize("tail", ("", " a request", " by the study guide"))
@pytest.mark.parametrize("width", (NARROWEST, 320, 640, 1000))
def test_words_never_touch_each_other(limits, tail, width):
    for picture in pictures(limits, tail):
        labels = [picture.line_label, *picture.ticks]
        labels += [label for each in picture.lanes for label in (each.name, each.label)]
        for one, other in combinations(labels, 2):
            first, second = sorted((one.span(width), other.span(width)))
            assert first[1] < second[0] or abs(one.y - other.y) >= 16, (one, other)


@pytest.mark.parametrize("limits", LIMITS)
@pytest.mark.parametrize("tail", ("", " a request", " by the study guide"))
def test_words_stay_inside_the_picture(limits, tail):
    for picture in pictures(limits, tail):
        for label in (picture.line_label, *picture.ticks, *(each.label for each in picture.lanes)):
            left, right = label.span()
            assert 0 <= left < right <= NARROWEST, label


@pytest.mark.parametrize("limits", LIMITS)
def test_words_keep_clear_of_the_line(limits):
    for picture in pictures(limits):
        for label in (each.label for each in picture.lanes):
            left, right = label.span()
            assert not left <= picture.line * NARROWEST / 100 <= right, label


@pytest.mark.parametrize(("value", "broken"), (("2", True), ("50", True), ("300", False)))
def test_line_gives_way_to_names_only_where_it_would_cross_them(value, broken):
    assert lay_out("MB", lanes((6, 6, 1024, None)), Decimal(value)).broken is broken


def test_wide_counts_capitals_and_figures_for_more_than_small_letters():
    assert (wide("GB"), wide("50"), wide("is"), wide(" ")) == (20, 17, 16, Decimal("4.5"))


def drawn(picture):
    return render_to_string("_lanes.html", {"picture": picture, "title": "Payload"})


@pytest.mark.parametrize("small", (True, False))
def test_picture_tells_in_words_what_it_shows(small):
    ends = Lane("real-time", "Real-time", Decimal(6), "ruled-out", "44 MB over 6 MB")
    silent = Lane("serverless", "Serverless", None, "in-doubt", stated=False)
    passes = Lane("asynchronous", "Asynchronous", Decimal(1024), "recommended", "up to 1 GB")
    picture = lay_out("MB", (ends, silent, passes), Decimal(50), "Payload 50 MB", small=small)

    html = drawn(picture)

    assert ' role="img" aria-label="Payload. Payload 50 MB. ' in html
    assert "Real-time, ruled out: its lane ends before the workload, 44 MB over 6 MB. " in html
    assert "Serverless, in doubt: no limit is stated. " in html
    assert 'Asynchronous, recommended: its lane ends beyond the workload, up to 1 GB.">' in html


def test_picture_keeps_to_a_strict_policy():
    html = drawn(worked_example())

    assert "style" not in html
    assert "<script" not in html
