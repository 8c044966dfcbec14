"""Everything that is kept of one person, as plain values that can be written to a file.

Secrets (passwords, keys, digests) are left out, and so is what an instructor holds back still.
"""

from django.forms.models import model_to_dict

from quiz.analysis.models import Regrade
from quiz.bank.models import QuestionVersion
from quiz.sets.models import SetEvent


def everything_of(*, learner, user, now):
    """All of a learner, and of the account where there is one."""
    held = {"written_at": now}
    if user:
        held["account"] = account_of(user)
        held["quiz sets of mine"] = [quiz_set_as_kept(each) for each in user.quiz_sets.all()]
        held["questions of mine"] = [question_as_kept(each) for each in user.question_set.all()]
        held["done in quiz sets"] = rows(
            SetEvent.objects.filter(by=user), "quiz_set__title", "at", "words"
        )
        held["regrades"] = rows(
            Regrade.objects.filter(by=user),
            "quiz_set__title",
            "action",
            "reason",
            "at",
            "undone_at",
        )
    if learner.pk:
        held["learner since"] = learner.created_at
        held["links to go on elsewhere"] = rows(
            learner.resume_links.all(), "made_at", "expires_at", "used_at", "revoked_at"
        )
        held["quiz sets joined"] = [member_as_kept(each) for each in members_of(learner)]
        held["practice sessions"] = [session_as_kept(each, now) for each in sessions_of(learner)]
    return held


def account_of(user):
    return {
        "email": user.email,
        "name": user.name,
        "joined": user.date_joined,
        "last signed in": user.last_login,
        "asked to teach": user.asked_to_teach_at,
        "teaches since": user.teaches_since,
        "time zone": user.time_zone,
        "staff": user.is_staff,
        "e-mail addresses": rows(user.emailaddress_set.all(), "email", "verified", "primary"),
        "ways to prove it is you": rows(
            user.authenticator_set.all(), "type", "created_at", "last_used_at"
        ),
        "signed in at": rows(
            user.usersession_set.all(), "created_at", "last_seen_at", "ip", "user_agent"
        ),
    }


def rows(found, *names):
    return list(found.order_by("pk").values(*names))


def quiz_set_as_kept(quiz_set):
    held = {
        name: getattr(quiz_set, name)
        for name in (
            "title",
            "intro",
            "status",
            "feedback",
            "scoring",
            "opens_at",
            "closes_at",
            "minutes",
            "tries",
            "is_shuffled",
            "needs_account",
            "created_at",
            "changed_at",
            "published_at",
        )
    }
    names = ("position", "question__slug", "count", "objective__slug", "difficulty", "kind")
    return held | {"profile": quiz_set.profile.slug, "places": rows(quiz_set.items, *names)}


def question_as_kept(question):
    versions = QuestionVersion.objects.filter(question=question).prefetch_related("options")
    draft = getattr(question, "draft", None)
    return {
        "slug": question.slug,
        "status": question.status,
        "difficulty": question.difficulty,
        "tags": question.tags,
        "draft": draft
        and {"written": draft.written, "set aside": draft.set_aside, "saved": draft.saved_at},
        "versions": [
            model_to_dict(
                each,
                fields=(
                    "number",
                    "kind",
                    "stem",
                    "feedback_right",
                    "feedback_wrong",
                    "model_answer",
                    "workload",
                ),
            )
            | {"options": [option_as_kept(option) for option in each.options.all()]}
            for each in versions.order_by("number")
        ],
    }


def option_as_kept(option):
    return model_to_dict(option, exclude=("id", "version"))


def members_of(learner):
    return learner.memberships.select_related("quiz_set").order_by("pk")


def member_as_kept(member):
    return {
        "quiz set": member.quiz_set.title,
        "name": member.name,
        "joined": member.joined_at,
        "removed": member.removed_at,
        "time factor": member.time_factor,
        "untimed": member.is_untimed,
        "extra tries": member.extra_tries,
        "done for you": rows(member.setevent_set.all(), "at", "words"),
    }


def sessions_of(learner):
    found = learner.practice_sessions.select_related("quiz_set", "profile")
    return found.prefetch_related(
        "positions__version__options", "positions__saves", "positions__regrades__regrade"
    ).order_by("pk")


def session_as_kept(session, now):
    held = {
        "title": session.title,
        "quiz set": session.quiz_set and session.quiz_set.title,
        "try": session.try_number,
        "mode": session.mode,
        "profile": session.profile.slug,
        "started": session.started_at,
        "deadline": session.deadline,
        "finished": session.finished_at,
        "questions": [position_as_kept(each, session, now) for each in session.positions.all()],
    }
    if session.finished_at and session.may_show(now):
        held["score"] = f"{session.score.points} of {session.scored}"
    return held


def position_as_kept(position, session, now):
    position.session = session
    held = {
        "number": position.number,
        "question": position.version.stem,
        "answer": position.response,
        "unfinished answer": position.unfinished,
        "confidence": position.confidence,
        "hints": position.hints,
        "flagged": position.is_flagged,
        "saved": position.saved_at,
        "deliveries": [save_as_kept(each) for each in position.saves.all()],
    }
    # Of some kinds the options are the key: they come with the verdict.
    if position.may_show(now):
        held["options"] = {each.pk: words_of(each) for each in position.version.options.all()}
        held["points"] = str(position.fraction) if position.is_graded else None
        held["points changed at"] = [each.regrade.at for each in position.regrades.all()]
    return held


def words_of(option):
    return " → ".join(filter(None, (option.text, option.match)))


def save_as_kept(save):
    names = ("purpose", "saved_at", "response", "unfinished", "confidence", "hints", "is_flagged")
    return {name: getattr(save, name) for name in names}
