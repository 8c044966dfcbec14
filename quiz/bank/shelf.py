"""Versions as this process has read them: a version never changes, so none is read twice."""

from quiz.engine.kinds import Key
from studyapp.guide.models import Profile
from studyapp.statements import Select

from .models import AnswerOption, CaseStudy, NumberKey, QuestionVersion

MOST = 512
TWO_VERSIONS = Select(
    """
    FROM quiz_questionversion version
    JOIN guide_profile profile ON profile.id = version.profile_id
    LEFT JOIN quiz_casestudy story ON story.id = version.case_id
    LEFT JOIN quiz_numberkey amount ON amount.version_id = version.id
    LEFT JOIN quiz_answeroption option ON option.version_id = version.id
    WHERE version.id IN (%s, %s)
    ORDER BY option.position
    """,
    without={"certificate", "created_at", "written"},
    version=QuestionVersion,
    profile=Profile,
    story=CaseStudy,
    amount=NumberKey,
    option=AnswerOption,
)
SHELF = {}


def held(ids):
    """One version or two with all that a page shows of them; whoever gets them only reads them."""
    missing = [each for each in ids if each not in SHELF]
    if missing:
        read = {}
        for version, profile, story, amount, option in TWO_VERSIONS.all(missing[0], missing[-1]):
            version.profile, version.case = profile, story
            read.setdefault(version.pk, (version, amount, []))[2].append(option)
        for version, amount, options in read.values():
            version.key_held = Key(tuple(each for each in options if each), amount)
            put(version)
    return [SHELF[each] for each in ids]


def put(version):
    """Put a version on the shelf; where that is full, what came first goes."""
    while len(SHELF) >= MOST:
        SHELF.pop(next(iter(SHELF)), None)
    SHELF[version.pk] = version
