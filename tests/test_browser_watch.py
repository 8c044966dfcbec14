"""The watch over browser tests notices what it is there for."""


def test_watch_notices_a_request_to_another_host(page, browser_faults):
    page.goto("about:blank")

    page.evaluate("fetch('http://other.example/').catch(() => {})")

    assert browser_faults.pop(0) == "request to another host: http://other.example/"
    browser_faults.clear()


def test_watch_notices_what_the_content_policy_blocks(page, live_server, browser_faults):
    page.goto(f"{live_server.url}/healthz")

    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))"
    )
    page.wait_for_timeout(100)

    assert len(browser_faults) == 1
    assert "Content Security Policy" in browser_faults.pop()


def test_watch_notices_an_error_in_a_script(page, browser_faults):
    page.evaluate("setTimeout(() => { throw Error('lost') })")
    page.wait_for_timeout(100)

    assert browser_faults.pop() == "script: lost"


def test_watch_notices_a_missing_static_file(page, live_server, browser_faults):
    page.goto(f"{live_server.url}/static/missing.css")

    assert browser_faults.pop(0).endswith(" for /static/missing.css")


def test_axe_names_what_is_wrong_and_where(page, axe):
    page.set_content("<html lang=en><title>A</title><main><h1>A</h1><input id=nameless></main>")

    assert axe() == [("label", [["#nameless"]])]
