import re

import pytest

pytestmark = pytest.mark.django_db

ALL = "/guide/worked-example/?" + "&".join(
    f"guess={guess}" for guess in ("ruled-out", "ruled-out", "ruled-out", "possible", "opened")
)


def steps(page):
    return re.findall(r'<li id="step-(\d)">\s*<h3>(.+?)</h3>', page.text)


def test_first_step_asks_and_tells_nothing(client):
    page = client.get("/guide/worked-example/")

    assert steps(page) == [("1", "Real-time inference")]
    assert "What do you predict?" in page.text
    assert "44 MB" not in page.text
    assert "The recommendation" not in page.text


def test_prediction_opens_the_step_with_its_margin_and_source(client):
    page = client.get("/guide/worked-example/?guess=ruled-out")

    assert [number for number, _ in steps(page)] == ["1", "2"]
    assert "50 MB is 44 MB over the 6 MB payload limit." in page.text
    assert "Comparison Tables, Max Payload" in page.text
    assert "You predicted: it is ruled out. Right." in page.text
    assert '<input type="hidden" name="guess" value="ruled-out">' in page.text


def test_wrong_prediction_is_told_so(client):
    page = client.get("/guide/worked-example/?guess=possible")

    assert "You predicted: it can serve this case. Not so." in page.text


def test_serverless_falls_by_its_payload_alone(client):
    page = client.get("/guide/worked-example/?guess=ruled-out&guess=ruled-out").text
    step = page[page.index('id="step-2"') : page.index('id="step-3"')]

    assert len(re.findall(r'class="reason reason--hard"', step)) == 1
    assert "50 MB is 44 MB over the 6 MB payload limit." in step
    assert "Only the" in step


def test_last_step_ends_with_asynchronous_and_sns(client):
    page = client.get(ALL).text
    result = page[page.index('id="result"') :]

    assert "You predicted 4 of 4 steps right." in result
    assert re.search(r"Asynchronous</span>\s*is recommended, with an Amazon SNS topic", result)
    assert "large payloads or long processing" in result
    assert result.count('role="img"') == 2
    assert "payload at most 6 MB" in result


@pytest.mark.parametrize(
    ("profile", "margin"),
    (
        ("guide", "50 MB is 44 MB over the 6 MB payload limit."),
        ("aws", "50 MB is 25 MB over the 25 MB payload limit."),
    ),
)
def test_steps_speak_by_the_profile(client, profile, margin):
    assert margin in client.get(f"/guide/worked-example/?show=all&profile={profile}").text


def test_all_steps_can_be_shown_without_predicting(client):
    page = client.get("/guide/worked-example/?show=all")

    assert len(steps(page)) == 5
    assert "You predicted" not in page.text


@pytest.mark.parametrize(
    "query", ("guess=perhaps", "guess=", "show=some", "guess=%00&guess=ruled-out")
)
def test_nonsense_opens_nothing(client, query):
    page = client.get(f"/guide/worked-example/?{query}")

    assert page.status_code == 200
    assert steps(page) == [("1", "Real-time inference")]


def test_guesses_beyond_the_last_step_are_ignored(client):
    assert len(steps(client.get(f"{ALL}&guess=possible&guess=possible"))) == 5


@pytest.mark.parametrize(
    ("case", "query"),
    (
        ("medical-images", "payload_mb=50&amp;processing_s=45&amp;reply=notify"),
        ("style", "cold_start=acceptable&amp;idle_cost=none&amp;payload_mb=100+KB"),
    ),
)
def test_examples_open_in_the_wizard(client, case, query):
    assert f"/wizard/?{query}" in client.get("/guide/examples/").text


@pytest.mark.parametrize("profile", ("guide", "aws"))
def test_every_example_is_decided_as_it_is_told(client, profile):
    page = client.get(f"/guide/examples/?profile={profile}").text

    for section in page.split('<section class="pair"')[1:]:
        told, computed = re.findall(r'mark--([\w-]+)"', section)
        assert told == computed
