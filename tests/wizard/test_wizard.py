import gzip

import pytest

WORKED_EXAMPLE = "/wizard/?payload_mb=50&processing_s=45&reply=notify"
AS_UPDATE = {"HX-Request": "true", "HX-Target": "section#verdict"}

pytestmark = pytest.mark.django_db


def option(response, slug, table="options"):
    return next(each for each in response.context_data[table].options if each.slug == slug)


# What it decides


def test_the_medical_images_are_recommended_asynchronous_with_the_topic_named(client):
    response = client.get(WORKED_EXAMPLE)

    assert [each.slug for each in response.context_data["options"].recommended] == ["asynchronous"]
    assert "Amazon SNS topic" in response.content.decode()


def test_the_medical_images_strike_every_other_option_with_its_limit(client):
    response = client.get(WORKED_EXAMPLE)

    assert option(response, "real-time").reasons[0].text == (
        "50 MB is 44 MB over the 6 MB payload limit."
    )
    assert [
        said.text for said in option(response, "serverless").reasons if said.kind == "hard"
    ] == ["50 MB is 44 MB over the 6 MB payload limit."]
    assert "no endpoint to send one item to" in option(response, "batch-transform").reasons[0].text


def test_the_profile_in_the_link_holds_for_this_page_only(client):
    response = client.get(f"{WORKED_EXAMPLE}&profile=aws")

    assert option(response, "real-time").reasons[0].text == (
        "50 MB is 25 MB over the 25 MB payload limit."
    )
    assert client.get(WORKED_EXAMPLE).context_data["decision"].profile.slug == "guide"


def test_an_empty_form_shows_all_four_options_and_asks_what_would_decide_most(client):
    response = client.get("/wizard/")

    assert [each.state for each in response.context_data["options"].options] == ["in-doubt"] * 4
    assert response.context_data["question"]["key"] == "reply"


def test_where_nothing_fits_the_needs_that_exclude_each_other_are_named(client):
    response = client.get("/wizard/?payload_mb=50&reply=same-call")

    assert "None of these fits" in response.content.decode()
    assert response.context_data["options"].conflicts == [["payload", "way of replying"]]


def test_hosting_is_decided_once_something_is_said_about_it(client):
    assert client.get(WORKED_EXAMPLE).context_data["shape"] is None
    response = client.get("/wizard/?models=1000&frameworks=1")

    assert [each.slug for each in response.context_data["shape"].recommended] == ["multi-model"]


def test_every_loser_says_what_would_have_to_change(client):
    response = client.get(WORKED_EXAMPLE)

    assert option(response, "real-time").possible_if == ("payload at most 6 MB (now 50 MB)",)
    assert option(response, "batch-transform").wins_if == (
        "way of replying: a whole data set is worked off, nobody waits",
    )


# The link is the state


def test_fields_left_open_are_taken_out_of_the_address(client):
    response = client.get("/wizard/?payload_mb=50&gpu=&reply=")

    assert (response.status_code, response["Location"]) == (302, "/wizard/?payload_mb=50")


def test_an_update_sends_the_verdict_alone_and_the_address_of_the_case(client):
    response = client.get("/wizard/?payload_mb=50&gpu=", headers=AS_UPDATE)

    assert response["HX-Push-Url"] == "/wizard/?payload_mb=50"
    assert response.content.decode().lstrip().startswith('<section class="verdict" id="verdict"')
    assert "<form" not in response.content.decode()


@pytest.mark.parametrize("profile", ["guide", "aws"])
@pytest.mark.parametrize(
    "query",
    [
        "payload_mb=50&processing_s=45&reply=notify",
        "payload_mb=5&processing_s=70&gpu=yes&vpc=yes&monitoring=yes",
        "payload_mb=2&traffic=intermittent&idle_cost=none&reply=same-call",
        "",
    ],
)
def test_an_update_is_at_most_three_kilobytes_on_the_wire(client, query, profile):
    response = client.get(f"/wizard/?{query}&profile={profile}", headers=AS_UPDATE)

    assert len(gzip.compress(response.content, 6)) <= 3 * 1024


def test_a_page_asks_the_database_little(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(WORKED_EXAMPLE)


def test_presets_open_the_guides_own_cases(client):
    presets = dict(client.get("/wizard/").context_data["presets"])

    assert set(presets) >= {"Medical images", "Card swipe fraud", "Weekly recommendations"}
    for query in presets.values():
        assert client.get(f"/wizard/?{query}").status_code == 200


def test_the_verdict_leads_to_a_question_near_this_case(client):
    response = client.get(WORKED_EXAMPLE)

    assert response.context_data["quiz_link"] == (
        "payload_mb=50+MB&processing_s=45+s&reply=notify&profile=guide"
    )


# Bad input


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("payload_mb=many", "payload_mb", "an amount above 0 and up to 1,048,576 MB"),
        ("payload_mb=-1", "payload_mb", "an amount above 0 and up to 1,048,576 MB"),
        ("payload_mb=0", "payload_mb", "an amount above 0 and up to 1,048,576 MB"),
        ("payload_mb=9e99", "payload_mb", "an amount above 0 and up to 1,048,576 MB"),
        ("payload_mb=5+s", "payload_mb", "(or with KB, GB)"),
        ("payload_mb=" + "9" * 5000, "payload_mb", "at most 200 characters"),
        ("payload_mb=5&payload_mb=6", "payload_mb", "more than once"),
        ("reply=email", "reply", "one of same-call, poll, notify, dataset"),
        ("gpu=perhaps", "gpu", "yes or no"),
        ("models=2.5", "models", "a whole number from 1 to 100,000"),
        ("reply=poll&latency_ms=50", "reply", "give same-call"),
        ("latency_ms=50&processing_s=1", "latency_ms", "at least 1,000 ms"),
        ("payload_mb=%00", "payload_mb", "Null characters are not allowed"),
    ],
)
@pytest.mark.parametrize("headers", [{}, AS_UPDATE])
def test_nonsense_is_refused_at_its_field_in_words(client, query, field, words, headers):
    response = client.get(f"/wizard/?{query}", headers=headers)

    assert response.status_code == 422
    assert words in " ".join(response.context_data["form"].errors[field])
    assert f'href="#id_{field}"' in response.content.decode()


def test_nonsense_keeps_everything_that_was_typed(client):
    response = client.get("/wizard/?payload_mb=many&reply=notify&gpu=yes")
    form = response.context_data["form"]

    assert [form[name].value() for name in ("payload_mb", "reply", "gpu")] == [
        "many",
        "notify",
        "yes",
    ]


def test_an_unknown_trait_is_named(client):
    response = client.get("/wizard/?paylod_mb=5")

    assert response.status_code == 422
    assert response.context_data["form"].non_field_errors() == [
        "'paylod_mb' is no trait that can be weighed."
    ]


# In a browser


def test_options_are_struck_and_restored_while_values_change(page, live_server):
    page.goto(f"{live_server.url}/wizard/")
    states = page.locator(".strip li")

    page.get_by_label("How large is one item or request?").fill("50 MB")
    page.get_by_text("Asynchronous inference is recommended.").wait_for()
    assert states.filter(has_text="ruled out").count() == 2
    assert page.url.endswith("/wizard/?payload_mb=50+MB")

    page.get_by_label("How large is one item or request?").fill("2")
    page.get_by_text("Not decided yet").wait_for()
    assert states.filter(has_text="ruled out").count() == 0


def test_the_wizard_works_by_keyboard_and_goes_back(page, live_server):
    page.goto(f"{live_server.url}/wizard/")

    page.get_by_label("How large is one item or request?").focus()
    page.keyboard.type("50")
    page.get_by_text("Asynchronous inference is recommended.").wait_for()
    assert page.evaluate("document.activeElement.id") == "id_payload_mb"

    page.go_back()
    page.get_by_text("Not decided yet").wait_for()
    assert page.get_by_label("How large is one item or request?").input_value() == ""


def test_the_verdict_stays_in_sight_on_a_phone(page, live_server):
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(f"{live_server.url}{WORKED_EXAMPLE}")

    for place in ("0", "600", "1200"):
        page.evaluate(f"scrollTo(0, {place})")
        box = page.locator(".verdict-summary").bounding_box()

        assert 0 <= box["y"] < 700
