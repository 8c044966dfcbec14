import shutil

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from studyapp.guide.actions import load_guide
from studyapp.guide.files import ContentError
from studyapp.guide.models import (
    BoxRow,
    Checkpoint,
    Claim,
    Edition,
    Fact,
    Figure,
    Section,
    Source,
    Term,
)
from tests.files import read_yaml, write_yaml

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """The content files, to be changed as a test wants."""
    for path in settings.FIXTURE_DIRS[0].glob("guide_*.yaml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def load(folder):
    return load_guide(paths=sorted(folder.glob("guide_*.yaml")))


def rewrite(folder, name, change):
    """Let `change` edit the entries of one file."""
    path = folder / f"guide_{name}.yaml"
    rows = read_yaml(path)
    change(rows)
    write_yaml(path, rows)


def set_field(slug, **fields):
    def change(rows):
        next(row for row in rows if row["fields"]["slug"] == slug)["fields"].update(fields)

    return change


def count_all():
    return {model: model.objects.count() for model in (Fact, Term, Claim, Figure, Section)}


# Nothing has changed


def test_unchanged_files_are_not_loaded_again(folder, django_assert_num_queries):
    edition = Edition.objects.get()

    with django_assert_num_queries(3):  # a savepoint around one question
        assert load(folder) == {}

    assert Edition.objects.get().number == edition.number


def test_command_says_that_nothing_has_changed(capsys):
    call_command("load_content")

    assert capsys.readouterr().out.count("not changed since the last time") == 4


# What is refused


@pytest.mark.parametrize(
    ("name", "change", "words"),
    (
        (
            "facts",
            set_field("guide-real-time-payload", value=6, colour="red"),
            "guide_facts.yaml, entry 1: guide-real-time-payload: fact has no field 'colour'",
        ),
        (
            "facts",
            set_field("guide-real-time-payload", relation="about"),
            "entry 1: guide-real-time-payload: relation: Value 'about' is not a valid choice.",
        ),
        (
            "facts",
            set_field("guide-real-time-payload", subject=["submarine"]),
            "guide_facts.yaml, fact guide-real-time-payload: subject names 'submarine', which no file holds",
        ),
        (
            "facts",
            set_field("guide-real-time-payload", subject="real-time"),
            "subject must be written as [slug], not 'real-time'",
        ),
        ("facts", set_field("guide-real-time-payload", source=None), "source is missing"),
        (
            "terms",
            set_field("cold-start", definition="At most [[fact:none-such]]."),
            "guide_terms.yaml, term cold-start: definition refers to [[fact:none-such]], which no file holds",
        ),
        (
            "terms",
            set_field("cold-start", definition=""),
            "cold-start: definition: This field cannot be blank.",
        ),
        (
            "claims",
            set_field("claim-01-real-time-payload", verdict="perhaps"),
            "verdict: Value 'perhaps' is not a valid choice.",
        ),
        (
            "claims",
            lambda rows: rows.append(rows[0]),
            "guide_claims.yaml, claim claim-01-real-time-payload: the slug is used twice",
        ),
        (
            "terms",
            lambda rows: rows.append({"model": "guide.word", "fields": {}}),
            "guide_terms.yaml, entry 107: there is no model 'guide.word'",
        ),
        (
            "terms",
            lambda rows: rows.append("a line"),
            "guide_terms.yaml, entry 107: must have exactly the keys model and fields",
        ),
        (
            "terms",
            lambda rows: rows.append({"model": "people.user", "fields": {"slug": "x"}}),
            "must be a model of guide with fields that hold a slug",
        ),
    ),
)
def test_bad_entry_is_refused_with_file_entry_and_reason(folder, name, change, words):
    before, edition = count_all(), Edition.objects.get().number
    rewrite(folder, name, change)

    with pytest.raises(ContentError) as refused:
        load(folder)

    assert words in str(refused.value)
    assert (count_all(), Edition.objects.get().number) == (before, edition)


def test_broken_yaml_is_refused_with_its_file(folder):
    (folder / "guide_terms.yaml").write_text("- model: [guide.term\n")

    with pytest.raises(ContentError, match=r"guide_terms\.yaml: cannot be read as YAML"):
        load(folder)


def test_all_problems_are_told_at_once(folder):
    rewrite(folder, "terms", set_field("cold-start", definition=""))
    rewrite(folder, "claims", set_field("claim-01-real-time-payload", verdict="perhaps"))

    with pytest.raises(ContentError) as refused:
        load(folder)

    assert {problem.split(",")[0] for problem in refused.value.problems} == {
        "guide_terms.yaml",
        "guide_claims.yaml",
    }


@pytest.mark.parametrize(
    ("name", "change", "words"),
    (
        (
            "facts",
            set_field("guide-real-time-payload", value="six"),
            "guide_facts.yaml, fact guide-real-time-payload: the engine cannot read it",
        ),
        (
            "facts",
            set_field("guide-real-time-payload", unit="furlong"),
            "the engine knows no 'furlong'",
        ),
        (
            "facts",
            set_field("guide-asynchronous-reply", value=["pigeon"]),
            "fact guide-asynchronous-reply: 'pigeon' is not a choice of the trait",
        ),
        (
            "facts",
            set_field(
                "guide-serverless-cold-start-idle",
                when=[{"trait": "mood", "relation": "is", "value": "good"}],
            ),
            "the engine knows no 'mood'",
        ),
        (
            "facts",
            set_field("aws-real-time-payload-sdk", disputes="none-such"),
            "'none-such' is not a fact",
        ),
        (
            "box",
            set_field("guide-box-offline", chooses=["pigeon-post"]),
            "guide_box.yaml, boxrow guide-box-offline: 'pigeon-post' is not an option or a shape",
        ),
        (
            "pairs",
            lambda rows: rows[0]["fields"].update(workload={"payload_mb": "many"}),
            "payload_mb: 'many' is not accepted",
        ),
        (
            "muddy_points",
            set_field("M1", touches=[{"trait": "payload_mb", "relation": "above", "value": "x"}]),
            "guide_muddy_points.yaml, muddypoint M1: the engine cannot read it",
        ),
    ),
)
def test_what_the_engine_cannot_read_is_refused_by_its_entry(folder, name, change, words):
    rewrite(folder, name, change)

    with pytest.raises(ContentError) as refused:
        load(folder)

    assert words in str(refused.value)
    assert len(refused.value.problems) == 1
    assert not Fact.objects.filter(revision=2).exists()


def test_second_claim_of_one_number_is_refused_by_its_entry(folder):
    rewrite(folder, "claims", set_field("claim-02-serverless-payload", number=1))

    with pytest.raises(ContentError, match=r"guide_claims.yaml, claim claim-0\d-"):
        load(folder)


def test_failure_halfway_leaves_nothing_half_loaded(folder, monkeypatch):
    rewrite(folder, "facts", set_field("guide-real-time-payload", value=7))
    monkeypatch.setattr("studyapp.guide.actions.profiles_from", lambda document: {}["gone"])

    with pytest.raises(ContentError, match="the engine cannot read the facts"):
        load(folder)

    assert Fact.objects.current().get(slug="guide-real-time-payload").value == 6


def test_command_refuses_in_words_and_with_status_2(folder):
    rewrite(folder, "terms", set_field("cold-start", definition=""))

    with pytest.raises(CommandError, match="Nothing was loaded") as refused:
        call_command("load_content", "--from", str(folder))

    assert refused.value.returncode == 2


# What has changed


def test_changed_fact_becomes_a_new_revision(folder):
    before = Fact.objects.current().get(slug="guide-real-time-payload")
    rewrite(folder, "facts", set_field("guide-real-time-payload", value=7))

    assert load(folder)["changed"] == 1

    old, new = Fact.objects.filter(slug="guide-real-time-payload").order_by("revision")
    assert (old.pk, old.value, old.revision, old.is_current) == (before.pk, 6, 1, False)
    assert (new.value, new.revision, new.is_current) == (7, 2, True)


def test_page_shows_the_new_revision_at_once(client, folder):
    client.get("/guide/compare/")
    rewrite(folder, "facts", set_field("guide-real-time-payload", value=7))
    load(folder)

    assert "7 MB" in client.get("/guide/compare/?option=real-time").text


def test_fact_that_left_the_files_is_retired_and_kept(folder):
    rewrite(
        folder,
        "facts",
        lambda rows: rows.pop(
            next(
                n
                for n, row in enumerate(rows)
                if row["fields"]["slug"] == "aws-real-time-streaming"
            )
        ),
    )

    load(folder)

    assert not Fact.objects.get(slug="aws-real-time-streaming").is_current


def test_changed_text_is_changed_in_place(folder):
    before = Term.objects.get(slug="cold-start")
    rewrite(folder, "terms", set_field("cold-start", definition="A slow start."))

    load(folder)

    after = Term.objects.get(slug="cold-start")
    assert (after.pk, after.definition) == (before.pk, "A slow start.")


def test_text_that_left_the_files_is_removed(folder):
    rewrite(folder, "checkpoints", lambda rows: rows.pop())

    assert load(folder)["removed"] == 1
    assert Checkpoint.objects.count() == 3


def test_what_staff_wrote_is_left_alone(folder):
    cold_start = Term.objects.get(slug="cold-start")
    Term.objects.create(
        slug="warm-up", name="Warm-up", definition="Ours.", source=cold_start.source
    )
    rewrite(folder, "terms", set_field("cold-start", definition="A slow start."))

    load(folder)

    assert Term.objects.get(slug="warm-up").definition == "Ours."


def test_two_box_rows_change_places(folder):
    def swap(rows):
        first, second = (r["fields"] for r in rows[:2])
        first["position"], second["position"] = second["position"], first["position"]

    rewrite(folder, "box", swap)
    load(folder)
    places = dict(BoxRow.objects.values_list("slug", "position"))

    assert (places["guide-box-low-latency"], places["guide-box-intermittent"]) == (2, 1)


def test_source_of_a_retired_fact_stays_with_it(folder):
    def without_app(rows):
        rows[:] = [row for row in rows if row["fields"]["slug"] != "sha"]

    def moved(rows):
        for row in rows:
            if row["fields"].get("source") == ["sha"]:
                row["fields"]["source"] = ["abt"]
            row["fields"]["sources"] = [s for s in row["fields"].get("sources", []) if s != ["sha"]]
            if not row["fields"]["sources"]:
                del row["fields"]["sources"]

    rewrite(folder, "sources", without_app)
    for path in folder.glob("guide_*.yaml"):
        rewrite(folder, path.stem.removeprefix("guide_"), moved)
    load(folder)

    assert Source.objects.filter(slug="sha").exists()
    assert not Fact.objects.current().filter(source__slug="sha").exists()


def test_what_loaddata_brought_is_taken_over_without_new_revisions(folder):
    Fact.objects.update(from_files=False)
    Edition.objects.update(files_digest="")

    assert load(folder)["changed"] == 0
    assert set(Fact.objects.values_list("revision", "from_files")) == {(1, True)}
