"""The life of practice sessions as a state machine: whatever happens in whatever order, what was
promised holds after every step.

Everything goes through the pages as a browser sends it, on the real database, with the clock moved
by hand. The machine keeps a small model of what must be true and compares it with the rows.
"""

import io
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

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

from quiz.bank.actions import draft_of, publish
from quiz.bank.models import Question
from quiz.engine.kinds import BY_SLUG, Unreadable
from quiz.engine.timing import GRACE
from quiz.learners.merging import merge_learners
from quiz.practice.models import Position, PracticeSession, Save
from studyapp.people.middleware import GUEST_KEY
from studyapp.people.models import Learner
from tests.factories import GuestFactory, SessionFactory
from tests.verify.oracle import score_of_session

BEGIN = datetime(2026, 11, 3, 9, tzinfo=UTC)
LENGTH = 5
TABS = ("first-tab-of-the-browser", "other-tab-or-browser")
HTMX = {"HX-Request": "true", "HX-Target": "saved"}
# What only a review has: verdicts, what is said on parts, the answer, the model answer.
KEYS = ("choice-verdict", "answer-verdict", "reviewed", "model-answer", "said-of-all")
SHOWN = re.compile(
    r'<div class="stem">.*?</div>|name="(?:option|place-\d+|match-\d+)"[^>]*value="\d*"', re.S
)

MEANWHILE = (
    "look_as_somebody_else",
    "sign_out_and_in",
    "run_the_command",
    "edit_the_question",
    "retire_the_question",
    "flag_a_review",
    "finish",
)
numbers = st.sampled_from((1, 1, 2, LENGTH))
tabs = st.sampled_from(TABS)
modes = st.sampled_from(("study", "exam"))
times = st.sampled_from(("", "1", "2"))
answers = st.sampled_from(("right", "wrong", "unfinished"))


@dataclass
class Head:
    """What one question of the open session must hold."""

    response: object = None
    revision: str = ""
    tab: str = ""
    seq: int = 0
    is_checked: bool = False


@dataclass(frozen=True)
class Sent:
    """A delivery that was acknowledged, with the reply that it got and has to get again."""

    path: str
    fields: dict
    headers: dict
    reply: tuple
    response: object


@dataclass
class Tab:
    """What one tab of a browser knows: its counter, and the revision of each question it was shown."""

    seq: int = 0
    bases: dict = field(default_factory=dict)


class Life(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.rows = transaction.atomic()
        self.rows.__enter__()
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.moved = self.clock.start()
        self.count, self.session, self.heads = 0, None, {}
        self.tabs = {name: Tab() for name in TABS}
        self.sent, self.closed, self.shown = [], {}, {}
        # The question that was answered last: it is the one that is changed again.
        self.last = None

    def teardown(self):
        self.clock.stop()
        transaction.set_rollback(True)
        self.rows.__exit__(None, None, None)

    @initialize(mode=modes, time=times)
    def come(self, mode, time):
        self.become(GuestFactory())
        self.start(mode, time)
        self.send_answer(1, TABS[0], "right", "save", 0)

    def become(self, learner):
        self.learner, self.client = learner, Client()
        session = self.client.session
        session[GUEST_KEY] = learner.guest_key
        session.save()

    # What is true of the open session

    @property
    def now(self):
        return datetime.now(UTC)

    @property
    def is_over(self):
        deadline = self.session.deadline
        return self.session.pk in self.closed or (deadline and self.now > deadline + GRACE)

    @property
    def takes_checks(self):
        return self.session.deadline is None or self.now <= self.session.deadline

    @property
    def has_room(self):
        """Whether a new session may take the place of this one unasked."""
        if self.session is None or self.is_over:
            return True
        is_exam = self.session.mode == "exam"
        return not is_exam and all(head.is_checked for head in self.heads.values())

    @property
    def has_answers(self):
        """Whether anything was kept, so that an end is worth trying."""
        return any(head.revision for head in self.heads.values())

    def position(self, number):
        return self.session.positions.select_related("version__number_key").get(number=number)

    def token(self):
        self.count += 1
        return f"token-of-sending-{self.count:06}"

    def path(self, number):
        return f"/practice/{self.session.pk}/{number}/"

    def note_closing(self):
        """The session must be closed now, with a score that is never to change."""
        row = PracticeSession.objects.get(pk=self.session.pk)
        assert not row.is_open
        if row.pk not in self.closed:
            self.closed[row.pk] = (row.points, row.points_of, row.scored, row.finished_at)
            assert row.finished_at == min(self.now, row.deadline or self.now)

    # Starting

    @precondition(lambda self: self.has_answers)
    @rule(mode=modes, time=times)
    def start_another(self, mode, time):
        self.start(mode, time)

    def start(self, mode, time):
        """Send one form twice: it starts one session, or is told of the open one."""
        token, had_room = self.token(), self.has_room
        fields = {
            "token": token,
            "length": LENGTH,
            "pool": "everything",
            "mode": mode,
            "time": time,
        }

        replies = [self.client.post("/practice/", fields) for _ in range(2)]

        assert {reply.status_code for reply in replies} == {302 if had_room else 409}
        if had_room:
            if self.session and self.session.pk not in self.closed:
                self.note_closing()
            self.session = PracticeSession.objects.get(learner=self.learner, start_token=token)
            assert {each.headers["Location"].split("?")[0] for each in replies} == {self.path(1)}
            self.heads = {n: Head() for n in range(1, self.session.length + 1)}
            self.tabs = {name: Tab() for name in TABS}

    @precondition(lambda self: self.has_answers)
    @rule()
    def start_instead(self):
        fields = {"token": self.token(), "length": LENGTH, "close": self.session.pk}

        assert self.client.post("/practice/", fields).status_code == 302

        self.note_closing()
        self.session = PracticeSession.objects.open().get(learner=self.learner)
        self.heads = {n: Head() for n in range(1, self.session.length + 1)}
        self.tabs = {name: Tab() for name in TABS}

    # Reading

    @rule(number=numbers, name=tabs)
    def look(self, number, name):
        before = Save.objects.count()

        page = self.client.get(self.path(number)).content.decode()

        head, row = self.heads[number], PracticeSession.objects.get(pk=self.session.pk)
        assert Save.objects.count() == before
        assert row.is_open == (self.session.pk not in self.closed)
        if head.is_checked and (self.takes_checks or self.is_over):
            return
        if not self.is_over:
            assert not [word for word in KEYS if f'class="{word}' in page]
        if not self.is_over and self.takes_checks:
            seen = [re.sub(" checked| selected", "", each) for each in SHOWN.findall(page)]
            assert self.shown.setdefault((self.session.pk, number), seen) == seen
            self.tabs[name].bases[number] = head.revision

    @rule(what=st.sampled_from(MEANWHILE), number=numbers, name=tabs)
    def meanwhile(self, what, number, name):
        """One rule for all that happens beside answering, so that answers stay the most of it."""
        getattr(self, what)(number)
        self.send_answer(number, name, "right", "save", 0)

    def look_as_somebody_else(self, number):
        stranger = Client()
        for path in (self.path(1), f"/practice/{self.session.pk}/"):
            assert stranger.get(path).status_code == 404
            assert stranger.post(path, {"token": self.token()}).status_code == 404

    def sign_out_and_in(self, number):
        self.become(self.learner)

    # Answering

    @rule(
        number=numbers,
        name=tabs,
        answer=answers,
        do=st.sampled_from(("save", "save", "check", "hint")),
        behind=st.sampled_from((0, 0, 0, 1, 2)),
    )
    def answer(self, number, name, answer, do, behind):
        self.send_answer(number, name, answer, do, behind)

    @precondition(lambda self: self.last)
    @rule(name=tabs, answer=answers, behind=st.integers(0, 2))
    def change_the_same_answer(self, name, answer, behind):
        self.send_answer(self.last, name, answer, "save", behind)

    @precondition(lambda self: self.last)
    @rule(answer=answers)
    def change_it_in_the_other_tab(self, answer):
        held = self.heads[self.last].tab
        self.send_answer(self.last, TABS[held == TABS[0]], answer, "save", 0)

    def send_answer(self, number, name, answer, do, behind):
        """Send an answer, sometimes one that earlier changes of the same tab have overtaken."""
        self.last = number
        position, tab, head = self.position(number), self.tabs[name], self.heads[number]
        tab.seq += 1
        given, response = form_for(position, answer)
        fields = given | {
            "token": self.token(),
            "tab": name,
            "seq": max(tab.seq - behind, 1),
            "base": tab.bases.get(number, ""),
            "do": do,
        }
        headers = HTMX if do == "save" else {}
        is_check = do == "check" and self.session.mode == "study"
        expected = self.expected(head, fields, response, is_check=is_check)

        reply = self.client.post(self.path(number), fields, headers=headers)

        assert reply.status_code == {"taken": 200, "overtaken": 200}.get(expected, expected) or (
            not headers and reply.status_code == 302
        )
        if expected not in ("taken", "overtaken"):
            assert reply.status_code == expected
            assert 'id="errors"' in reply.content.decode()
            if self.is_over:
                self.note_closing()
            return
        if expected == "taken":
            head.response, head.revision = response, fields["token"]
            head.tab, head.seq = name, fields["seq"]
            head.is_checked = is_check and bool(self.takes_checks)
            tab.bases[number] = head.revision
        told = (reply.status_code, reply.headers.get("Location"), reply.content)
        self.sent.append(Sent(self.path(number), fields, headers, told, response))

    def expected(self, head, fields, response, *, is_check):
        """What must become of an answer: taken, overtaken, or a refusal with this status."""
        if is_check and response is None:
            return 422
        if self.is_over or head.is_checked:
            return 409
        if fields["tab"] == head.tab:
            return "taken" if fields["seq"] > head.seq else "overtaken"
        return "taken" if fields["base"] == head.revision else 409

    @precondition(lambda self: self.sent)
    @rule(place=st.integers(0, 1_000))
    def resend(self, place):
        """Send once more what was taken before, as a browser does whose reply was lost."""
        sent, count = self.sent[place % len(self.sent)], Save.objects.count()

        reply = self.client.post(sent.path, sent.fields, headers=sent.headers)

        told = (reply.status_code, reply.headers.get("Location"), reply.content)
        assert told == sent.reply
        assert Save.objects.count() == count
        if self.session and self.is_over and sent.path.startswith(f"/practice/{self.session.pk}/"):
            self.note_closing()

    def flag_a_review(self, number):
        is_flagged = not self.position(number).is_flagged
        if not (self.heads[number].is_checked or self.is_over):
            return
        fields = {"token": self.token(), "do": "flag", "flag": "yes" if is_flagged else "no"}

        assert self.client.post(self.path(number), fields).status_code == 302

        assert self.position(number).is_flagged == is_flagged
        if self.is_over:
            self.note_closing()

    # Closing

    def finish(self, times):
        for _ in range(times):
            assert self.client.post(f"/practice/{self.session.pk}/").status_code == 302

        if self.takes_checks or self.is_over:
            self.note_closing()
        else:
            assert PracticeSession.objects.get(pk=self.session.pk).is_open

    @rule(seconds=st.sampled_from((1, 30, 300, 1_800)))
    def wait(self, seconds):
        self.moved.shift(timedelta(seconds=seconds))

    @precondition(lambda self: self.session.deadline)
    @rule(beyond=st.sampled_from((0, 1, 4_999, 5_000, 5_001)))
    def wait_for_the_deadline(self, beyond):
        moment = self.session.deadline + timedelta(milliseconds=beyond)
        if moment > self.now:
            self.moved.move_to(moment, tick=False)

    def run_the_command(self, number):
        call_command("close_overdue", stdout=io.StringIO())

        if self.is_over:
            self.note_closing()

    # The bank changes

    def edit_the_question(self, number):
        """Publish a wording with another stem, and another key where it has options."""
        version = self.position(number).version
        draft = worded_anew(version)

        publish(question=version.question, draft=draft, profile=version.profile, facts={})

    def retire_the_question(self, number):
        question = self.position(number).version.question
        question.status = Question.Status.RETIRED
        question.save()

    # The learner becomes another

    @precondition(lambda self: self.has_answers)
    @rule(has_work=st.booleans())
    def merge(self, has_work):
        other, was_open = GuestFactory(), self.session and self.session.pk not in self.closed
        own = (
            SessionFactory(learner=other, length=LENGTH, started_at=self.now) if has_work else None
        )

        for _ in range(2):
            merge_learners(guest=self.learner, into=other, now=self.now)

        assert not Learner.objects.filter(pk=self.learner.pk).exists()
        if was_open and (has_work or self.is_over):
            self.note_closing()
        if own:
            own.refresh_from_db()
            assert own.is_open
            self.session = own
            self.heads = {n: Head() for n in range(1, own.length + 1)}
            self.tabs = {name: Tab() for name in TABS}
        self.become(other)

    # What holds after every step

    @invariant()
    def one_session_at_most_is_open(self):
        assert PracticeSession.objects.open().count() <= 1

    @invariant()
    def acknowledged_answers_stay(self):
        kept = dict(Save.objects.values_list("token", "response"))
        for sent in self.sent:
            assert kept[sent.fields["token"]] == sent.response

    @invariant()
    def the_highest_sequence_is_current(self):
        if self.session is None:
            return
        held = Position.objects.filter(session=self.session.pk)
        for row in held:
            head = self.heads[row.number]
            assert (row.response, row.revision, row.tab) == (head.response, head.revision, head.tab)
            assert row.is_closed == (self.session.pk in self.closed)

    @invariant()
    def a_closed_session_keeps_its_score(self):
        for row in PracticeSession.objects.finished():
            held = (row.points, row.points_of, row.scored)
            assert self.closed[row.pk] == (*held, row.finished_at)
            assert score_of_session(row, list(row.answers())) == held

    @invariant()
    def the_deadline_never_moves(self):
        if self.session:
            row = PracticeSession.objects.get(pk=self.session.pk)
            assert row.deadline == self.session.deadline


def worded_anew(version):
    """The draft of another wording with another key, which can be asked like the first."""
    draft = draft_of(version)
    rights = [each.is_correct for each in draft.options]
    # The key moves on by one option: a single choice still has one that is right.
    turned = zip(draft.options, rights[1:] + rights[:1], strict=True)
    options = tuple(replace(each, is_correct=is_right) for each, is_right in turned)
    return replace(draft, stem=f"{version.stem} Again?", options=options[::-1], facts=())


def form_for(position, answer):
    """The fields of an answer as a browser posts them, and the response that they come to."""
    version = position.version
    kind, key = BY_SLUG[version.kind], version.key_held
    fields = kind.fields(kind.correct_response(key), key)
    if answer == "wrong":
        fields = wrong(version, fields)
    if answer == "unfinished":
        fields = {name: [""] for name in fields if name != "option"}
    try:
        return fields, kind.read(fields, key)
    except Unreadable:
        return fields, None


def wrong(version, fields):
    """A form that can be read and is not right."""
    if "option" in fields:
        others = [str(o.pk) for o in version.options.all() if str(o.pk) not in fields["option"]]
        return {"option": others[:1]}
    if "amount" in fields:
        return {"amount": ["0"]}
    if "text" in fields:
        return {"text": ["Something else."]}
    first, *others = fields.values()
    return dict(zip(fields, [*others, first], strict=True))


@pytest.mark.django_db
@pytest.mark.timeout(300)
def test_whatever_happens_to_a_session_its_promises_hold():
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=14,
            stateful_step_count=30,
            derandomize=True,
            database=None,
            deadline=None,
            # Shrinking would take minutes; a failure is told as it was found.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
