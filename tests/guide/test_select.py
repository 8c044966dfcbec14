"""The command line that others script against."""

import io
import json
import sys
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
WORKED_EXAMPLE = ("payload_mb=50", "processing_s=45", "reply=notify")


def run(command, *args):
    out = io.StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue()


def select(*args):
    return json.loads(run("select", *args, "--format", "json"), parse_float=Decimal)


def select_list(monkeypatch, text, *args):
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    return json.loads(run("select", "--json", "-", *args), parse_float=Decimal)


def refusal(*args):
    with pytest.raises(CommandError) as error:
        run(*args)
    assert error.value.returncode == 2
    assert "\n" not in str(error.value)
    return str(error.value)


def test_select_prints_the_contracts_object():
    data = select(*WORKED_EXAMPLE)

    assert list(data) == [
        "profile",
        "workload",
        "recommended",
        "basis",
        "ask_next",
        "conflicts",
        "muddy",
        "options",
        "shape",
    ]
    assert data["workload"] == {"payload_mb": 50, "processing_s": 45, "reply": "notify"}
    assert (data["recommended"], data["basis"]) == (["asynchronous"], "concept-box")
    assert data["options"][0] == {
        "option": "real-time",
        "ruling": "ruled-out",
        "in_doubt": [],
        "reasons": [
            {
                "trait": "payload_mb",
                "asked": 50,
                "relation": "at-most",
                "allowed": 6,
                "margin": 44,
                "unit": "MB",
                "hard": True,
                "fact": "guide-real-time-payload",
                "source": "Study guide, Comparison Tables, Max Payload",
                "as_of": None,
                "text": "50 MB is 44 MB over the 6 MB payload limit.",
            },
            data["options"][0]["reasons"][1],
        ],
        "loses_because": None,
        "possible_if": [
            [{"trait": "payload_mb", "from": 50, "relation": "at-most", "to": 6, "unit": "MB"}]
        ],
        "wins_if": data["options"][0]["wins_if"],
    }


def test_select_names_the_source_and_date_of_aws():
    reason = select(*WORKED_EXAMPLE, "--profile", "aws")["options"][0]["reasons"][0]

    assert (reason["fact"], reason["allowed"], reason["margin"]) == (
        "aws-real-time-payload",
        25,
        25,
    )
    assert reason["as_of"] == "2026-10-01"
    assert reason["source"].startswith("Inference options in Amazon SageMaker AI, ")


def test_select_shows_implied_values_in_the_workload():
    assert select("latency_ms=50", "models=2")["workload"] == {
        "latency_ms": 50,
        "reply": "same-call",
        "models": 2,
        "chain": 1,
    }


def test_select_writes_amounts_without_float_noise():
    text = run("select", "payload_mb=6145 KB", "--format", "json")

    assert '"payload_mb": 6.0009765625' in text
    assert '"margin": 0.0009765625' in text


def test_select_tells_what_the_other_profile_knows_where_this_one_is_silent():
    data = select("traffic=intermittent", "gpu=yes", "payload_mb=1")

    assert data["recommended"] == ["serverless"]
    assert [point["slug"] for point in data["muddy"]] == ["aws-serverless-gpu"]


def test_select_reads_well_as_text():
    text = run("select", *WORKED_EXAMPLE)

    assert "How to serve: asynchronous (concept box)" in text
    assert "50 MB is 44 MB over the 6 MB payload limit." in text


def test_select_reads_a_list_of_workloads(monkeypatch):
    rows = select_list(
        monkeypatch,
        '[{"payload_mb": 6}, {"payload_mb": 6.1, "gpu": null, "vpc": false}, {"gpu": "yes"}]',
    )

    assert [row["workload"] for row in rows] == [
        {"payload_mb": 6},
        {"payload_mb": Decimal("6.1"), "vpc": False},
        {"gpu": True},
    ]


def test_select_reads_an_empty_list_as_a_list(monkeypatch):
    assert select_list(monkeypatch, "[]") == []


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["payload_mb=NaN"], "payload_mb: 'NaN' is not accepted; give an amount above 0"),
        (["payload_mb=0"], "up to 1,048,576 MB"),
        (["payload_mb=-1"], "up to 1,048,576 MB"),
        (["payload_mb=2000000"], "up to 1,048,576 MB"),
        (["speed=5"], "'speed': there is no such trait"),
        (["gpu=yes", "gpu=no"], "gpu: it is given twice"),
        (["payload_mb"], "payload_mb: write it as trait=value"),
        (["payload_mb="], "payload_mb: write it as trait=value"),
        (["--profile", "azure"], "--profile: 'azure' is not accepted; give one of guide, aws."),
        (["--json", "missing.json"], "--json: missing.json cannot be read"),
    ],
)
def test_select_refuses_in_one_line_with_the_trait_and_its_range(args, words):
    assert words in refusal("select", *args)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[{"gpu": true}, {"payload_mb": 0}]', "workload 1: payload_mb: '0' is not accepted"),
        ('[{"payload_mb": NaN}]', "workload 0: payload_mb: 'NaN' is not accepted"),
        ('[{"payload_mb": 1e400}]', "workload 0: payload_mb:"),
        ('[{"payload_mb": 1, "payload_mb": 2}]', "workload 0: payload_mb: it is given twice"),
        ('[{"payload_mb": [1]}]', "workload 0: payload_mb:"),
        ('[{"payload_mb": true}]', "workload 0: payload_mb:"),
        ('[{"gpu": 1}]', "workload 0: gpu: '1' is not accepted; give yes or no."),
        ("[1]", "workload 0: workload: give an object of traits"),
        ("{}", "--json: give a list of workloads"),
        ("[", "--json: this is not JSON"),
        ("[" * 100_000, "--json: this is not JSON"),
    ],
)
def test_a_list_is_taken_whole_or_refused_with_the_index(monkeypatch, text, words):
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    assert words in refusal("select", "--json", "-")


def test_draw_prints_a_list_that_is_a_prefix_of_a_longer_one():
    shorter = json.loads(run("draw", "--seed", "7", "--count", "3"))
    longer = json.loads(run("draw", "--seed", "7", "--count", "6"))

    assert shorter == longer[:3]
    assert set(shorter[0]) == {"profile", "workload", "answer", "basis", "box_row", "facts"}


@pytest.mark.parametrize(
    "args", [("--seed", "x"), ("--seed", "7", "--count", "-1"), ("--seed", "7", "--profile", "x")]
)
def test_draw_refuses_bad_input_in_words(args):
    assert "is not accepted; give" in refusal("draw", *args)
