"""Ordering, matching and the keys in a real browser: by mouse, finger, keyboard and without scripts."""

import pytest
from playwright.sync_api import expect

from quiz.practice.models import Position, PracticeSession
from tests.factories import SessionFactory, version_of
from tests.quiz.specimens import SPECIMENS

pytestmark = pytest.mark.django_db(transaction=True)
RIGHT_ORDER = ["Upload", "Wait", "Fetch"]


def study(*kinds):
    versions = [version_of(SPECIMENS[kind]) for kind in kinds]
    return SessionFactory(positions=versions, length=len(versions))


def exam(*kinds):
    session = study(*kinds)
    PracticeSession.objects.filter(pk=session.pk).update(mode=PracticeSession.Mode.EXAM)
    return session


def order_of(page):
    """The texts above the line, and those below it."""
    rows = page.locator(".order > li").all_inner_texts()
    line = next(i for i, row in enumerate(rows) if row.startswith("Left out"))
    texts = [row.splitlines()[0] for row in rows]
    return texts[:line], texts[line + 1 :]


def handle(page, text):
    """The middle of the handle of an item."""
    box = page.locator(".order-item", has_text=text).locator(".order-handle").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag_by_mouse(page, text, to):
    page.mouse.move(*handle(page, text))
    page.mouse.down()
    page.mouse.move(*to, steps=8)
    page.mouse.up()


def drag_by_finger(page, text, to):
    finger = page.context.new_cdp_session(page)

    def touch(kind, *points):
        touched = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    begin = handle(page, text)
    touch("touchStart", begin)
    for step in range(1, 9):
        share = step / 8
        touch("touchMove", [a + (b - a) * share for a, b in zip(begin, to, strict=True)])
    touch("touchEnd")


def below_the_line(page):
    box = page.locator(".order-line").bounding_box()
    rows = page.locator(".order > li").last.bounding_box()
    return box["x"] + 20, max(box["y"] + box["height"], rows["y"] + rows["height"]) - 2


def above_all(page):
    box = page.locator(".order-item").first.bounding_box()
    return box["x"] + 20, box["y"] + 2


@pytest.mark.parametrize(
    ("drag", "options"),
    ((drag_by_mouse, {}), (drag_by_finger, {"has_touch": True})),
    ids=("mouse", "finger"),
)
def test_ordering_by_drag_is_saved_and_right(open_window, drag, options):
    session = exam("ordering")
    page = open_window(session, **options)
    page.locator(".order-item").first.scroll_into_view_if_needed()

    drag(page, "Answer on the call", below_the_line(page))
    for text in reversed(RIGHT_ORDER):
        drag(page, text, above_all(page))

    assert order_of(page) == (RIGHT_ORDER, ["Answer on the call"])
    expect(page.locator("[data-order-said]")).to_have_text("Upload: place 1 of 4")
    expect(page.locator("#saved")).to_contain_text("Saved at")
    assert saved_order(session) == RIGHT_ORDER
    page.reload()
    assert order_of(page) == (RIGHT_ORDER, ["Answer on the call"])


def saved_order(session):
    position = Position.objects.get(session=session)
    texts = dict(position.version.options.values_list("pk", "text"))
    return [texts[each] for each in position.response]


def move(page, text, way, *, until):
    """Press the button of an item, with the keyboard, until it stands where it should."""
    button = page.get_by_role("button", name=f"Move {way}: {text}")
    button.focus()
    for _ in range(8):
        if until():
            return
        page.keyboard.press("Space")
        expect(button).to_be_focused()
    raise AssertionError(f"{text} never came to its place")


def test_ordering_by_keyboard(open_window):
    page = open_window(study("ordering"))

    move(
        page, "Answer on the call", "down", until=lambda: "Answer on the call" in order_of(page)[1]
    )
    for place, text in enumerate(RIGHT_ORDER):
        move(page, text, "up", until=lambda t=text, p=place: order_of(page)[0].index(t) <= p)
    page.get_by_role("button", name="Check").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#verdict")).to_have_text("Right")


def test_matching_by_keyboard(open_window):
    page = open_window(study("matching"))
    expected = {"Real-time": "6 MB", "Asynchronous": "1 GB", "Batch transform": "Unlimited"}

    for name, text in expected.items():
        page.get_by_label(name, exact=True).focus()
        page.keyboard.type(text)
    page.get_by_role("button", name="Check").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#verdict")).to_have_text("Right")


def test_ordering_and_matching_without_scripts(open_window):
    session = study("ordering", "matching")
    page = open_window(session, java_script_enabled=False)
    for place, text in enumerate(RIGHT_ORDER, start=1):
        page.get_by_label(f"Place of: {text}").select_option(str(place))
    page.get_by_label("Place of: Answer on the call").select_option("out")
    page.get_by_role("button", name="Check").click()
    assert page.locator("#verdict").inner_text() == "Right"

    page.get_by_role("link", name="Next question").first.click()
    for name, text in (("Real-time", "6 MB"), ("Asynchronous", "1 GB")):
        page.get_by_label(name, exact=True).select_option(text)
    page.get_by_role("button", name="Save for now").click()
    assert page.get_by_label("Asynchronous", exact=True).input_value() != ""
    page.get_by_label("Batch transform", exact=True).select_option("Unlimited")
    page.get_by_role("button", name="Check").click()

    assert page.locator("#verdict").inner_text() == "Right"


# Keys


def chosen(page):
    return [each.is_checked() for each in page.locator("#answer [name=option]").all()]


def test_digits_pick_and_toggle_and_letters_move_and_flag(open_window):
    page = open_window(exam("single-choice", "multiple-response"))
    page.keyboard.press("2")
    assert chosen(page) == [False, True, False]
    page.keyboard.press("f")
    expect(page.locator("#answer [name=flag]")).to_be_checked()
    expect(page.locator("[data-place='1']")).to_have_attribute("data-flagged", "yes")
    page.keyboard.press("n")
    expect(page.locator("h1")).to_have_text("Question 2 of 2")
    expect(page.locator("h1")).to_be_focused()
    for digit, expected in (("1", [1, 0, 0, 0]), ("3", [1, 0, 1, 0]), ("1", [0, 0, 1, 0])):
        page.keyboard.press(digit)
        assert chosen(page) == [bool(each) for each in expected]
    page.keyboard.press("p")
    expect(page.locator("h1")).to_have_text("Question 1 of 2")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Question 2 of 2")


@pytest.mark.parametrize("key", ("Control+1", "Alt+2", "Meta+n", "Control+Enter", "9", "x"))
def test_other_keys_are_left_alone(open_window, key):
    page = open_window(exam("single-choice", "single-choice"))
    page.locator("h1").focus()

    page.keyboard.press(key)

    expect(page.locator("h1")).to_have_text("Question 1 of 2")
    assert chosen(page) == [False, False, False]


def test_what_is_typed_into_a_field_is_text(open_window):
    page = open_window(exam("open", "number"))
    page.locator("#text").press_sequentially("n?1f")

    expect(page.locator("#text")).to_have_value("n?1f")
    expect(page.locator("#keys")).to_be_hidden()
    expect(page.locator("#answer [name=flag]")).not_to_be_checked()


def test_single_keys_can_be_switched_off_and_stay_off(open_window):
    page = open_window(exam("single-choice", "single-choice"))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_label("Single keys work").uncheck()
    page.keyboard.press("Escape")

    for key in ("1", "n", "f", "?"):
        page.keyboard.press(key)
    assert chosen(page) == [False, False, False]
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.reload()
    page.keyboard.press("1")
    assert chosen(page) == [False, False, False]
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys work").check()
    page.get_by_role("button", name="Close").click()
    page.locator("h1").focus()
    page.keyboard.press("1")
    assert chosen(page) == [True, False, False]
