"""htmx is set up for a strict policy: same origin, nothing evaluated, no injected style."""

import json
import re
from pathlib import Path

import pytest

TEMPLATES = sorted((Path(__file__).parents[1] / "templates").rglob("*.html"))
EVALUATED = re.compile(
    r"hx-on|\bjs:|javascript:|hx-trigger=\"[^\"]*\[|\son[a-z]+=|<style|\sstyle=|hx-vals"
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_nothing_that_would_be_evaluated(path):
    assert EVALUATED.findall(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_names_no_other_host(path):
    assert re.findall(r"(?:src|href|action)=\"(?:https?:)?//[^\"]*", path.read_text()) == []


def test_htmx_asks_its_own_site_only_and_brings_no_style():
    base = (Path(__file__).parents[1] / "templates" / "base.html").read_text()
    config = json.loads(re.search(r"name=\"htmx-config\" content='([^']*)'", base)[1])

    assert config["mode"] == "same-origin"
    assert config["includeIndicatorCSS"] is False
