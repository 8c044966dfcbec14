"""A whole lesson in a real browser: an instructor and three learners, from signing up to a regrade."""

import re
from fractions import Fraction

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from quiz.practice.models import Position
from quiz.sets.models import Member, QuizSet
from quiz.sets.qr import qr_path
from studyapp.people.models import User
from tests.factories import UserFactory

EMAIL, PASSWORD = "ada@example.org", "a good long password"

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_home(live_server):
    """A whole address of the site."""
    return lambda path: f"{live_server.url}{path}"


def sign_up(page, at_home):
    page.goto(at_home("/accounts/signup/"))
    page.locator("input[name=email]").fill(EMAIL)
    page.locator("input[name=password1]").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    code = page.locator("input[name=code]")
    expect(code).to_be_visible()
    code.fill(re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", mail.outbox[-1].body, re.M).group())
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(at_home("/"))


def approve(email):
    """Staff lets somebody teach, in the admin."""
    staff = Client()
    staff.force_login(UserFactory(is_staff=True, is_superuser=True))
    person = User.objects.get(email=email)
    fields = {"action": "let_teach", "_selected_action": [person.pk]}
    assert staff.post(reverse("admin:people_user_changelist"), fields).status_code == 302


def answer_all(page, *, length, rights):
    """Answer every question of a try; the first `rights` of them rightly."""
    session = int(page.url.split("/")[-3])
    for number in range(1, length + 1):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Question {number} of {length}")
        position = Position.objects.get(session=session, number=number)
        wanted = position.version.options.filter(is_correct=number <= rights).first()
        page.locator(f"input[name=option][value='{wanted.pk}']").check()
        page.locator("[data-key=Enter]").click()
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".score").first).to_be_visible()


def test_a_lesson_from_signing_up_to_a_regrade_that_is_taken_back(page, new_context, at_home):
    sign_up(page, at_home)
    page.goto(at_home("/accounts/"))
    page.get_by_role("button", name="Ask to teach").click()
    approve(EMAIL)

    # A set of four questions of the bank.
    page.goto(at_home("/sets/"))
    page.get_by_label("Title").fill("Endpoints")
    page.get_by_role("button", name="Make the set").click()
    page.locator(".filters [name=kind]").select_option("single-choice")
    page.get_by_role("button", name="Search").click()
    for place in range(4):
        page.locator("form > .pickable > li > .choice [name=id]").nth(place).check()
    page.get_by_role("button", name="Add the ticked ones").click()
    expect(page.locator(".sortable-item")).to_have_count(4)
    page.get_by_role("button", name="Down: place 1").click()
    page.get_by_role("link", name="Rules").click()
    page.get_by_label("Time limit in minutes").fill("20")
    page.get_by_role("button", name="Save the rules").click()
    page.get_by_role("button", name="Publish").click()
    held = QuizSet.objects.get()
    link = page.locator(".join-link a").get_attribute("href")
    assert page.locator(".qr-ink").get_attribute("d") == qr_path(link).path

    # Three learners: by the link, by the code, and by what the QR code says.
    learners = []
    for name, way in (("Grace", "link"), ("Alan", "code"), ("Edsger", "QR code")):
        theirs = new_context().new_page()
        if way == "code":
            theirs.goto(at_home("/join/"))
            theirs.get_by_label("Code").fill(page.locator(".join-code").inner_text().lower())
            theirs.get_by_role("button", name="Go on").click()
        else:
            theirs.goto(link)
        theirs.get_by_label("Your name").fill(name)
        theirs.get_by_role("button", name="Join").click()
        learners.append(theirs)

    # One of them has twice the time.
    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name="Alan").click()
    page.get_by_label("Times the time limit").fill("2")
    page.get_by_role("button", name="Save").click()
    for theirs, minutes in zip(learners, ("20 min", "40 min", "20 min"), strict=True):
        theirs.reload()
        expect(theirs.locator("main")).to_contain_text(f"You will have {minutes}")

    # The board follows by itself.
    page.get_by_role("link", name="Board").click()
    expect(page.locator(".counts")).to_contain_text("3 not started")
    for theirs in learners:
        theirs.get_by_role("button", name="Start").click()
    expect(page.locator(".counts")).to_contain_text("3 answering", timeout=15_000)
    for theirs, rights in zip(learners, (4, 2, 0), strict=True):
        answer_all(theirs, length=4, rights=rights)
    expect(page.locator(".counts")).to_contain_text("3 finished", timeout=15_000)

    # Results are what a count by hand comes to.
    page.get_by_role("link", name="Results", exact=True).click()
    rows = page.locator("table:has-text('Grace') tbody tr")
    for name, rights in (("Grace", 4), ("Alan", 2), ("Edsger", 0)):
        expect(rows.filter(has_text=name)).to_contain_text(f"{rights} of 4")
    assert points(held) == {"Grace": 4, "Alan": 2, "Edsger": 0}

    # One question is given to everybody, and then it is not.
    page.get_by_role("link", name="By question").first.click()
    page.locator("main table tbody a").first.click()
    page.get_by_label("Give everybody the whole point").check()
    page.get_by_role("button", name="See what it changes").click()
    page.get_by_label("Reason").fill("Two answers can be defended.")
    page.get_by_role("button", name="Regrade").click()
    assert sum(points(held).values()) > 6
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("main")).to_contain_text("taken back")
    assert points(held) == {"Grace": 4, "Alan": 2, "Edsger": 0}


def points(quiz_set):
    """The points of everybody, counted anew from the marks of their answers."""
    found = {}
    for member in Member.objects.filter(quiz_set=quiz_set):
        marks = Position.objects.filter(
            session__learner=member.learner, session__quiz_set=quiz_set, is_scored=True
        )
        found[member.name] = sum(
            (Fraction(each.points, each.points_of) for each in marks if each.points_of), Fraction(0)
        )
    return found
