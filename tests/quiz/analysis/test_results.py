"""What an instructor reads of a class: equal to a recount, the same in files, and hidden where it is few."""

import csv
import io
import random
import re
import statistics
from datetime import timedelta
from importlib import import_module
from math import isclose, sqrt

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quiz.analysis.actions import regrade, undo
from quiz.analysis.figures import figures_of
from quiz.analysis.people import people_of
from quiz.analysis.running import reopen
from quiz.practice.models import Pick
from quiz.sets.actions import remove_member
from quiz.sets.models import Member
from tests.factories import MemberFactory, version_of
from tests.quiz.specimens import SPECIMENS

from .classes import STARTED, a_set, answers, takes, written

pytestmark = pytest.mark.django_db
NOW = STARTED + timedelta(hours=2)
RECOUNT = """
    SELECT m.name, COUNT(DISTINCT s.id),
           SUM(CASE WHEN p.is_scored THEN COALESCE(1.0 * p.points / p.points_of, 0) ELSE 0 END),
           SUM(CASE WHEN p.is_scored THEN 1 ELSE 0 END)
    FROM quiz_member m
    JOIN quiz_practicesession s ON s.learner_id = m.learner_id AND s.quiz_set_id = m.quiz_set_id
    JOIN quiz_position p ON p.session_id = s.id
    WHERE m.quiz_set_id = %s AND s.finished_at IS NOT NULL AND s.try_number = 1
    GROUP BY m.id, m.name ORDER BY m.name
"""
BY_OPTION = """
    SELECT o.id, COUNT(*) FROM quiz_answeroption o
    JOIN quiz_position p ON p.version_id = o.version_id
    JOIN quiz_practicesession s ON s.id = p.session_id
    WHERE s.quiz_set_id = %s AND s.finished_at IS NOT NULL AND s.try_number = 1
      AND CAST(p.response AS text) = CAST(o.id AS text)
    GROUP BY o.id
"""


def sql(query, quiz_set):
    with connection.cursor() as cursor:
        cursor.execute(query, [quiz_set.pk])
        return cursor.fetchall()


def get(client, quiz_set, page="", **query):
    client.force_login(quiz_set.owner)
    return client.get(f"/sets/{quiz_set.pk}/results/{page}", query)


def rows_of(response):
    body = b"".join(response) if response.streaming else response.content
    return list(csv.DictReader(io.StringIO(body.decode())))


def cells(response, label):
    """The texts of the cells of the table under a label, row by row."""
    table = response.text.partition(f'aria-labelledby="{label}"')[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2], re.S)
    return [
        [
            " ".join(re.sub(r"<details>.*?</details>|<[^>]+>", " ", cell, flags=re.S).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        ]
        for row in rows
    ]


@pytest.fixture
def a_class():
    """25 people of different strength through six questions; some take it twice, one is not done."""
    dice, held = random.Random(5), a_set(*written(6))
    for number in range(25):
        strength = dice.random()
        places = [1 if dice.random() < strength else dice.choice((2, 3, 4, None)) for _ in range(6)]
        first = takes(held, places, name=f"Learner {number:02}", minutes=number + 1)
        if number % 5 == 0:
            member = Member.objects.get(learner=first.learner)
            answers(held, member, [1] * 6)
    takes(held, [1] * 6, name="Unready", is_finished=False)
    MemberFactory(quiz_set=held, name="Absent")
    return held


def figures(held):
    return figures_of(held, people_of(held))


# Equal to a recount


def test_every_learner_has_the_score_that_a_recount_in_sql_gives(client, a_class):
    page = get(client, a_class, sort="name")

    shown = {row[0]: row[2] for row in cells(page, "learners")}
    recounted = {
        name: f"{points:.0f} of {of} ({int(100 * float(points) / of + 0.5)} %)"
        for name, _, points, of in sql(RECOUNT, a_class)
    }
    assert shown == recounted | {"Unready": "–", "Absent": "–"}


def test_options_are_counted_as_a_recount_in_sql_does(a_class):
    found = {}
    for each in figures(a_class).questions.values():
        found |= each.picks

    assert found == dict(sql(BY_OPTION, a_class))


def test_true_and_false_are_counted_like_any_other_option(client):
    held = a_set(version_of(SPECIMENS["true-false"]))
    for place in (1, 1, 1, 2, None, 2, 2, 2, 2, 2):
        takes(held, [place])

    page = get(client, held, f"questions/{held.items.get().version_id}/")
    rows = cells(page, "picked")

    assert [row[:2] for row in rows] == [["True", "3 (30.0 %)"], ["False right", "6 (60.0 %)"]]
    assert [row[3] for row in rows] == ["Look again.", "Well done."]
    lines = rows_of(get(client, held, "questions.csv"))
    assert [row["picked by"] for row in lines] == ["3", "6"]


def test_what_was_picked_before_it_was_counted_is_counted_too():
    held = a_set(version_of(SPECIMENS["true-false"]), *written(1))
    for places in ([1, 1], [None, 2]):
        takes(held, places)
    counted = set(Pick.objects.values_list("position", "option"))
    Pick.objects.filter(position__version__kind="true-false").delete()

    import_module("quiz.migrations.0008_picks_of_true_and_false").write_picks(apps, None)

    assert len(counted) == 3
    assert set(Pick.objects.values_list("position", "option")) == counted


def test_statistics_equal_an_independent_computation_from_raw_rows(a_class):
    query = """
        SELECT p.session_id, p.version_id, COALESCE(1.0 * p.points / p.points_of, 0)
        FROM quiz_position p JOIN quiz_practicesession s ON s.id = p.session_id
        WHERE s.quiz_set_id = %s AND s.finished_at IS NOT NULL AND s.try_number = 1
    """
    sheets = {}
    for session, version, mark in sql(query, a_class):
        sheets.setdefault(session, {})[version] = float(mark)
    found = figures(a_class)

    for version, each in found.questions.items():
        own = [sheet[version] for sheet in sheets.values()]
        others = [sum(sheet.values()) - sheet[version] for sheet in sheets.values()]
        of, best = each.statistics, statistics.covariance(sorted(own), sorted(others))
        assert (of.n, len(own)) == (25, 25)
        assert isclose(of.facility, statistics.fmean(own), abs_tol=1e-9)
        assert isclose(of.sd, statistics.stdev(own), abs_tol=1e-9)
        assert isclose(of.discrimination, statistics.correlation(own, others), abs_tol=1e-9)
        assert isclose(of.efficiency, statistics.covariance(own, others) / best, abs_tol=1e-9)
        assert of.guess == 0.25
    totals = [sum(sheet.values()) for sheet in sheets.values()]
    items = sum(
        statistics.variance([sheet[version] for sheet in sheets.values()])
        for version in found.questions
    )
    alpha = 6 / 5 * (1 - items / statistics.variance(totals))
    sd = statistics.stdev([total / 6 for total in totals])
    assert isclose(found.whole.mean, statistics.fmean(totals) / 6, abs_tol=1e-9)
    assert isclose(found.whole.median, statistics.median(totals) / 6, abs_tol=1e-9)
    assert isclose(found.whole.sd, sd, abs_tol=1e-9)
    assert isclose(found.whole.consistency, alpha, abs_tol=1e-9)
    assert isclose(found.whole.error, sd * sqrt(1 - alpha), abs_tol=1e-9)


# What counts


def test_the_table_shows_the_first_the_best_or_the_last_try(client):
    held = a_set(*written(2))
    member = MemberFactory(quiz_set=held, name="Grace")
    for places in ([1, 2], [1, 1], [2, 2]):
        answers(held, member, places)

    shown = [cells(get(client, held, **{"try": which}), "learners")[0][2] for which in
             ("first", "best", "last", "nonsense")]  # fmt: skip

    assert shown == ["1 of 2 (50 %)", "2 of 2 (100 %)", "0 of 2 (0 %)", "1 of 2 (50 %)"]


def test_later_tries_open_tries_and_the_removed_change_no_statistics(a_class):
    before = figures(a_class)
    assert before.whole.n == 25

    again = Member.objects.get(name="Learner 01")
    answers(a_class, again, [2] * 6)
    assert figures(a_class) == before

    remove_member(member=again, by=a_class.owner, now=NOW)
    assert figures(a_class).whole.n == 24


def test_lines_are_sorted_both_ways(client, a_class):
    up = [row[2] for row in cells(get(client, a_class, sort="score"), "learners")]
    down = [row[2] for row in cells(get(client, a_class, sort="-score"), "learners")]

    percents = [int(re.search(r"\((\d+)", each)[1]) for each in down if "(" in each]
    assert percents == sorted(percents, reverse=True)
    assert up[:2] == ["–", "–"]


def test_a_question_that_is_graded_by_oneself_has_no_statistics(client):
    held = a_set(*written(1), version_of(SPECIMENS["open"]))
    for _ in range(12):
        session = takes(held, [1, None])

    found = figures(held).questions

    assert [each.statistics is None for each in found.values()].count(True) == 1
    assert session.score.of == 1
    assert "graded by whoever answers" in get(client, held, "questions/").text


def test_questions_that_differ_from_person_to_person_have_no_consistency():
    one, two, three = written(3)
    held = a_set(one, two)
    for n in range(6):
        takes(held, [1, 1 + n % 2])
    held.items.filter(version=two).update(version=three, question=three.question)
    for n in range(6):
        takes(held, [1 + n % 2, 1])

    found = figures(held)

    assert [found.questions[each.pk].asked for each in (one, two, three)] == [12, 6, 6]
    assert (found.whole.n, found.whole.consistency, found.is_one_list) == (12, None, False)


# Few people


@pytest.mark.parametrize(("people", "is_shown"), [(9, False), (10, True)])
def test_figures_are_hidden_in_words_below_ten_people(client, people, is_shown):
    held = a_set(*written(2))
    for n in range(people):
        takes(held, [1 + n % 2, 1 + n % 3])

    whole, each = get(client, held).text, get(client, held, "questions/").text

    assert ('<dl class="glance">' in whole) is is_shown
    assert ("Statistics are shown from 10 on" in whole) is not is_shown
    assert ("shown from 10 people on" in each) is not is_shown
    assert {row["facility"] == "" for row in rows_of(get(client, held, "questions.csv"))} == {
        not is_shown
    }


def test_an_empty_class_is_told_what_to_do_next(client):
    held = a_set(*written(1))

    assert "Show the link and the code" in get(client, held).text
    assert "shown from 10 people on" in get(client, held, "questions/").text


# Files


def test_the_files_have_what_the_pages_show(client, a_class):
    file = {row["learner"]: row for row in rows_of(get(client, a_class, "learners.csv"))}
    for which in ("first", "best", "last"):
        shown = cells(get(client, a_class, **{"try": which}), "learners")
        assert len(shown) == len(file) == 27
        for name, tries, score, _, state in shown:
            row = file[name]
            points, of, percent = (
                row[f"{which} try: {what}"] for what in ("points", "of", "percent")
            )
            assert score == (f"{points} of {of} ({percent} %)" if points else "–")
            assert (tries, state) == (row["tries"], row["state"])


def test_the_file_of_questions_has_the_figures_of_the_page(client, a_class):
    rows = rows_of(get(client, a_class, "questions.csv"))
    shown = cells(get(client, a_class, "questions/"), "questions")

    by_question = {row["number"]: row for row in rows}
    assert len(rows) == 24
    for row, line in zip(by_question.values(), shown, strict=True):
        assert line[1] == row["asked"]
        low, high = float(row["facility_low"]), float(row["facility_high"])
        assert line[2] == f"{float(row['facility']):.1f} % {low:.1f} to {high:.1f}"
        assert line[3] == f"{float(row['sd']):.1f} %"
        assert line[4].startswith(f"{float(row['discrimination']):.2f} ")
        assert line[5] == f"{float(row['efficiency']):.1f} %"
        assert line[6] == f"{float(row['guess']):.1f} %"


def test_the_file_of_answers_has_every_answer_of_every_finished_try(client, a_class):
    rows = rows_of(get(client, a_class, "answers.csv"))

    assert len(rows) == (25 + 5) * 6
    marks = [float(row["share"]) for row in rows if row["try"] == "1"]
    assert sum(marks) == sum(points for _, _, points, _ in sql(RECOUNT, a_class))
    assert {row["answer"] for row in rows} <= {"", *(f"Text {n}" for n in (1, 2, 3, 4))}


@pytest.mark.parametrize("file", ["learners.csv", "answers.csv"])
def test_a_name_is_never_taken_for_a_formula(client, file):
    held = a_set(*written(1))
    takes(held, [1], name="=HYPERLINK(1)")

    (row,) = rows_of(get(client, held, file))

    assert row["learner"] == "'=HYPERLINK(1)"


# What it costs


@pytest.mark.parametrize(
    "page", ["", "questions/", "learners.csv", "questions.csv", "answers.csv", "one"]
)
def test_the_number_of_statements_is_the_same_for_every_size_of_class(client, page):
    held = a_set(*written(3))
    path = f"questions/{held.items.first().version_id}/" if page == "one" else page

    def statements():
        client.force_login(held.owner)
        with CaptureQueriesContext(connection) as asked:
            response = client.get(f"/sets/{held.pk}/results/{path}")
            b"".join(response) if response.streaming else response.content
        return len(asked)

    for n in range(2):
        takes(held, [1, 2, None], name=f"Early {n}")
    few = statements()
    for n in range(20):
        takes(held, [1, 1 + n % 4, None], name=f"Late {n}")

    assert statements() == few


# Kept figures


def test_kept_figures_give_way_to_a_regrade_an_undo_and_a_reopening(a_class):
    version = a_class.items.first().version
    first = figures(a_class)

    made = regrade(
        quiz_set=a_class, version=version, action="accept-all", option=None,
        reason="Ambiguous", token="t" * 20, by=a_class.owner, now=NOW,
    )  # fmt: skip
    assert figures(a_class).questions[version.pk].statistics.facility == 1
    undo(regrade=made, by=a_class.owner, now=NOW)
    assert figures(a_class).questions == first.questions

    a_class.closes_at = NOW + timedelta(days=10)
    a_class.save()
    member = Member.objects.get(name="Learner 01")
    member.learner.practice_sessions.update(shown_from=NOW + timedelta(days=10))
    reopen(member=member, minutes=None, by=a_class.owner, now=NOW)
    assert figures(a_class).whole.n == 24


def test_figures_that_are_kept_are_not_worked_out_again(a_class):
    figures(a_class)
    people = people_of(a_class)

    with CaptureQueriesContext(connection) as asked:
        figures_of(a_class, people)

    assert not [each for each in asked if "quiz_position" in each["sql"]]


@pytest.mark.parametrize(
    ("people", "words"), [(12, "With 12 people this may still be chance"), (60, "is below 0")]
)
def test_a_question_that_the_stronger_get_wrong_is_pointed_out(client, people, words):
    held = a_set(*written(4))
    versions = [item.version for item in held.items.order_by("position")]
    for n in range(people):
        # Whoever knows the other three misses the first, but for one in three.
        knows, is_odd = n % 2, n % 3 == 0
        first, other = 1 + (knows != is_odd), 2 - knows
        takes(held, [first, other, other, other], name=f"Learner {n}")

    table = get(client, held, "questions/")
    page = get(client, held, f"questions/{versions[0].pk}/")
    another = get(client, held, f"questions/{versions[1].pk}/")

    assert table.text.count('<span class="badge">look at its key</span>') == 1
    assert words in page.text
    assert "did worse here" not in another.text


def test_every_answer_of_one_person_stands_with_its_mark(client):
    held = a_set(*written(3))
    member = MemberFactory(quiz_set=held, name="Grace")
    answers(held, member, [1, 2, None])
    answers(held, member, [1, 1, 1])

    first = get(client, held, f"learners/{member.pk}/")
    second = get(client, held, f"learners/{member.pk}/", **{"try": 2})

    one, two, three = rows_in(first)
    assert (one[1], two[1], three[1]) == ("100 %", "0 %", "0 %")
    assert three[2] == "left blank"
    assert two[-1] == held.items.get(position=2).version.options.get(position=1).text
    assert [row[1] for row in rows_in(second)] == ["100 %"] * 3


def rows_in(page):
    """The cells of the table of a page, row by row."""
    rows = re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", page.text, re.S)
    return [
        [re.sub("<[^>]+>", "", cell) for cell in re.findall("<t[hd].*?</t[hd]>", row)]
        for row in rows
    ]


def test_the_answers_of_one_person_take_as_many_statements_for_any_length(client):
    counts = []
    for length in (2, 12):
        held = a_set(*written(length))
        member = MemberFactory(quiz_set=held, name="Grace")
        answers(held, member, [1] * length)
        get(client, held, f"learners/{member.pk}/")
        with CaptureQueriesContext(connection) as asked:
            get(client, held, f"learners/{member.pk}/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_somebody_who_has_finished_nothing_is_said_to_have(client):
    member = MemberFactory(quiz_set=a_set(*written(1)), name="Grace")

    page = get(client, member.quiz_set, f"learners/{member.pk}/")

    assert "Nothing is finished yet" in page.text
