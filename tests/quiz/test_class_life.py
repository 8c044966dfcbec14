"""The life of a class as a state machine: two people take a set while its instructor changes it.

They join, begin, answer, finish, sign out and in, and work as a guest in between; the instructor
gives time and tries, opens a try again, moves the closing, takes people out, revokes the link,
rewords questions and regrades. Everything goes through the pages, with the clock moved by hand.
"""

import io
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from quiz.analysis.models import Regrade, RegradeChange
from quiz.bank.actions import publish
from quiz.engine.timing import GRACE
from quiz.practice.models import Position, PracticeSession, Save
from quiz.sets.models import Member, QuizSet, SetEvent
from studyapp.people.middleware import GUEST_KEY
from studyapp.people.models import Learner
from tests.factories import AccountFactory, InstructorFactory, PublishedSetFactory
from tests.quiz.practice.test_life import HTMX, KEYS, SHOWN, Sent, form_for, worded_anew
from tests.verify.oracle import score_of_session

BEGIN = datetime(2026, 11, 3, 9, tzinfo=UTC)
QUESTIONS, MINUTES, TRIES = 3, 10, 3
PASSWORD = "a good long password"
people = st.sampled_from((0, 0, 1))
numbers = st.integers(1, QUESTIONS)
VISITS = ("come", "begin", "begin", "resend", "look", "sign_out_or_in", "sign_out_or_in")
INSTRUCTS = (
    "give_more",
    "give_more",
    "open_again",
    "open_again",
    "move_the_closing",
    "move_the_closing",
    "take_out_and_let_in",
    "renew_or_close_the_link",
    "reword_a_question",
    "regrade",
    "take_a_regrade_back",
    "close_early",
    "run_the_command",
)


@dataclass(eq=False)
class Try:
    """What one try must hold: who answered what, until when, and how it was closed."""

    pk: int
    deadline: datetime | None
    held: dict = field(default_factory=dict)
    score: tuple | None = None

    @property
    def is_closed(self):
        return self.score is not None

    def is_over(self, now):
        return self.is_closed or (self.deadline is not None and now > self.deadline + GRACE)


@dataclass(eq=False)
class Taker:
    """A guest or an account that takes the set, or does not yet."""

    name: str
    shown: str
    is_member: bool = False
    is_removed: bool = False
    factor: Decimal = Decimal(1)
    extra: int = 0
    tries: list = field(default_factory=list)

    @property
    def open_try(self):
        return next((each for each in self.tries if not each.is_closed), None)


class Person:
    """Somebody with one browser and an account, signed in or not."""

    def __init__(self, number):
        self.number, self.guests = number, 0
        self.user = AccountFactory(name=f"Account {number}")
        self.account = Taker("", f"Account {number}")
        self.client, self.is_signed_in = Client(), False
        self.seq, self.sent = 0, []
        self.as_somebody_new()

    def as_somebody_new(self):
        self.guests += 1
        self.guest = Taker(*[f"Guest {self.number}-{self.guests}"] * 2)

    @property
    def taker(self):
        return self.account if self.is_signed_in else self.guest

    @property
    def learner(self):
        if self.is_signed_in:
            return Learner.objects.get(user=self.user)
        return Learner.objects.get(guest_key=self.client.session[GUEST_KEY])


class ClassLife(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.rows = transaction.atomic()
        self.rows.__enter__()
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.moved = self.clock.start()
        self.count, self.shown, self.secrets = 0, {}, []
        self.events = self.logged = 0
        # Which tries this step may close, and whose time it may change.
        self.may_close = set()

    def teardown(self):
        self.clock.stop()
        transaction.set_rollback(True)
        self.rows.__exit__(None, None, None)

    @initialize(feedback=st.sampled_from(("end", "window", "window")), timed=st.booleans())
    def gather(self, feedback, timed):
        self.closes_at = BEGIN + timedelta(hours=3)
        self.feedback, self.minutes = feedback, MINUTES if timed else None
        self.quiz_set = PublishedSetFactory(
            owner=InstructorFactory(),
            questions=QUESTIONS,
            tries=TRIES,
            minutes=self.minutes,
            feedback=feedback,
            closes_at=self.closes_at,
        )
        self.versions = [item.version for item in self.quiz_set.items.all()]
        self.secret = self.quiz_set.join_secret
        self.people = [Person(number) for number in range(2)]
        self.instructor, self.other_instructor = Client(), Client()
        self.instructor.force_login(self.quiz_set.owner)
        self.other_instructor.force_login(InstructorFactory())
        for person in self.people:
            self.come(person)
            self.begin(person)
            self.send(person, 1, "right")

    # What is true now

    @property
    def now(self):
        return datetime.now(UTC)

    @property
    def is_shut(self):
        return self.closes_at is not None and self.closes_at <= self.now

    @property
    def takers(self):
        return [each for person in self.people for each in (person.guest, person.account)]

    def may_show(self, held):
        """Whether the keys of a try may be seen by whoever took it."""
        waits = self.feedback == "window" and not self.is_shut
        return held.is_over(self.now) and not waits

    def token(self):
        self.count += 1
        return f"token-of-sending-{self.count:06}"

    def path(self, *parts):
        return f"/sets/{self.quiz_set.pk}/{'/'.join(str(each) for each in parts)}/"

    def instruct(self, path, fields, *, logs=True, closes=()):
        """Post as the instructor; it may close these tries only, and it is in the log or did nothing."""
        self.may_close |= set(closes)
        reply = self.instructor.post(path, fields)
        done = reply.status_code == 302
        assert reply.status_code in (302, 409, 422)
        self.logged += bool(done and logs)
        return done

    def member_of(self, taker):
        return Member.objects.get(quiz_set=self.quiz_set, learner=self.learner_of(taker))

    def learner_of(self, taker):
        person = next(each for each in self.people if taker in (each.guest, each.account))
        if taker is person.account:
            return Learner.objects.get(user=person.user)
        return Learner.objects.get(memberships__name=taker.name)

    # People take the set

    @rule(what=st.sampled_from(VISITS), who=people, number=numbers)
    def visit(self, what, who, number):
        """One rule for all that people do beside answering, so that answers stay the most of it."""
        getattr(self, what)(self.people[who], number)

    def come(self, person, number=None):
        """Follow the link twice: it lets in whoever may, once, and everybody else learns nothing."""
        taker, links = person.taker, [*self.secrets, self.secret]
        fields = {"token": self.token(), "name": taker.name}
        before = Member.objects.count()

        codes = [person.client.post(f"/join/{link}/", fields).status_code for link in links * 2]

        is_open = self.secret is not None and not self.is_shut and not taker.is_removed
        *revoked, current = codes[: len(links)]
        assert revoked == [404] * len(self.secrets)
        assert codes[: len(links)] == codes[len(links) :]
        assert current == (302 if is_open else 404)
        assert Member.objects.count() == before + (is_open and not taker.is_member)
        taker.is_member |= is_open

    def begin(self, person, number=None):
        """Send one form twice: it begins one try, finds the open one, or says why there is none."""
        taker, path = person.taker, f"/practice/set/{self.quiz_set.pk}/"
        fields = {"token": self.token()}
        is_open = taker.open_try
        found = is_open and not is_open.is_over(self.now)
        used = len(taker.tries)
        begins = not (found or taker.is_removed or self.is_shut or used >= TRIES + taker.extra)
        if is_open and not found:
            self.may_close.add(is_open.pk)

        codes = {person.client.post(path, fields).status_code for _ in range(2)}

        if not taker.is_member:
            assert codes == {404}
            return
        assert codes == {302 if found or begins else 409}
        if not begins:
            return
        row = PracticeSession.objects.get(learner=person.learner, start_token=fields["token"])
        own = self.minutes and self.now + timedelta(minutes=float(MINUTES * taker.factor))
        ends = [each for each in (own, self.closes_at) if each]
        assert row.deadline == min(ends, default=None)
        assert row.try_number == used + 1
        taker.tries.append(Try(row.pk, row.deadline))

    @rule(who=people, number=numbers, answer=st.sampled_from(("right", "wrong")))
    def answer(self, who, number, answer):
        self.send(self.people[who], number, answer)

    def send(self, person, number, answer):
        """Answer the newest try: it is taken while the try is open, and refused afterwards."""
        if not person.taker.tries:
            return
        held = person.taker.tries[-1]
        position = Position.objects.select_related("version__number_key").get(
            session=held.pk, number=number
        )
        person.seq += 1
        given, response = form_for(position, answer)
        tab = f"browser-{person.number}-{person.is_signed_in}-{person.guests:03}"
        fields = given | {"token": self.token(), "tab": tab, "seq": person.seq, "do": "save"}
        fields["base"] = position.revision
        path, over = f"/practice/{held.pk}/{number}/", held.is_over(self.now)
        if over:
            self.may_close.add(held.pk)

        reply = person.client.post(path, fields, headers=HTMX)

        assert reply.status_code == (409 if over else 200)
        if not over:
            held.held[number] = response
            told = (reply.status_code, reply.headers.get("Location"), reply.content)
            person.sent.append((held, Sent(path, fields, HTMX, told, response)))

    def resend(self, person, number):
        """Send once more what was taken, as a browser does whose reply was lost."""
        mine = [sent for held, sent in person.sent if held in person.taker.tries]
        if not mine:
            return
        sent, count = mine[-number % len(mine)], Save.objects.count()
        self.may_close |= {each.pk for each in person.taker.tries if each.is_over(self.now)}

        reply = person.client.post(sent.path, sent.fields, headers=sent.headers)

        assert (reply.status_code, reply.headers.get("Location"), reply.content) == sent.reply
        assert Save.objects.count() == count

    def look(self, person, number):
        """See of one's own tries what was ever there, and of those of others nothing."""
        for taker in self.takers:
            for held in taker.tries:
                path = f"/practice/{held.pk}/{number}/"
                page = person.client.get(path)
                assert page.status_code == (200 if taker is person.taker else 404)
                if taker is person.taker:
                    self.see(held, number, page.text)
        board = self.instructor.get(self.path("board"))
        taking_part = {each.shown for each in self.takers if each.is_member and not each.is_removed}
        assert {row.member.shown for row in board.context["rows"]} == taking_part
        assert self.other_instructor.get(self.path("board")).status_code == 404

    def see(self, held, number, page):
        if not self.may_show(held):
            assert not [word for word in KEYS if f'class="{word}' in page]
        is_form = not held.is_closed and (held.deadline is None or self.now <= held.deadline)
        if is_form:
            seen = [re.sub(" checked| selected", "", each) for each in SHOWN.findall(page)]
            assert seen
            assert self.shown.setdefault((held.pk, number), seen) == seen

    @rule(who=people)
    def finish(self, who):
        """Finish the newest try twice; in the grace it stays open for what is on its way."""
        person = self.people[who]
        if not person.taker.tries:
            return
        held = person.taker.tries[-1]
        self.may_close.add(held.pk)

        for _ in range(2):
            assert person.client.post(f"/practice/{held.pk}/").status_code == 302

        is_time_up = held.deadline is not None and held.deadline < self.now
        if not is_time_up or held.is_over(self.now):
            assert not PracticeSession.objects.get(pk=held.pk).is_open

    def sign_out_or_in(self, person, number):
        """Sign out, or sign in and take along what the browser did as a guest."""
        if person.is_signed_in:
            assert person.client.post("/accounts/logout/").status_code == 302
            person.is_signed_in = False
            return
        guest, into = person.guest, person.account
        both = [each.open_try for each in (guest, into) if each.open_try]
        lapsed = [each for each in both if each.is_over(self.now)]
        # Where both have one open, that of the guest is closed.
        self.may_close |= {each.pk for each in lapsed or both[:-1]}
        fields = {"login": person.user.email, "password": PASSWORD}

        assert person.client.post("/accounts/login/", fields).status_code == 302

        person.is_signed_in = True
        into.tries += guest.tries
        into.factor = max(into.factor, guest.factor)
        into.extra = max(into.extra, guest.extra)
        into.is_removed = into.is_removed if into.is_member else guest.is_removed
        into.is_member |= guest.is_member
        into.name = into.name or (guest.name if guest.is_member else "")
        into.shown = into.name or into.shown
        person.as_somebody_new()

    # The instructor changes the set

    @rule(what=st.sampled_from(INSTRUCTS), who=people, number=numbers, choice=st.integers(0, 3))
    def meanwhile(self, what, who, number, choice):
        """One rule for all that an instructor does, and an answer that comes after it."""
        getattr(self, what)(self.people[who], number, choice)
        self.all_that_was_promised_holds()
        self.send(self.people[who], number, "right")

    @rule(what=st.sampled_from(INSTRUCTS), who=people, number=numbers, choice=st.integers(0, 3))
    def after_finishing(self, what, who, number, choice):
        """The same for somebody who has just finished, and may go on with another try."""
        self.finish(who)
        self.all_that_was_promised_holds()
        getattr(self, what)(self.people[who], number, choice)
        self.all_that_was_promised_holds()
        self.begin(self.people[who])

    def give_more(self, person, number, choice):
        """More time and tries count from the next try on."""
        taker = person.taker
        if not taker.is_member:
            return
        factor, extra = (("1", 0), ("1.5", 0), ("2", 1), ("1", 2))[choice]
        member = self.member_of(taker)
        same = (member.time_factor, member.extra_tries) == (Decimal(factor), extra)

        fields = {"time_factor": factor, "extra_tries": extra}
        assert self.instruct(self.path("people", member.pk), fields, logs=not same)

        taker.factor, taker.extra = Decimal(factor), extra

    def open_again(self, person, number, choice):
        """The try that was finished last goes on, for so many minutes, where no key was shown."""
        taker = person.taker
        if not taker.is_member:
            return
        held = taker.tries[-1] if taker.tries else None
        may = held is not None and held.is_closed and not self.may_show(held)
        minutes = ("", "1", "15", "300")[choice]
        member = self.member_of(taker)

        assert self.instruct(self.path("board", member.pk), {"minutes": minutes}) == may

        if may:
            held.score = None
            held.deadline = self.now + timedelta(minutes=int(minutes)) if minutes else None

    def move_the_closing(self, person, number, choice):
        """A later closing takes nothing from anybody; an earlier one ends tries with the set."""
        by = (timedelta(minutes=5), timedelta(hours=2), timedelta(days=1), None)[choice]
        wanted = by and (self.now + by).replace(second=0, microsecond=0)
        posted = wanted.strftime("%Y-%m-%dT%H:%M") if wanted else ""
        lapsed = [each for each in self.open_tries() if each.is_over(self.now)]
        same = wanted == self.closes_at

        done = self.instruct(
            self.path("board"),
            {"closes_at": posted},
            logs=not same,
            closes={each.pk for each in lapsed},
        )

        assert done == (wanted is not None or self.feedback != "window")
        if not done or same:
            return
        self.closes_at = wanted
        for each in self.open_tries():
            row = PracticeSession.objects.get(pk=each.pk)
            if each in lapsed:
                assert not row.is_open
                continue
            ends = [moment for moment in (each.deadline, wanted) if moment]
            least = min(ends, default=None)
            assert row.deadline is None or (least is not None and row.deadline >= least)
            assert wanted is None or row.deadline <= wanted
            each.deadline = row.deadline

    def open_tries(self):
        return [each.open_try for each in self.takers if each.open_try]

    def close_early(self, person, number, choice):
        """The set is closed now: every try ends with what was saved."""
        if self.is_shut:
            return
        held = self.open_tries()

        assert self.instruct(self.path("board"), {"do": "close"}, closes={each.pk for each in held})

        self.closes_at = self.now
        for each in held:
            each.deadline = PracticeSession.objects.get(pk=each.pk).deadline
            assert each.deadline <= self.now

    def take_out_and_let_in(self, person, number, choice):
        """Whoever is taken out stays out until let in again; the answers stay."""
        taker = person.taker
        if not taker.is_member:
            return
        do = ("remove", "remove", "remove", "restore")[choice]
        does = taker.is_removed == (do == "restore")
        path = self.path("people", self.member_of(taker).pk)

        for _ in range(2):
            assert self.instruct(path, {"do": do}, logs=does)
            does = False

        taker.is_removed = do == "remove"

    def renew_or_close_the_link(self, person, number, choice):
        """The old link opens nothing any more; whoever is in stays in."""
        assert self.instruct(self.path("join"), {"do": "close" if choice == 0 else "renew"})

        if self.secret:
            self.secrets.append(self.secret)
        self.secret = QuizSet.objects.get(pk=self.quiz_set.pk).join_secret
        assert self.secret not in self.secrets
        assert (self.secret is None) == (choice == 0)

    def reword_a_question(self, person, number, choice):
        """Publish another wording with another key: the class goes on with the one that is pinned."""
        version = self.versions[number - 1]
        draft = worded_anew(version)

        publish(question=version.question, draft=draft, profile=version.profile, facts={})

    def regrade(self, person, number, choice):
        """A decision changes marks of finished tries, and the log says so; sent twice it is one."""
        version = self.versions[number - 1]
        action = ("accept-all", "drop", "accept", "rescore")[choice]
        fields = {"action": action, "reason": "Two answers can be defended.", "token": self.token()}
        if action == "accept":
            fields["option"] = version.options.filter(is_correct=False).first().pk
        path = self.path("results", "questions", version.pk, "regrade")

        for logs in (True, False):
            assert self.instruct(path, fields, logs=logs)

        assert Regrade.objects.filter(token=fields["token"]).count() == 1
        self.take_marks()

    def take_a_regrade_back(self, person, number, choice):
        """The newest decision on a question is taken back, with every mark as it was."""
        version = self.versions[number - 1]
        newest = Regrade.objects.filter(version=version, undone_at=None).first()
        if newest is None:
            return
        path = self.path("results", "questions", version.pk)

        for logs in (True, False):
            assert self.instruct(path, {"do": "undo", "regrade": newest.pk}, logs=logs)

        self.take_marks()

    def take_marks(self):
        """The scores that count from here on: a regrade was logged."""
        for taker in self.takers:
            for held in taker.tries:
                if held.is_closed:
                    held.score = written(PracticeSession.objects.get(pk=held.pk))

    # Time passes

    @rule(seconds=st.sampled_from((1, 60, 600, 3_600)))
    def wait(self, seconds):
        self.moved.shift(timedelta(seconds=seconds))

    @precondition(lambda self: self.open_tries())
    @rule(beyond=st.sampled_from((0, 1, 5_000, 5_001)))
    def wait_for_a_deadline(self, beyond):
        moments = [each.deadline for each in self.open_tries() if each.deadline]
        moment = min(moments, default=self.now) + timedelta(milliseconds=beyond)
        if moment > self.now:
            self.moved.move_to(moment, tick=False)

    def run_the_command(self, person, number, choice):
        lapsed = [each for each in self.open_tries() if each.is_over(self.now)]
        self.may_close |= {each.pk for each in lapsed}

        call_command("close_overdue", stdout=io.StringIO())

        assert not PracticeSession.objects.open().filter(pk__in=[e.pk for e in lapsed]).exists()

    # What holds after every step

    @invariant()
    def all_that_was_promised_holds(self):
        self.tries_close_only_by_what_closes_them_and_by_their_deadline()
        self.time_is_given_and_taken_only_by_what_the_log_says()
        self.one_try_at_most_is_open_for_each_person()
        self.acknowledged_answers_stay()
        self.a_score_changes_by_a_regrade_only_and_is_the_sum_of_its_marks()

    def tries_close_only_by_what_closes_them_and_by_their_deadline(self):
        for taker in self.takers:
            for held in taker.tries:
                row = PracticeSession.objects.get(pk=held.pk)
                if not held.is_closed and not row.is_open:
                    assert held.pk in self.may_close
                    assert row.finished_at == min(self.now, row.deadline or self.now)
                    held.score = written(row)
                    assert score_of_session(row, list(row.answers())) == held.score[:3]
                assert row.is_open != held.is_closed
        self.may_close = set()

    def time_is_given_and_taken_only_by_what_the_log_says(self):
        events = SetEvent.objects.filter(quiz_set=self.quiz_set).count()
        assert events == self.logged
        for taker in self.takers:
            for held in taker.tries:
                assert PracticeSession.objects.get(pk=held.pk).deadline == held.deadline

    def one_try_at_most_is_open_for_each_person(self):
        whose = PracticeSession.objects.open().values_list("learner", flat=True)
        assert len(whose) == len(set(whose)) == len(self.open_tries())

    def acknowledged_answers_stay(self):
        kept = dict(Save.objects.values_list("token", "response"))
        for person in self.people:
            for held, sent in person.sent:
                assert kept[sent.fields["token"]] == sent.response
                assert int(sent.path.split("/")[2]) == held.pk
        for taker in self.takers:
            for held in taker.tries:
                rows = Position.objects.filter(session=held.pk).exclude(response=None)
                assert dict(rows.values_list("number", "response")) == held.held

    def a_score_changes_by_a_regrade_only_and_is_the_sum_of_its_marks(self):
        for taker in self.takers:
            for held in taker.tries:
                if not held.is_closed:
                    continue
                row = PracticeSession.objects.get(pk=held.pk)
                assert written(row) == held.score
                marks = row.positions.filter(is_scored=True)
                total = sum((each.fraction or Fraction(0) for each in marks), Fraction(0))
                assert held.score[:3] == (*total.as_integer_ratio(), len(marks))
                decided = RegradeChange.objects.filter(
                    position__session=row, regrade__undone_at=None
                )
                if not decided.exists():
                    assert score_of_session(row, list(row.answers())) == held.score[:3]


def written(row):
    return (row.points, row.points_of, row.scored, row.finished_at)


@pytest.mark.django_db
@pytest.mark.timeout(300)
def test_whatever_happens_in_a_class_its_promises_hold():
    run_state_machine_as_test(
        ClassLife,
        settings=settings(
            max_examples=10,
            stateful_step_count=30,
            derandomize=True,
            database=None,
            deadline=None,
            # Shrinking would take minutes; a failure is told as it was found.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
