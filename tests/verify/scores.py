"""Stored scores are what an oracle works out anew from the raw answers, for every kind and rule.

    python -m tests.verify.scores [--count 10000] [--seed 1]

Sessions of one to eight questions of every kind hold right, wrong, partly right and blank answers,
some of them checked one by one; each is closed, and its score is held against `oracle`.
"""

from random import Random

from .site import Figure, command, new_token

LONGEST = 8


def prove(site, *, count, seed):
    """Stored scores are what an oracle works out anew from the raw answers."""
    from django.utils import timezone

    from quiz.practice.actions import close_session
    from quiz.practice.models import Position, PracticeSession

    from . import rows
    from .oracle import score_of_session

    chance, versions, made = Random(seed), rows.published(), []
    by_id = {version.pk: version for version in versions}
    for length in range(1, LONGEST + 1):
        share = count // LONGEST + (length <= count % LONGEST)
        learners = [learner for learner, _ in rows.guests(share)]
        made += rows.open_sessions(learners, versions, chance=chance, length=length)
    positions = rows.positions_of(made)
    given = []
    for session in made:
        for position in positions[session.pk].values():
            position.session, position.version = session, by_id[position.version_id]
            position.response = random_response(position.version, chance)
            if session.mode == "study" and chance.random() < 0.05:
                check(position)
            else:
                position.revision = new_token()
                given.append(position)
    Position.objects.bulk_update(given, ["response", "revision"], batch_size=rows.BATCH)
    for session in made:
        close_session(session=session, now=timezone.now())
    wrong, full, none, parts = [], 0, 0, 0
    for session in PracticeSession.objects.finished().iterator(chunk_size=rows.BATCH):
        held = (session.points, session.points_of, session.scored)
        if score_of_session(session, list(session.answers())) != held:
            wrong.append(session.pk)
        full += session.scored > 0 and session.points == session.scored * session.points_of
        none += session.points == 0
        parts += session.points_of > 1
    return [
        Figure("finished sessions", PracticeSession.objects.finished().count(), count),
        Figure("questions answered or left blank", sum(map(len, positions.values()))),
        Figure("sessions of which all was right", full),
        Figure("sessions of which nothing was right", none),
        Figure("sessions with parts of points", parts),
        Figure("scores that differ from the oracle's", len(wrong), 0),
        Figure("sessions that are still open", PracticeSession.objects.open().count(), 0),
    ]


def check(position):
    """Answer by the way a person takes, and check at once."""
    from django.utils import timezone

    from quiz.practice.actions import Given, Sender, save_answer

    sender = Sender(token=new_token(), tab=new_token(), seq=1, base="")
    key, given = position.version.key_held, Given(response=position.response)
    save_answer(
        position=position, given=given, sender=sender, now=timezone.now(), key=key, check=True
    )


def random_response(version, chance):
    """What the kind reads of a form that was filled in by chance; None for a blank."""
    from quiz.engine.kinds import BY_SLUG, Unreadable

    kind, key = BY_SLUG[version.kind], version.key_held
    if chance.random() < 0.3:
        return kind.correct_response(key) if not kind.is_self_graded else {"text": "All of it."}
    try:
        return kind.read(random_form(version, key, chance), key)
    except Unreadable:
        return None


def random_form(version, key, chance):
    ids = [str(option.pk) for option in key.options]
    if version.kind == "multiple-response":
        return {"option": chance.sample(ids, chance.randint(0, len(ids)))}
    if version.kind == "ordering":
        places = [*map(str, range(1, len(ids) + 1))]
        chance.shuffle(places)
        out = chance.randrange(len(ids))
        return {f"place-{pk}": ["out" if n == out else places[n]] for n, pk in enumerate(ids)}
    if version.kind == "matching":
        asked = [str(option.pk) for option in key.options if option.text]
        return {f"match-{pk}": [str(chance.randint(1, len(ids)))] for pk in asked}
    if version.kind == "number":
        near = key.number.amount + key.number.tolerance * chance.choice((-2, -1, 0, 1, 2))
        return {"amount": [f"{chance.choice((near, near + 1)):f} {key.number.unit}"]}
    if version.kind == "open":
        return {"text": [chance.choice(("", "Some words of one's own."))]}
    return {"option": [chance.choice(ids)]}


if __name__ == "__main__":
    command(prove, count=10_000, minutes=20)
