"""The clock of a session in a real browser: right whatever the browser's own time is, and calm."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quiz.practice.models import PracticeSession
from tests.factories import SessionFactory, version_of
from tests.quiz.specimens import SPECIMENS

pytestmark = pytest.mark.django_db(transaction=True)
THRESHOLDS = (600, 300, 60, 30)
FAST = """
  // From fast(times) on, the counter of the page and the time of day run so many times as fast.
  const [now, every, began] = [performance.now.bind(performance), setInterval, Date.now()];
  let [base, mark, pace] = [0, 0, 1];
  performance.now = () => base + (now() - mark) * pace;
  Date.now = () => began + performance.now();
  window.setInterval = (work) => every(work, 5);
  window.fast = (times) => { [base, mark, pace] = [performance.now(), now(), times]; };
"""
LISTEN = """
  addEventListener("DOMContentLoaded", () => {
    window.said = [];
    new MutationObserver(() => said.push(document.getElementById("clock-said").textContent))
      .observe(document.getElementById("clock-said"), { childList: true });
  });
"""


def timed(*, seconds, **values):
    return SessionFactory(
        positions=[version_of(SPECIMENS["single-choice"]) for _ in range(2)],
        mode=PracticeSession.Mode.EXAM,
        deadline=timezone.now() + timedelta(seconds=seconds),
        **values,
    )


def seconds_shown(page):
    """Seconds on the clock."""
    return seconds_in(page.evaluate("document.querySelector('.clock-left').textContent"))


def seconds_in(words):
    minutes, seconds = re.fullmatch(r"(\d+) min (\d+) s", words).groups()
    return int(minutes) * 60 + int(seconds)


def test_a_browser_whose_clock_is_wrong_shows_the_right_time(open_window):
    session = timed(seconds=3000)
    for hours in (-12, -1, 5, 12):
        page = open_window(session)
        page.add_init_script(
            f"const now = Date.now; Date.now = () => now() + {hours} * 3600 * 1000;"
        )
        page.reload()
        expect(page.locator("[data-time-say]")).to_be_visible()

        # Times that are read in turn are right if the true one lies between them, within a second.
        latest = (session.deadline - timezone.now()).total_seconds()
        shown = seconds_shown(page)
        earliest = (session.deadline - timezone.now()).total_seconds()
        assert earliest - 1 <= shown <= latest + 1, hours
        page.context.close()


def test_the_time_shown_is_right_within_a_second_at_every_moment(open_window):
    page = open_window(timed(seconds=3000))

    shown = page.evaluate(
        """async () => {
          const [shown, until] = [[], performance.now() + 3000];
          while (performance.now() < until) {
            shown.push([document.querySelector(".clock-left").textContent, performance.now()]);
            await new Promise((done) => setTimeout(done, 20));
          }
          return shown;
        }"""
    )

    # Where each reading puts the end of the time: what is spread further than this was a second wrong.
    ends = [seconds_in(words) + at / 1000 for words, at in shown]
    assert max(ends) - min(ends) < 1.5


def test_a_clock_that_stood_still_while_the_machine_slept_is_set_right(open_window):
    session = timed(seconds=3000)
    page = open_window(session)
    page.add_init_script(
        """
        const [now, date] = [performance.now.bind(performance), Date.now];
        let slept = 0;
        performance.now = () => now() - slept;
        window.sleep = (seconds) => { slept = seconds * 1000; };
        """
    )
    page.reload()
    expect(page.locator("[data-time-say]")).to_be_visible()

    page.evaluate("sleep(900)")

    expect(page.locator(".clock-left")).to_contain_text("49 min", timeout=5000)
    latest = (session.deadline - timezone.now()).total_seconds()
    shown = seconds_shown(page)
    earliest = (session.deadline - timezone.now()).total_seconds()
    assert earliest - 1 <= shown <= latest + 1


def test_the_time_is_spoken_at_its_thresholds_and_on_request_only(open_window):
    session = timed(seconds=640)
    page = open_window(session)
    page.add_init_script(FAST + LISTEN)
    page.reload()
    expect(page.locator("[data-time-say]")).to_be_visible()

    page.evaluate("fast(200)")
    expect(page.locator("#clock-said")).to_contain_text("Time is up", timeout=15_000)

    *told, last = page.evaluate("said")
    assert last == "Time is up. What was saved counts."
    spoken = [seconds_in(each.removeprefix("Time left: ")) for each in told]
    # At this pace a second is five milliseconds, and a busy browser is a little late.
    assert [limit - 25 < each <= limit for each, limit in zip(spoken, THRESHOLDS, strict=True)] == [
        True
    ] * 4
    assert page.locator("#clock").get_attribute("aria-live") == "off"


def test_the_time_is_told_by_key_and_by_button(open_window):
    page = open_window(timed(seconds=1234))

    page.keyboard.press("t")
    expect(page.locator("#clock-said")).to_contain_text("Time left: 20 min")
    page.evaluate("document.getElementById('clock-said').textContent = ''")
    page.get_by_role("button", name="Say the time left").click()
    expect(page.locator("#clock-said")).to_contain_text("Time left: 20 min")


def test_when_time_is_up_the_result_takes_the_place_of_the_form(open_window, axe):
    session = timed(seconds=2)
    page = open_window(session)
    expect(page.locator(".clock-left")).to_have_text("0 min 00 s", timeout=6000)
    page.reload()
    expect(page.locator("#time-up")).to_be_visible()
    faults = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        faults += axe(page)

    expect(page.locator("#verdict")).to_be_focused(timeout=12_000)
    expect(page.locator("#clock")).to_be_hidden()
    expect(page.locator("[data-time-say]")).to_be_hidden()
    assert faults == []
