from itertools import pairwise

import pytest

from studyapp.decision import OPTIONS
from studyapp.guide import knowledge
from studyapp.guide.selection import draw_ladder, ladder, wide

pytestmark = pytest.mark.django_db


def rungs(profile):
    found = knowledge.current().profiles[profile]
    return ladder(found.tables[OPTIONS], found.traits)


def outcomes(found):
    return [tuple(each.slug for each in rung.leads_to) for rung in found if rung.leads_to]


@pytest.mark.parametrize("profile", ("guide", "aws"))
def test_ladder_asks_in_the_order_of_the_box(profile):
    assert outcomes(rungs(profile)) == [
        ("real-time",),
        ("serverless", "asynchronous"),
        ("asynchronous",),
        ("batch-transform",),
        ("real-time",),
    ]


@pytest.mark.parametrize(
    ("profile", "first", "third"),
    (
        ("guide", "Reply time below 100 ms", "Payload above 6 MB, or processing time above 60 s"),
        (
            "aws",
            "Way of replying: the caller waits for it on its own call and cold start: no call may be slow",
            "Payload above 25 MB, or processing time above 60 s",
        ),
    ),
)
def test_ladder_speaks_by_the_profile(profile, first, third):
    told = [rung.detail for rung in rungs(profile) if rung.leads_to]

    assert (told[0], told[2]) == (first, third)


def test_data_set_goes_around_the_rules_that_exclude_it():
    found = rungs("guide")
    skip = next(rung for rung in found if rung.skips_to is not None)

    assert skip.title.endswith("a whole data set is worked off, nobody waits")
    assert [each.slug for each in found[skip.skips_to].leads_to] == ["batch-transform"]


@pytest.mark.parametrize("profile", ("guide", "aws"))
def test_words_of_the_drawing_stay_inside_their_boxes(profile):
    drawing = draw_ladder(rungs(profile))

    for box in drawing.boxes:
        for words in box.words:
            assert wide(words.text) <= drawing.box - 20
            assert box.y < words.y < box.bottom
        for choice in box.choices:
            assert box.y <= choice.middle <= box.bottom
    assert drawing.height == drawing.boxes[-1].bottom + 1


def test_boxes_of_the_drawing_do_not_touch():
    boxes = draw_ladder(rungs("aws")).boxes

    assert all(above.bottom < below.y for above, below in pairwise(boxes))


@pytest.mark.parametrize("path", ("/guide/concept-box/", "/guide/diagrams/"))
def test_drawing_is_told_in_words_as_well(client, path):
    page = client.get(path).text

    assert 'role="img" aria-labelledby="selection-title selection-desc"' in page
    assert "Low latency? Reply time below 100 ms: <strong>Real-time inference</strong>." in page
    assert "nobody waits? If so, go on with step 6." in page


def test_box_shows_source_and_date(client):
    page = client.get("/guide/concept-box/?profile=aws").text

    assert "payload above 25 MB, or processing time above 60 s" in page
    assert '<time datetime="2026-10-01"' in page


def test_shapes_are_shown_by_both_profiles(client):
    page = client.get("/guide/hosting/").text

    for words in (
        "Single model",
        "Multi-model endpoint",
        "Multi-container endpoint",
        "Inference pipeline",
    ):
        assert f'<th scope="col">{words}</th>' in page
    assert "at least 2" in page
    assert "AWS documentation today" in page
    assert "at most 15" in page
