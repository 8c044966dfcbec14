"""Each kind in its written form: what is published of it, and what is refused."""

import copy

import pytest

from quiz.bank.actions import load_questions
from quiz.bank.models import AnswerOption, CaseStudy, NumberKey, QuestionVersion
from studyapp.guide.actions import publish_edition
from studyapp.guide.files import ContentError
from studyapp.guide.models import Fact
from tests.files import write_yaml

pytestmark = pytest.mark.django_db

COMMON = {
    "slug": "a-question",
    "profile": "guide",
    "objective": "compare-options",
    "difficulty": 1,
    "tags": ["limits"],
    "claim": "claim-01-real-time-payload",
    "facts": ["guide-real-time-payload"],
    "stem": "What does the guide say of [[fact:guide-serverless-payload]]?",
}
BOTH = {"picked": "Up to [[fact:guide-real-time-payload]].", "left": "Look at the table."}
SAID = {"right": "Yes, [[fact:guide-real-time-payload]].", "wrong": "Look at the table."}


def option(key, **values):
    return {"key": key, "text": f"Text {key}", "feedback": BOTH} | values


CHOICE = COMMON | {
    "kind": "multiple-response",
    "options": [
        option("one", correct=True),
        option("two", correct=True, misconception=""),
        option("three", correct=False, misconception="real time takes any payload"),
    ],
}
ORDERING = COMMON | {
    "kind": "ordering",
    "options": [option("b", rank=2), option("a", rank=1), option("x", rank=None)],
}
MATCHING = COMMON | {
    "kind": "matching",
    "options": [
        option("a", match="[[fact:guide-real-time-payload]]"),
        option("b", match="[[fact:guide-asynchronous-payload]]"),
    ],
    "spare": ["[[figure:async-timeout-default]]"],
}
TRUE_FALSE = COMMON | {"kind": "true-false", "answer": False, "feedback": SAID}
NUMBER = COMMON | {
    "kind": "number",
    "answer": {"fact": "guide-asynchronous-payload"},
    "tolerance": 0,
    "feedback": SAID,
}
FIGURE = {"amount": 15, "unit": "min", "figure": "async-timeout-default"}
OPEN = COMMON | {
    "kind": "open",
    "model_answer": "It is **[[fact:guide-real-time-payload]]**.",
    "checklist": ["It names [[fact:guide-real-time-payload]].", "It names the table."],
}
CASE = {
    "slug": "a-case",
    "kind": "case-study",
    "title": "The gates",
    "profile": "guide",
    "story": "An image has [[figure:worked-example-payload]].",
    "parts": [TRUE_FALSE | {"slug": "part-one"}, NUMBER | {"slug": "part-two"}],
}


@pytest.fixture
def load(tmp_path):
    def run(*rows):
        path = tmp_path / "quiz_test.yaml"
        write_yaml(path, copy.deepcopy(list(rows)))
        return load_questions(paths=[path])

    load_questions(paths=[])
    return run


def current(slug="a-question"):
    return QuestionVersion.objects.get(question__slug=slug, is_current=True)


def test_multiple_response_is_published_with_its_misconceptions(load):
    load(CHOICE)

    rows = current().options.values_list("key", "is_correct", "misconception")
    assert list(rows) == [
        ("one", True, ""),
        ("two", True, ""),
        ("three", False, "real time takes any payload"),
    ]
    assert current().options.first().feedback_picked == "Up to 6 MB."


def test_ordering_is_published_with_its_ranks(load):
    load(ORDERING)

    assert list(current().options.values_list("key", "rank")) == [("b", 2), ("a", 1), ("x", None)]


def test_matching_is_published_with_its_matches_and_spares(load):
    load(MATCHING)

    assert list(current().options.values_list("text", "match")) == [
        ("Text a", "6 MB"),
        ("Text b", "1 GB"),
        ("", "15 minutes"),
    ]


def test_true_false_is_published_with_two_fixed_options(load):
    load(TRUE_FALSE)

    assert list(current().options.values_list("text", "is_correct", "stays_last")) == [
        ("True", False, True),
        ("False", True, True),
    ]
    assert current().feedback_right == "Yes, 6 MB."


@pytest.mark.parametrize(
    ("answer", "amount", "unit"),
    (
        ({"fact": "guide-asynchronous-payload"}, 1, "GB"),
        ({"fact": "guide-inference-pipeline-chain-max"}, 15, ""),
        (FIGURE, 15, "min"),
        ({"amount": 1, "unit": "", "figure": "real-time-instances-min"}, 1, ""),
    ),
)
def test_number_is_published_with_its_key(load, answer, amount, unit):
    load(NUMBER | {"answer": answer})

    key = current().number_key
    assert (key.amount, key.unit, key.tolerance) == (amount, unit, 0)


def test_open_question_is_published_with_its_checklist(load):
    load(OPEN)

    assert current().model_answer == "It is **6 MB**."
    assert [row.text for row in current().options.all()] == [
        "It names 6 MB.",
        "It names the table.",
    ]


def test_facts_that_are_named_or_shown_are_kept_with_the_version(load):
    load(NUMBER)

    assert sorted(fact.slug for fact in current().facts.all()) == [
        "guide-asynchronous-payload",
        "guide-real-time-payload",
        "guide-serverless-payload",
    ]


def test_new_revision_of_a_fact_appends_a_version_to_what_names_it(load):
    load(ORDERING | {"facts": ["guide-real-time-latency"]})
    old = Fact.objects.current().get(slug="guide-real-time-latency")
    Fact.objects.filter(pk=old.pk).update(is_current=False)
    old.pk, old.revision, old.note = None, old.revision + 1, "Said anew."
    old.save()
    publish_edition(files_digest="anew")

    load(ORDERING | {"facts": ["guide-real-time-latency"]})

    assert current().number == 2
    assert current().facts.get(slug="guide-real-time-latency").revision == old.revision


@pytest.mark.parametrize(
    "row",
    (CHOICE, ORDERING, MATCHING, TRUE_FALSE, NUMBER, OPEN),
    ids=lambda row: row["kind"],
)
def test_changed_key_appends_a_version_and_leaves_the_old_one(load, row):
    changed = copy.deepcopy(row)
    if row is CHOICE:
        changed["options"][2]["correct"] = True
        changed["options"][0]["correct"] = False
    elif row is ORDERING:
        changed["options"][0]["rank"], changed["options"][1]["rank"] = 1, 2
    elif row is MATCHING:
        changed["spare"] = ["Something else"]
    elif row is TRUE_FALSE:
        changed["answer"] = True
    elif row is NUMBER:
        changed["tolerance"] = 1
    else:
        changed["checklist"] = changed["checklist"][::-1]
    load(row)
    first = current()
    rows = [list(model.objects.values()) for model in (AnswerOption, NumberKey)]

    load(changed)

    assert (current().number, first.number) == (2, 1)
    assert current().digest != first.digest
    for model, before in zip((AnswerOption, NumberKey), rows, strict=True):
        assert [each for each in model.objects.values() if each in before] == before


def test_case_study_is_published_as_parts_with_one_story(load):
    assert load(CASE)["added"] == 2

    story = CaseStudy.objects.get(slug="a-case")
    assert (story.number, story.title, story.parts) == (1, "The gates", 2)
    assert story.story == "An image has 50 MB."
    assert list(story.versions.values_list("question__slug", "part")) == [
        ("part-one", 1),
        ("part-two", 2),
    ]


def test_changed_story_appends_a_story_and_versions(load):
    load(CASE)
    load(CASE | {"story": "Told anew."})

    assert [each.story for each in CaseStudy.objects.filter(slug="a-case")] == [
        "An image has 50 MB.",
        "Told anew.",
    ]
    assert current("part-one").number == 2
    assert current("part-one").case.number == 2


def without(row, key):
    return {name: value for name, value in row.items() if name != key}


def bent(row, **values):
    """The row with its first option changed."""
    return row | {"options": [row["options"][0] | values, *row["options"][1:]]}


REFUSALS = (
    # Multiple response
    (bent(CHOICE, correct=False), "at least 2 options must be marked as correct"),
    (
        CHOICE | {"options": CHOICE["options"][:2]},
        "at least one option must be wrong",
    ),
    (bent(CHOICE, rank=1), "option 1: there is no key 'rank'"),
    (bent(CHOICE, feedback={"picked": "Yes."}), "option one has no feedback if left"),
    (CHOICE | {"spare": []}, "there is no key 'spare'"),
    (CHOICE | {"facts": ["nowhere"]}, "there is no fact 'nowhere'"),
    (CHOICE | {"facts": "nowhere"}, "facts must be a list of slugs"),
    (without(CHOICE, "claim"), "it rests on nothing: there is neither a proof nor a claim"),
    # Ordering
    (bent(ORDERING, rank="first"), "option 1: rank must be a number from 1, or null where"),
    (bent(ORDERING, rank=True), "option 1: rank must be a number from 1, or null where"),
    (bent(ORDERING, rank=0), "option 1: rank must be a number from 1, or null where"),
    (
        ORDERING | {"options": [without(ORDERING["options"][0], "rank")]},
        "option 1: rank must be a number from 1, or null where",
    ),
    (bent(ORDERING, rank=3), "the ranks must be 1, 2, 3 and so on, each once, not [1, 3]"),
    (bent(ORDERING, rank=1), "the ranks must be 1, 2, 3 and so on, each once, not [1, 1]"),
    (bent(ORDERING, correct=True), "option 1: there is no key 'correct'"),
    # Matching
    (without(MATCHING, "spare"), "spare is missing"),
    (MATCHING | {"spare": "15 minutes"}, "spare must be a list of texts"),
    (MATCHING | {"spare": []}, "at least one text on the right must be to spare"),
    (MATCHING | {"spare": ["1 gb"]}, "two texts on the right are the same"),
    (MATCHING | {"spare": ["[[fact:nowhere]]"]}, "spare 1 refers to [[fact:nowhere]]"),
    (bent(MATCHING, match=""), "every prompt and every spare needs its text on the right"),
    (bent(MATCHING, match="Option A"), "option a: the match names an option by its letter"),
    # True or false
    (TRUE_FALSE | {"answer": "false"}, "the answer must be true or false, not 'false'"),
    (TRUE_FALSE | {"answer": 0}, "the answer must be true or false, not 0"),
    (TRUE_FALSE | {"feedback": "Yes."}, "feedback must have right and wrong"),
    (TRUE_FALSE | {"feedback": {"right": "Yes."}}, "the question has no feedback if wrong"),
    (without(TRUE_FALSE, "answer"), "answer is missing"),
    (TRUE_FALSE | {"options": []}, "there is no key 'options'"),
    # Number
    (NUMBER | {"answer": 6}, "the answer must name a fact, or an amount with its unit and figure"),
    (NUMBER | {"answer": {"fact": "nowhere"}}, "the answer names the fact 'nowhere', which no"),
    (NUMBER | {"answer": {"fact": ["x"]}}, "the answer names the fact ['x'], which no"),
    (
        NUMBER | {"answer": {"fact": "guide-real-time-reply"}},
        "the fact guide-real-time-reply states no amount",
    ),
    (NUMBER | {"answer": FIGURE | {"figure": "nowhere"}}, "the answer names the figure 'nowhere'"),
    (
        NUMBER | {"answer": FIGURE | {"amount": 20}},
        "the answer is given as 20 min, but the figure async-timeout-default shows 15 minutes",
    ),
    (
        NUMBER | {"answer": FIGURE | {"unit": "s"}},
        "the answer is given as 15 s, but the figure async-timeout-default shows 15 minutes",
    ),
    (NUMBER | {"answer": FIGURE | {"amount": "many"}}, "the amount must be a number, not 'many'"),
    (NUMBER | {"tolerance": -1}, "tolerance must be a number from 0, not -1"),
    (NUMBER | {"tolerance": "NaN"}, "tolerance must be a number from 0, not 'NaN'"),
    (NUMBER | {"tolerance": 1e-9}, "tolerance is too fine: 1e-09"),
    # Open
    (without(OPEN, "model_answer"), "model_answer is missing"),
    (OPEN | {"model_answer": " "}, "the model answer is missing"),
    (OPEN | {"checklist": "It names it."}, "checklist must be a list of points"),
    (OPEN | {"checklist": ["One point."]}, "the checklist must have at least 2 points"),
    (OPEN | {"checklist": ["Same.", "same."]}, "two options have the same text: 'same.'"),
    (OPEN | {"checklist": ["[[figure:no]]", "b"]}, "checklist, point 1 refers to [[figure:no]]"),
    (OPEN | {"model_answer": "As option B."}, "the model answer names an option by its letter"),
)


@pytest.mark.parametrize(("row", "reason"), REFUSALS, ids=[reason[:45] for _, reason in REFUSALS])
def test_question_is_refused_in_words(load, row, reason):
    with pytest.raises(ContentError) as refused:
        load(row)

    [problem] = refused.value.problems
    assert problem.startswith(f"quiz_test.yaml, entry a-question: {reason}")


CASE_REFUSALS = (
    (without(CASE, "story"), "a-case: story is missing"),
    (CASE | {"hint": "None."}, "a-case: there is no key 'hint'"),
    (CASE | {"title": " "}, "a-case: the title is missing"),
    (CASE | {"story": 7}, "a-case: the story is missing"),
    (CASE | {"slug": "A case"}, "A case: slug must be small letters, digits and hyphens"),
    (CASE | {"parts": CASE["parts"][:1]}, "a-case: parts must be a list of at least 2 questions"),
    (CASE | {"parts": "none"}, "a-case: parts must be a list of at least 2 questions"),
    (
        CASE | {"parts": [CASE["parts"][0], "words"]},
        "a-case, part 2: must be a mapping",
    ),
    (
        CASE | {"parts": [CASE["parts"][0], CASE["parts"][0]]},
        "a-case, part part-one: the slug is used twice; first in quiz_test.yaml",
    ),
    (
        CASE | {"parts": [CASE["parts"][0], CASE["parts"][1] | {"profile": "aws"}]},
        "a-case, part part-two: its profile is aws, but that of the case is guide",
    ),
    (
        CASE | {"parts": [CASE["parts"][0], CASE["parts"][1] | {"kind": "case-study"}]},
        "a-case, part part-two: there is no kind 'case-study'",
    ),
)


@pytest.mark.parametrize(("row", "reason"), CASE_REFUSALS, ids=[r[:45] for _, r in CASE_REFUSALS])
def test_case_study_is_refused_in_words(load, row, reason):
    with pytest.raises(ContentError) as refused:
        load(row)

    assert refused.value.problems[0].startswith(f"quiz_test.yaml, entry {reason}")
