import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from quiz.bank.actions import load_questions
from quiz.bank.models import AnswerOption, Question, QuestionVersion
from studyapp.guide.actions import publish_edition
from studyapp.guide.files import ContentError
from studyapp.guide.models import Fact
from tests.factories import QuestionFactory
from tests.files import write_yaml

pytestmark = pytest.mark.django_db
FIXTURES = settings.FIXTURE_DIRS[0]

SCENARIO = {
    "slug": "medical-images",
    "kind": "single-choice",
    "profile": "guide",
    "objective": "compare-options",
    "difficulty": 2,
    "tags": ["scenario"],
    "stem": "Each image is 50 MB, takes 45 s, and the clinic is told. Which option?",
    "workload": {"payload_mb": "50 MB", "processing_s": 45, "reply": "notify"},
    "answer": "asynchronous",
}
WRITTEN = {
    "slug": "payload-by-the-guide",
    "kind": "single-choice",
    "profile": "guide",
    "objective": "compare-options",
    "difficulty": 1,
    "stem": "Which payload does real-time inference take, according to the guide?",
    "claim": "claim-01-real-time-payload",
    "options": [
        {
            "text": "[[fact:guide-real-time-payload]]",
            "correct": True,
            "feedback": {"picked": "The guide says so.", "left": "The guide says so."},
        },
        {
            "text": "[[fact:guide-asynchronous-payload]]",
            "feedback": {"picked": "That is asynchronous.", "left": "That is asynchronous."},
        },
    ],
}


@pytest.fixture
def load(tmp_path):
    """Load questions from a file of their own: load(question, …) says what was done."""

    def run(*rows):
        path = tmp_path / "quiz_test.yaml"
        write_yaml(path, list(rows))
        return load_questions(paths=[path])

    load_questions(paths=[])
    return run


def changed(row, **values):
    return {key: value for key, value in (row | values).items() if value is not None}


def current(slug):
    return QuestionVersion.objects.get(question__slug=slug, is_current=True)


def done(added=0, changed=0, unchanged=0, retired=0):
    return {"added": added, "changed": changed, "unchanged": unchanged, "retired": retired}


def test_scenario_is_published_with_what_the_engine_proved(load):
    assert load(SCENARIO) == done(added=1)

    version = current("medical-images")
    assert version.question.status == Question.Status.PUBLISHED
    assert version.certificate["answer"] == "asynchronous"
    assert version.workload == {"payload_mb": "50 MB", "processing_s": "45", "reply": "notify"}
    assert list(version.options.values_list("key", "is_correct", "stays_last")) == [
        ("real-time", False, False),
        ("serverless", False, False),
        ("asynchronous", True, False),
        ("batch-transform", False, False),
        ("none", False, True),
    ]
    assert not version.options.filter(feedback_picked="").exists()


def test_written_question_is_published_with_its_numbers_put_in(load):
    assert load(WRITTEN) == done(added=1)

    version = current("payload-by-the-guide")
    assert [option.text for option in version.options.all()] == ["6 MB", "1 GB"]
    assert version.claim["slug"] == "claim-01-real-time-payload"
    assert version.certificate is None


def test_ids_of_options_do_not_follow_the_order_of_the_author(load):
    load(SCENARIO)

    ids = list(current("medical-images").options.values_list("pk", flat=True))
    assert ids != sorted(ids)


def test_unchanged_files_do_nothing(load):
    load(SCENARIO)

    assert load(SCENARIO) == {}


def test_other_question_in_the_file_leaves_this_one_as_it_was(load):
    load(SCENARIO)
    before = list(QuestionVersion.objects.values())

    assert load(SCENARIO, WRITTEN) == done(added=1, unchanged=1)
    assert [row for row in QuestionVersion.objects.values() if row["id"] == before[-1]["id"]] == [
        before[-1]
    ]


def test_changed_wording_appends_a_version(load):
    load(SCENARIO)
    first = current("medical-images")

    assert load(changed(SCENARIO, stem="Told anew. Which option?")) == done(changed=1)

    second = current("medical-images")
    first.refresh_from_db()
    assert (first.number, first.is_current, first.stem) == (1, False, SCENARIO["stem"])
    assert (second.number, second.stem) == (2, "Told anew. Which option?")
    assert first.options.count() == second.options.count() == 5


def test_changed_filing_needs_no_version(load):
    load(SCENARIO)

    assert load(changed(SCENARIO, difficulty=3)) == done(changed=1)
    assert current("medical-images").number == 1
    assert Question.objects.get(slug="medical-images").difficulty == 3


def test_changed_fact_appends_a_version_to_what_rests_on_it(load):
    load(SCENARIO)
    fact = Fact.objects.current().get(slug="guide-real-time-payload")
    Fact.objects.filter(pk=fact.pk).update(value=8, revision=2)
    publish_edition(files_digest="eight")

    assert load(SCENARIO) == done(changed=1)
    assert current("medical-images").number == 2
    reasons = current("medical-images").explanation["options"]["real-time"]
    assert reasons[0]["margin"] == "42"


def test_question_that_left_the_files_is_retired_and_comes_back(load):
    load(SCENARIO, WRITTEN)

    assert load(WRITTEN) == done(unchanged=1, retired=1)
    assert Question.objects.get(slug="medical-images").status == Question.Status.RETIRED
    assert load(SCENARIO, WRITTEN) == done(changed=1, unchanged=1)
    assert current("medical-images").number == 1


def test_what_staff_wrote_is_left_alone(load):
    mine = QuestionFactory(slug="medical-images", difficulty=3)

    assert load(SCENARIO) == done() | {"left to staff": 1}
    assert load() == done()
    mine.refresh_from_db()
    assert (mine.status, mine.difficulty) == (Question.Status.PUBLISHED, 3)


OPTIONS = WRITTEN["options"]
REFUSALS = (
    (changed(SCENARIO, kind="riddle"), "there is no kind 'riddle'; known are single-choice"),
    (changed(SCENARIO, profile="azure"), "there is no profile 'azure'; known are guide, aws"),
    (changed(SCENARIO, objective="none"), "there is no objective 'none'; known are "),
    (changed(SCENARIO, difficulty=4), "difficulty must be 1, 2 or 3, not 4"),
    (changed(SCENARIO, difficulty=True), "difficulty must be 1, 2 or 3, not True"),
    (changed(SCENARIO, difficulty="2"), "difficulty must be 1, 2 or 3, not '2'"),
    (changed(SCENARIO, tags="scenario"), "tags must be a list of words"),
    (changed(SCENARIO, stem="  "), "the stem is missing"),
    (changed(SCENARIO, stem=12), "the stem is missing"),
    (changed(SCENARIO, stem="Why not option B?"), "the stem names an option by its letter"),
    (changed(SCENARIO, stem="It takes [[fact:nowhere]]."), "stem refers to [[fact:nowhere]]"),
    (changed(SCENARIO, hint="None."), "there is no key 'hint'"),
    (changed(SCENARIO, answer=None), "answer is missing"),
    (changed(SCENARIO, workload=None), "workload is missing"),
    (changed(SCENARIO, objective=None), "objective is missing"),
    (changed(SCENARIO, options=OPTIONS), "needs either workload and answer, or options"),
    (changed(SCENARIO, workload=["50 MB"]), "workload must name traits and their values"),
    (changed(SCENARIO, workload={"colour": "red"}), "workload, 'colour': there is no such trait"),
    (changed(SCENARIO, workload={"payload_mb": -1}), "workload, payload_mb: '-1' is not accepted"),
    (
        changed(SCENARIO, workload={"payload_mb": [1]}),
        "workload, payload_mb: '[1]' is not accepted",
    ),
    (
        changed(SCENARIO, workload={"payload_mb": 1}),
        "the engine cannot prove one answer: More than",
    ),
    (
        changed(SCENARIO, answer="serverless"),
        "the answer is given as serverless, but the engine proves asynchronous",
    ),
    (changed(SCENARIO, answer=["none"]), "the answer is given as ['none'], but"),
    (changed(WRITTEN, options=None), "options is missing"),
    (changed(WRITTEN, options="6 MB"), "options must be a list of mappings"),
    (changed(WRITTEN, options=[{"text": "6 MB"}]), "option 1 has no feedback"),
    (changed(WRITTEN, options=[OPTIONS[0] | {"right": True}]), "option 1: there is no key 'right'"),
    (
        changed(WRITTEN, options=[OPTIONS[0], OPTIONS[1] | {"feedback": {"left": "No."}}]),
        "option option-2 has no feedback if picked",
    ),
    (
        changed(WRITTEN, options=[OPTIONS[0], OPTIONS[1] | {"correct": True}]),
        "exactly one option must be marked as correct",
    ),
    (
        changed(WRITTEN, options=[OPTIONS[0], OPTIONS[1] | {"text": "Both A and B"}]),
        "option option-2: the text names an option by its letter or place",
    ),
    (changed(WRITTEN, options=[OPTIONS[0] | {"key": "A b"}]), "option 1: key must be small"),
    (changed(WRITTEN, claim="claim-99"), "there is no claim 'claim-99'"),
)


@pytest.mark.parametrize(("row", "reason"), REFUSALS, ids=[reason[:40] for _, reason in REFUSALS])
def test_question_is_refused_in_words(load, row, reason):
    with pytest.raises(ContentError) as refused:
        load(row)

    [problem] = refused.value.problems
    assert problem.startswith(f"quiz_test.yaml, entry {row['slug']}: {reason}")


@pytest.mark.parametrize("slug", (None, 7, "Two Words", "a" * 81))
def test_question_without_a_good_slug_is_refused(load, slug):
    with pytest.raises(ContentError) as refused:
        load(SCENARIO | {"slug": slug})

    assert "slug must be small letters, digits and hyphens" in refused.value.problems[0]


def test_repeated_slug_is_refused(load):
    with pytest.raises(ContentError) as refused:
        load(SCENARIO, SCENARIO)

    assert refused.value.problems == [
        "quiz_test.yaml, entry medical-images: the slug is used twice; first in quiz_test.yaml"
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    (
        ("- [", "quiz_test.yaml: cannot be read as YAML"),
        ("slug: one", "quiz_test.yaml: must be a list of questions"),
        ("- just words", "quiz_test.yaml, entry 1: must be a mapping"),
    ),
)
def test_file_that_holds_no_questions_is_refused(tmp_path, text, problem):
    path = tmp_path / "quiz_test.yaml"
    path.write_text(text)

    with pytest.raises(ContentError) as refused:
        load_questions(paths=[path])

    assert refused.value.problems[0].startswith(problem)


def test_all_problems_are_named_and_nothing_is_loaded(load):
    load(WRITTEN)
    before = list(Question.objects.values())

    with pytest.raises(ContentError) as refused:
        load(changed(SCENARIO, answer="serverless"), changed(WRITTEN, claim="claim-99"))

    assert len(refused.value.problems) == 2
    assert list(Question.objects.values()) == before


def test_command_names_the_problem_and_ends_with_two(tmp_path):
    (tmp_path / "quiz_bad.yaml").write_text("- 1")
    for path in FIXTURES.glob("guide_*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())

    with pytest.raises(CommandError, match=r"quiz_bad.yaml, entry 1: must be a mapping") as refused:
        call_command("load_content", folder=tmp_path)

    assert refused.value.returncode == 2


def test_second_load_asks_little(django_assert_max_num_queries):
    paths = sorted(FIXTURES.glob("quiz_*.yaml"))

    with django_assert_max_num_queries(4):
        assert load_questions(paths=paths) == {}


def test_versions_are_never_updated(load):
    load(SCENARIO)
    options = list(AnswerOption.objects.values())
    versions = list(QuestionVersion.objects.defer("is_current").values("id", "stem", "digest"))

    load(changed(SCENARIO, stem="Told anew. Which option?"))

    assert [row for row in AnswerOption.objects.values() if row in options] == options
    kept = list(QuestionVersion.objects.values("id", "stem", "digest"))
    assert [row for row in kept if row in versions] == versions
