import copy

import pytest

from quiz.engine.draft import Wrong
from quiz.engine.publish_check import problems
from quiz.engine.scenario import scenario
from quiz.engine.story import Untold, amount_in_words, filled, stories_from, tell
from studyapp.decision import Workload, sibling
from tests.decision.content import FIXTURES, PROFILES
from tests.decision.test_sibling import IDS, SCENARIOS, SEEDS
from tests.files import read_yaml

DOCUMENT = read_yaml(FIXTURES / "story_book.yaml")
STORIES = stories_from(DOCUMENT, PROFILES)


def told(profile, seed=1, without="", **given):
    """What is told of a sibling of this workload."""
    workload = Workload.read(given, PROFILES[profile].traits)
    found = sibling(workload, PROFILES[profile], seed=seed)
    return tell(STORIES, found, PROFILES[profile], seed=seed, without=without)


@pytest.mark.parametrize(("slug", "profile", "workload"), SCENARIOS, ids=IDS)
def test_every_drawn_scenario_is_told_with_all_its_numbers(slug, profile, workload):
    for seed in SEEDS:
        found = sibling(workload, profile, seed=seed)
        first = tell(STORIES, found, profile, seed=seed)
        second = tell(STORIES, found, profile, seed=seed, without=first.story)

        for key, given in found.told.items():
            if profile.traits[key].is_number and given != "1":
                assert f" {amount_in_words(given, STORIES.units)}" in first.stem
        assert first.story != second.story
        assert "{" not in first.stem


@pytest.mark.parametrize(("slug", "profile", "workload"), SCENARIOS, ids=IDS)
def test_every_drawn_scenario_may_be_published(slug, profile, workload):
    found = sibling(workload, profile, seed=1)
    draft = scenario(
        kind="single-choice",
        profile=profile,
        stem=tell(STORIES, found, profile, seed=1).stem,
        told=found.told,
        workload=Workload.read(found.told, profile.traits),
    )

    assert problems(draft) == []
    assert draft.certificate["answer"] == found.certificate.answer


def test_the_same_seed_tells_the_same_story_and_others_tell_others():
    given = {"payload_mb": 50, "processing_s": 45, "reply": "notify"}

    assert told("guide", seed=4, **given) == told("guide", seed=4, **given)
    assert len({told("guide", seed=seed, **given).stem for seed in range(12)}) > 6


def test_a_stem_reads_like_this():
    found = told("aws", seed=2, payload_mb=90, processing_s="10 min", reply="notify", vpc="yes")

    assert found.stem.splitlines() == [
        "An animal clinic in Kampala has a model examine images of tissue.",
        "The model has to run inside a VPC that belongs to the clinic.",
        "Each image is sent by itself, and the vet is told when that image is done.",
        "One image is 45 MB, and the model works on it for 15 minutes.",
        "By what AWS documents, which option should the clinic choose?",
    ]


def test_the_order_of_a_story_changes_but_it_opens_and_asks_in_its_place():
    given = {"payload_mb": 50, "processing_s": 45, "reply": "notify", "traffic": "steady"}
    openings = {row["opening"] for row in DOCUMENT["stories"]}
    orders = set()
    for seed in range(12):
        first, *middle, last = told("guide", seed=seed, **given).stem.splitlines()

        assert first in openings
        assert last.endswith("?")
        orders.add(next(n for n, line in enumerate(middle) if "MB" in line))
    assert orders == {0, 1, 2}


def test_a_workload_that_no_story_fits_is_refused_in_words():
    with pytest.raises(Untold, match="No other story fits"):
        told("guide", payload_mb="90 GB", processing_s="10 min", reply="dataset")


def test_a_trait_without_words_is_named():
    given = {"payload_mb": "20 KB", "reply": "same-call", "cold_start": "unacceptable"}

    with pytest.raises(Untold, match=r"No story has words for this: frameworks\."):
        told("aws", frameworks=2, **given)


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("{items} come. {one} waits; it is {x}.", "Photos come. A photo waits; it is 3 MB."),
        ("Not e.g.{x}", "Not e.g.3 MB"),
    ),
)
def test_sentences_start_with_a_capital(text, expected):
    assert filled(text, {"items": "photos", "one": "a photo", "x": "3 MB"}) == expected


@pytest.mark.parametrize(
    ("given", "words"),
    (
        ("1 h", "1 hour"),
        ("1.5 h", "1.5 hours"),
        ("20 min", "20 minutes"),
        ("8", "8"),
        ("5 s", "5 s"),
    ),
)
def test_long_units_are_written_out(given, words):
    assert amount_in_words(given, STORIES.units) == words


def changed(change):
    document = copy.deepcopy(DOCUMENT)
    change(document)
    return document


@pytest.mark.parametrize(
    ("change", "reason"),
    (
        (lambda d: d.pop("asks"), "it must hold stories, phrases, asks and units"),
        (lambda d: d["asks"].pop("aws"), "asks: nothing is asked by aws"),
        (lambda d: d["asks"]["aws"].append("Why {me}?"), "asks: {me} is unknown"),
        (lambda d: d["stories"][0].pop("item"), "story car-park-price: it must hold answered,"),
        (lambda d: d["stories"][0].update(reply="fax"), "there is no reply 'fax'"),
        (lambda d: d["stories"][0].update(payload=["1 KB", "much"]), "'much' is not accepted"),
        (lambda d: d["stories"][0].update(opening="A {x}."), "{x} is unknown"),
        (lambda d: d["stories"].append(d["stories"][0]), "story car-park-price: told twice"),
        (lambda d: d["phrases"][0].pop("says"), "phrase 1: it must hold part, says, tells"),
        (lambda d: d["phrases"][0].update(part="end"), "phrase 1: there is no part 'end'"),
        (lambda d: d["phrases"][0]["tells"].update(colour="red"), "there is no trait 'colour'"),
        (lambda d: d["phrases"][0].update(says=["Hm."]), "payload_mb is not in 'Hm.'"),
        (lambda d: d["phrases"][0].update(says=["{vpc}"]), "{vpc} is unknown"),
    ),
)
def test_what_cannot_be_told_is_refused_with_the_place(change, reason):
    with pytest.raises(Wrong) as caught:
        stories_from(changed(change), PROFILES)

    assert reason in str(caught.value)
