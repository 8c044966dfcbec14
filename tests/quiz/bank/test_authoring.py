import pytest

from quiz.bank.actions import digest_of_draft
from quiz.bank.models import Question, QuestionDraft, QuestionVersion
from quiz.bank.written import differences, sort_of
from studyapp.guide.models import Fact
from tests.factories import InstructorFactory, QuestionFactory, UserFactory, VersionFactory
from tests.test_every_page import fingerprint

from .authored import ROUTES, WRITTEN, fields

TOKEN = "a-token-of-the-form-that-begins"


def address(question, page="edit"):
    return f"/questions/{question.pk}/{page}/"


def send(client, question, do, written=None, /, revision=None, **changes):
    """Send the editor's form, as its page holds it unless something else is given."""
    draft = QuestionDraft.objects.get(question=question)
    form = fields(written or draft.written, **changes)
    form |= {"do": do, "revision": draft.revision if revision is None else revision}
    return client.post(address(question), form)


def told(page):
    return [each.words for each in page.context["look"].problems]


# Beginning


@pytest.mark.django_db
def test_an_instructor_begins_a_question_and_a_form_sent_twice_begins_one(client, instructor):
    form = {"title": "Why zero?", "sort": "open", "profile": "aws", "token": TOKEN}

    first, second = (client.post("/questions/new/", form) for _ in range(2))

    question = Question.objects.get(author=instructor)
    assert (question.slug, question.status) == ("why-zero", "draft")
    assert first["Location"] == second["Location"] == address(question)
    assert client.get(address(question)).status_code == 200


@pytest.mark.django_db
def test_a_name_that_is_taken_gets_a_number(client, instructor):
    QuestionFactory(slug="why-zero")
    form = {"title": "Why zero", "sort": "open", "profile": "aws", "token": TOKEN}

    client.post("/questions/new/", form)

    assert Question.objects.get(author=instructor).slug == "why-zero-2"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    ({"title": "???"}, {"sort": "essay"}, {"profile": "nobody"}, {"title": "a\0b"}, {"token": "x"}),
)
def test_what_cannot_begin_a_question_is_said_in_words(client, instructor, changes):
    form = {"title": "Why zero", "sort": "open", "profile": "aws", "token": TOKEN} | changes

    page = client.post("/questions/new/", form)

    assert page.status_code == 422
    assert page.context["form"].errors
    assert not Question.objects.filter(author=instructor).exists()


# Publishing every kind


@pytest.mark.django_db
@pytest.mark.parametrize("sort", WRITTEN)
def test_a_question_of_every_kind_is_saved_seen_and_published_for_its_authors_sets(
    client, begun, instructor, sort
):
    question = begun(sort)

    seen = send(client, question, "look")
    published = send(client, question, "publish")

    assert (seen.status_code, told(seen)) == (200, [])
    assert seen.context["look"].reviewed is not None
    assert published.status_code == 302
    question.refresh_from_db()
    version = question.versions.get()
    assert (question.status, question.objective.slug) == ("own", "compare-options")
    assert version.written == WRITTEN[sort]
    assert version in QuestionVersion.objects.usable_by(instructor)
    assert version not in QuestionVersion.objects.published()
    assert version not in QuestionVersion.objects.usable_by(InstructorFactory())


@pytest.mark.django_db
@pytest.mark.parametrize("sort", WRITTEN)
def test_a_published_text_comes_back_into_the_editor_as_it_was(client, begun, sort):
    question = begun(sort)
    send(client, question, "publish")
    version = question.versions.get()
    draft = question.draft

    for written in (version.written, None):
        QuestionVersion.objects.filter(pk=version.pk).update(written=written)
        QuestionDraft.objects.filter(pk=draft.pk).update(written=WRITTEN[sort] | {"stem": "Other"})
        client.post(address(question, "versions"), {"number": 1})
        draft.refresh_from_db()
        send(client, question, "publish")

        found = [each.place for each in differences(draft.written, WRITTEN[sort], {})]
        assert found in ([], ["Tolerance"]), sort
        assert draft.set_aside[0]["stem"] == "Other"
        assert question.versions.filter(is_current=True).get().stem == WRITTEN[sort]["stem"]


@pytest.mark.django_db
def test_publishing_twice_makes_one_version_and_a_change_makes_another(client, begun):
    question = begun()
    for _ in range(2):
        send(client, question, "publish")
    assert question.versions.count() == 1

    send(client, question, "publish", WRITTEN["single-choice"] | {"stem": "Which one, then?"})

    versions = list(question.versions.order_by("number"))
    assert [(each.number, each.is_current) for each in versions] == [(1, False), (2, True)]
    assert versions[0].stem == WRITTEN["single-choice"]["stem"]


@pytest.mark.django_db
def test_what_is_incomplete_is_kept_as_a_draft_and_not_published(client, begun):
    question = begun()
    options = WRITTEN["single-choice"]["options"]
    half = [options[0] | {"feedback": {"picked": "Yes.", "left": ""}}, *options[1:]]

    page = send(client, question, "publish", WRITTEN["single-choice"] | {"options": half})

    assert page.status_code == 422
    assert told(page) == ["Option 1 has no feedback if left."]
    assert page.context["look"].problems[0].at == "option-1"
    question.refresh_from_db()
    assert (question.status, question.versions.count()) == ("draft", 0)
    assert question.draft.written["options"][0]["feedback"]["left"] == ""


@pytest.mark.django_db
def test_looking_writes_nothing(client, begun):
    question = begun()

    send(client, question, "look", WRITTEN["single-choice"] | {"stem": "Something else?"})

    draft = QuestionDraft.objects.get(question=question)
    assert (draft.revision, draft.written) == (1, WRITTEN["single-choice"])


@pytest.mark.django_db
def test_a_question_may_rest_on_facts_alone_but_not_on_nothing(client, begun):
    bare = begun(claim="")
    on_facts = begun(number=2, claim="", facts=["guide-serverless-payload"])

    assert told(send(client, bare, "look")) == [
        "It rests on nothing: there is neither a proof nor a claim with its source."
    ]
    assert send(client, on_facts, "publish").status_code == 302
    claim = on_facts.versions.get().claim
    assert claim["slug"] == ""
    assert claim["sources"]


# A scenario


@pytest.mark.django_db
def test_an_ambiguous_story_shows_what_stands_and_a_button_that_makes_one_option_the_answer(
    client, begun
):
    question = begun("scenario", workload={"payload_mb": "2 MB"})
    page = client.get(address(question))
    ways = {each.slug: each for each in page.context["look"].ways}
    assert page.context["look"].answer is None
    assert told(page)[0].startswith("The engine cannot prove one answer")
    assert len([each for each in ways.values() if each.is_recommended]) > 1

    for option in ("real-time", "serverless", "asynchronous", "batch-transform"):
        assert ways[option].change
        QuestionDraft.objects.update(
            written=WRITTEN["scenario"] | {"workload": {"payload_mb": "2 MB"}}
        )
        assert send(client, question, f"change-{option}").status_code == 302

        after = client.get(address(question))
        draft = after.context["look"].entry.draft
        assert [each.key for each in draft.options if each.is_correct] == [option]
        assert told(after) == []


@pytest.mark.django_db
def test_the_key_of_a_scenario_is_computed_and_never_taken_from_the_form(client, begun):
    question = begun("scenario")

    send(client, question, "publish", answer="batch-transform")

    version = question.versions.get()
    assert [each.key for each in version.options.all() if each.is_correct] == ["real-time"]
    assert version.certificate["answer"] == "real-time"


# Rows without scripts


@pytest.mark.django_db
def test_options_are_added_moved_and_taken_out_by_buttons_and_keep_what_was_typed(client, begun):
    question = begun()

    def texts():
        return [each["text"] for each in QuestionDraft.objects.get().written["options"]]

    send(client, question, "down-1")
    assert texts() == ["Real-time", "Serverless", "Both together"]
    send(client, question, "up-3")
    assert texts() == ["Real-time", "Both together", "Serverless"]
    send(client, question, "remove-2")
    assert texts() == ["Real-time", "Serverless"]
    send(client, question, "add", **{"option-0-text": "Typed just now"})
    assert texts() == ["Typed just now", "Serverless", ""]


# Bad input


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sort", "name", "value"),
    (
        ("single-choice", "stem", "a\0b"),
        ("single-choice", "stem", "x" * 20_000),
        ("single-choice", "option-1-text", "x" * 20_000),
        ("single-choice", "option-2-picked", "a\0b"),
        ("single-choice", "objective", "no-such-objective"),
        ("single-choice", "claim", "no-such-claim"),
        ("single-choice", "facts", ["no-such-fact"]),
        ("single-choice", "profile", "nobody"),
        ("single-choice", "difficulty", "17"),
        ("single-choice", "option-TOTAL_FORMS", "many"),
        ("single-choice", "option-TOTAL_FORMS", "5000"),
        ("number", "fact", "no-such-fact"),
        ("scenario", "trait-payload_mb", "1" * 500),
    ),
)
def test_what_cannot_be_kept_is_marked_at_its_field_and_nothing_is_overwritten(
    client, begun, sort, name, value
):
    question = begun(sort)

    page = send(client, question, "save", **{name: value})

    assert page.status_code == 422
    assert page.context["errors"]
    assert QuestionDraft.objects.get().written == WRITTEN[sort]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sort", "name", "value"),
    (
        ("ordering", "option-0-rank", "first"),
        ("ordering", "option-0-rank", "-1"),
        ("number", "amount", "a lot"),
        ("number", "amount", "NaN"),
        ("number", "tolerance", "1e99"),
        ("scenario", "trait-payload_mb", "huge"),
        ("scenario", "trait-gpu", "perhaps"),
    ),
)
def test_nonsense_is_kept_as_it_was_typed_named_at_its_field_and_never_published(
    client, begun, sort, name, value
):
    question = begun(sort)

    page = send(client, question, "publish", **{name: value})

    assert page.status_code == 422
    assert f"id_{name}" in [at for at, _, _ in page.context["errors"]]
    form = fields(QuestionDraft.objects.get().written)
    assert form[name] == [value]
    assert not question.versions.exists()


@pytest.mark.django_db
def test_fields_and_rows_that_the_form_does_not_have_change_nothing(client, begun):
    question, other = begun(), begun(number=2)
    foreign = {
        "option-9-text": "Foreign",
        "option-0-id": "1",
        "question": str(other.pk),
        "slug": "x",
    }

    send(client, question, "save", **foreign)

    drafts = QuestionDraft.objects.order_by("pk")
    assert [each.written for each in drafts] == [WRITTEN["single-choice"]] * 2
    assert sort_of(drafts[0].written) == "single-choice"


# Two windows


@pytest.mark.django_db
def test_the_second_window_sees_the_difference_and_both_texts_are_kept(client, begun):
    question = begun()
    mine = WRITTEN["single-choice"] | {"stem": "Mine, with care?"}
    theirs = WRITTEN["single-choice"] | {"stem": "Theirs, with care?"}
    send(client, question, "save", theirs, revision=1)

    page = send(client, question, "save", mine, revision=1)

    assert page.status_code == 409
    assert [each.place for each in page.context["differences"]] == ["Stem"]
    assert QuestionDraft.objects.get().written == theirs

    form = dict(page.context["fields"]) | {"revision": 2}
    client.post(address(question), form | {"do": "mine"})
    draft = QuestionDraft.objects.get()
    assert (draft.written, draft.set_aside) == (mine, [theirs])

    client.post(address(question), {"do": "swap"})
    draft.refresh_from_db()
    assert (draft.written, draft.set_aside) == (theirs, [mine])


@pytest.mark.django_db
def test_keeping_theirs_sets_mine_aside(client, begun):
    question = begun()
    mine = WRITTEN["single-choice"] | {"stem": "Mine, with care?"}
    send(client, question, "save", WRITTEN["single-choice"] | {"stem": "Theirs?"}, revision=1)

    send(client, question, "theirs", mine)

    draft = QuestionDraft.objects.get()
    assert (draft.written["stem"], draft.set_aside) == ("Theirs?", [mine])


@pytest.mark.django_db
def test_keeping_theirs_on_a_page_that_was_overtaken_once_more_shows_both_texts_again(
    client, begun
):
    question = begun()
    mine = WRITTEN["single-choice"] | {"stem": "Mine, with care?"}
    for revision, stem in ((1, "Theirs?"), (2, "Theirs, once more?")):
        written = WRITTEN["single-choice"] | {"stem": stem}
        send(client, question, "save", written, revision=revision)

    page = send(client, question, "theirs", mine, revision=2)

    draft = QuestionDraft.objects.get()
    assert (page.status_code, draft.set_aside) == (409, [])
    assert page.context["draft"].revision == 3
    send(client, question, "theirs", mine, revision=3)
    draft.refresh_from_db()
    assert (draft.written["stem"], draft.set_aside) == ("Theirs, once more?", [mine])


@pytest.mark.django_db
def test_of_three_windows_no_text_is_lost_whatever_is_kept(client, begun):
    question = begun()
    texts = {n: WRITTEN["single-choice"] | {"stem": f"Window {n}?"} for n in (1, 2, 3)}
    send(client, question, "save", texts[1], revision=1)

    send(client, question, "theirs", texts[2], revision=2)
    send(client, question, "mine", texts[3], revision=2)

    draft = QuestionDraft.objects.get()
    assert (draft.written, draft.set_aside) == (texts[3], [texts[1], texts[2]])
    seen = []
    for _ in range(3):
        client.post(address(question), {"do": "swap"})
        draft.refresh_from_db()
        seen.append(draft.written)
    assert seen == [texts[1], texts[2], texts[3]]


@pytest.mark.django_db
def test_a_question_that_was_never_published_is_copied_by_its_author_alone(client, begun):
    question = begun("matching", stem="Half written …")
    page = client.get(address(question, "duplicate"))
    token = page.context["token"]

    copied = client.post(address(question, "duplicate"), {"token": token})

    copy = QuestionDraft.objects.exclude(question=question).get()
    assert "Half written …" in page.text
    assert copied["Location"] == address(copy.question)
    assert copy.written == question.draft.written
    assert copy.question.status == "draft"
    assert "Write another from this draft" in client.get(address(question)).text
    client.force_login(InstructorFactory())
    assert client.get(address(question, "duplicate")).status_code == 404
    assert client.post(address(question, "duplicate"), {"token": token}).status_code == 404


@pytest.mark.django_db
def test_a_draft_in_which_nothing_is_written_yet_can_be_copied(client, instructor):
    client.post(
        "/questions/new/",
        {"title": "Empty", "sort": "scenario", "profile": "aws", "token": TOKEN},
    )
    question = Question.objects.get(slug="empty")

    assert client.get(address(question, "duplicate")).status_code == 200


@pytest.mark.django_db
def test_a_save_that_is_sent_twice_is_one_save(client, begun):
    question = begun()
    mine = WRITTEN["single-choice"] | {"stem": "Mine?"}

    codes = [send(client, question, "save", mine, revision=1).status_code for _ in range(2)]

    assert codes == [302, 302]
    assert QuestionDraft.objects.get().revision == 2


@pytest.mark.django_db
def test_a_save_after_the_login_session_ended_leads_to_the_sign_in_page(client, begun):
    question = begun()
    client.logout()

    page = send(client, question, "save", WRITTEN["single-choice"] | {"stem": "Late?"})

    assert page.status_code == 302
    assert page["Location"].startswith("/accounts/login/")
    assert QuestionDraft.objects.get().revision == 1


# Facts that change


@pytest.mark.django_db
def test_a_changed_fact_marks_the_question_and_a_proposal_is_published_by_hand_only(client, begun):
    stem = "Is [[fact:guide-serverless-payload]] the limit that the guide gives?"
    question = begun("true-false", stem=stem, answer=True)
    send(client, question, "publish")
    assert client.get(address(question)).context["fault"] == ""
    fact = Fact.objects.get(slug="guide-serverless-payload", is_current=True)
    Fact.objects.filter(pk=fact.pk).update(is_current=False)
    fact.pk, fact.revision, fact.is_current = None, fact.revision + 1, True
    fact.save()

    page = client.get(address(question))
    listed = client.get("/questions/")
    client.post(address(question), {"do": "propose"})

    assert page.context["fault"] == "it rests on facts that changed: guide-serverless-payload"
    assert "Out of date" in listed.content.decode()
    assert question.versions.count() == 1
    assert QuestionDraft.objects.get().written["stem"] == stem
    send(client, question, "publish")
    assert question.versions.count() == 2
    assert client.get(address(question)).context["fault"] == ""


# Retired, and shared


@pytest.mark.django_db
def test_a_retired_question_is_asked_no_more_until_it_is_brought_back(client, begun, instructor):
    question = begun()
    send(client, question, "publish")

    client.post(address(question), {"do": "retire"})
    assert not QuestionVersion.objects.usable_by(instructor).filter(question=question).exists()
    client.post(address(question), {"do": "back"})

    assert QuestionVersion.objects.usable_by(instructor).filter(question=question).count() == 1


@pytest.mark.django_db
def test_a_draft_that_was_never_published_cannot_be_brought_back(client, begun):
    question = begun()

    client.post(address(question), {"do": "retire"})
    client.post(address(question), {"do": "back"})

    question.refresh_from_db()
    assert question.status == "draft"


@pytest.mark.django_db
@pytest.mark.parametrize("do", ("publish", "retire"))
def test_what_staff_shares_with_everybody_its_author_cannot_change_for_them(client, begun, do):
    question = begun()
    send(client, question, "publish")
    Question.objects.filter(pk=question.pk).update(status="published")

    page = send(client, question, do, WRITTEN["single-choice"] | {"stem": "Changed?"})

    question.refresh_from_db()
    assert page.status_code == 409
    assert (question.status, question.versions.count()) == ("published", 1)


# Taken from another


@pytest.mark.django_db
@pytest.mark.parametrize(
    "slug", ("card-swipe-fraud", "guide-table-billing-row", "order-request-size-by-aws")
)
def test_a_question_of_the_bank_becomes_the_start_of_ones_own(client, instructor, slug):
    origin = Question.objects.get(slug=slug)

    for _ in range(2):
        page = client.post(address(origin, "duplicate"), {"token": TOKEN})

    copy = Question.objects.get(author=instructor)
    assert page["Location"] == address(copy)
    assert (copy.slug, copy.objective) == (f"{slug}-2", None)
    send(client, copy, "publish")
    assert digest_kept(copy) == digest_kept(origin)
    origin.refresh_from_db()
    assert (origin.status, origin.author) == ("published", None)


def digest_kept(question):
    """What a version says, apart from the numbers of its option keys."""
    version = question.versions.get(is_current=True)
    texts = [(each.text, each.feedback_picked, each.is_correct) for each in version.options.all()]
    return version.stem, sorted(texts), version.certificate


# Whose


@pytest.mark.django_db
@pytest.mark.parametrize("page", ("edit", "versions", "duplicate"))
def test_other_instructors_do_not_find_a_question(client, begun, page):
    question = begun()
    send(client, question, "publish")
    client.force_login(InstructorFactory())

    assert client.get(address(question, page)).status_code == 404
    assert client.post(address(question, page), {"do": "publish"}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_reading_a_page_writes_nothing(client, begun, route):
    question = begun()
    send(client, question, "publish")
    path = route.path.replace("<int:question>", str(question.pk))
    client.get(path)  # whatever was said of the publishing is read
    before = fingerprint()

    assert client.get(path).status_code == 200
    assert client.head(path).status_code == 200
    assert fingerprint() == before


@pytest.mark.django_db
def test_learners_are_told_how_to_become_an_instructor_and_guests_sign_in(client, begun):
    question = begun()
    paths = ["/questions/", "/questions/new/", "/questions/bank/", address(question)]

    client.force_login(UserFactory())
    assert [client.get(path).status_code for path in paths] == [403] * 4
    client.logout()
    assert [client.get(path).status_code for path in paths] == [302] * 4


@pytest.mark.django_db
def test_the_files_questions_cannot_be_edited_by_anybody(client):
    client.force_login(InstructorFactory(is_staff=True))

    assert client.get(address(Question.objects.get(slug="card-swipe-fraud"))).status_code == 404


@pytest.mark.django_db
def test_staff_goes_on_with_a_question_whose_author_left(client, begun, instructor):
    question = begun()
    Question.objects.filter(pk=question.pk).update(author=None)
    staff = InstructorFactory(is_staff=True)
    client.force_login(staff)

    assert send(client, question, "publish").status_code == 302

    question.refresh_from_db()
    assert question.author == staff


# Lists, and what pages cost


@pytest.mark.django_db
@pytest.mark.parametrize("count", (1, 3))
def test_the_list_asks_as_many_questions_of_the_database_however_long_it_is(
    client, begun, count, django_assert_num_queries
):
    for number in range(count):
        send(client, begun("scenario", number=number), "publish")
        send(client, begun("single-choice", number=number), "publish")
    client.get("/questions/")

    with django_assert_num_queries(10):
        page = client.get("/questions/")

    assert len(page.context["page"]) == 2 * count


@pytest.mark.django_db
@pytest.mark.parametrize("count", (2, 4))
def test_the_versions_are_compared_at_the_same_cost_however_many(
    client, begun, count, django_assert_num_queries
):
    question = begun()
    for number in range(count):
        send(client, question, "publish", WRITTEN["single-choice"] | {"stem": f"Number {number}?"})
    client.get("/questions/")

    with django_assert_num_queries(14):
        page = client.get(address(question, "versions"))

    assert [each.place for each in page.context["differences"]] == ["Stem"]


@pytest.mark.django_db
@pytest.mark.parametrize("sort", WRITTEN)
def test_the_editor_asks_the_database_at_most_twelve_times(
    client, begun, sort, django_assert_max_num_queries
):
    question = begun(sort)
    send(client, question, "publish")
    client.get("/questions/")

    with django_assert_max_num_queries(12):
        client.get(address(question))


@pytest.mark.django_db
def test_the_list_is_searched_by_words_kind_and_state(client, begun, instructor):
    begun("open"), begun("number")
    VersionFactory(question=QuestionFactory(author=instructor, status="own", slug="older"))

    def found(query):
        return sorted(each.slug for each in client.get(f"/questions/?{query}").context["page"])

    assert found("q=hours") == ["own-number-1"]
    assert found("kind=open") == ["own-open-1"]
    assert found("kind=single-choice&status=own") == ["older"]
    assert found("q=%00") == ["older", "own-number-1", "own-open-1"]
    assert found("q=nowhere") == []


@pytest.mark.django_db
def test_a_digest_is_that_of_what_is_published(client, begun):
    question = begun()
    send(client, question, "publish")
    entry = client.get(address(question)).context["look"].entry

    assert question.versions.get().digest == digest_of_draft(entry.draft)
