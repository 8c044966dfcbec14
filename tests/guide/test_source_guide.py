"""The study guide, heading by heading and cell by cell: each is found on the page that tells it."""

import html
import re

import pytest

pytestmark = pytest.mark.django_db


def words_of(client, path):
    text = re.sub(r"<(?!/?(?:b|a|em|strong|span)\b)[^>]*>", " ", client.get(path).text)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)).replace("\u00a0", " ").split())


HEADINGS = (
    ("/guide/", "Model and endpoint deployment requirements"),
    ("/guide/objectives/", "Learning Objectives"),
    ("/guide/glossary/", "Key Terms & Glossary"),
    ("/guide/big-idea/", 'The "Big Idea"'),
    ("/guide/concept-box/", "Formula / Concept Box"),
    ("/guide/outline/", "Hierarchical Outline"),
    ("/guide/diagrams/", "Visual Anchors"),
    ("/guide/diagrams/", "Endpoint selection logic"),
    ("/guide/diagrams/", "Asynchronous inference architecture"),
    ("/guide/examples/", "Definition-Example Pairs"),
    ("/guide/worked-example/", "Worked Examples"),
    ("/guide/worked-example/", "Scenario: The image processing startup"),
    ("/guide/checkpoints/", "Checkpoint Questions"),
    ("/guide/muddy-points/", "Muddy Points & Cross-Refs"),
    ("/guide/compare/", "Comparison Tables"),
)


@pytest.mark.parametrize(("path", "heading"), HEADINGS)
def test_heading_of_the_guide_is_on_a_page(client, path, heading):
    assert heading in words_of(client, path)


TOLD = {
    "/guide/objectives/": (
        "latency, cost and payload size",
        "real-time, serverless, asynchronous and batch",
        "predictable or intermittent",
        "multi-model endpoints (MMEs)",
        "multi-container endpoints (MCEs)",
        "Amazon S3 and Amazon SNS",
    ),
    "/guide/big-idea/": ("constantly, or in spikes", "JSON", "1 GB", "costs too much", "slow"),
    "/guide/concept-box/": (
        "Low latency",
        "reply time below 100 ms",
        "Real-time",
        "Intermittent or spiky",
        "Serverless",
        "Large payloads or long processing",
        "payload above 6 MB",
        "Asynchronous",
        "Offline",
        "high volume",
        "Batch transform",
    ),
    "/guide/compare/": (
        "Billing",
        "per hour of instance",
        "per millisecond of inference",
        "per hour of job",
        "Max payload",
        "6 MB",
        "1 GB",
        "unlimited, in Amazon S3",
        "Max duration",
        "60 s",
        "1 h",
        "no limit, the work is a job",
        "Scale to zero",
        "no",
        "yes, by itself",
        "yes, where configured",
        "Best for",
        "interactive apps",
        "spiky or low traffic",
        "large data and long runs",
        "bulk processing",
    ),
    "/guide/outline/": (
        "Online inference (synchronous)",
        "instances stay up",
        "lowest latency",
        "interactive apps",
        "auto-scaling policies",
        "CPU",
        "invocations per instance",
        "no instances to manage",
        "cold starts",
        "cost-efficient",
        "Specialized inference",
        "queue",
        "S3",
        "1 GB",
        "1 h",
        "scales to zero",
        "Offline processing",
        "No endpoint stays up",
        "shuts its compute down",
        "every week or every month",
        "Advanced hosting",
        "share memory and CPU",
        "thousands",
        "independent",
        "A/B testing",
        "pre-processing",
    ),
    "/guide/examples/": (
        "swipes a card",
        "fraud",
        "less than a second",
        "on demand",
        "small business",
        "style",
        "a few times on a day",
        "high throughput",
        "Sunday night",
        "5 million",
    ),
    "/guide/worked-example/?show=all": (
        "50 MB",
        "45 seconds",
        "told when it is done",
        "6 MB",
        "1 GB",
        "1 h",
        "SNS",
        "S3",
        "mobile app",
    ),
    "/guide/checkpoints/": (
        "According to the guide",
        "6 MB",
        "scale to zero",
        "Serverless inference",
        "Asynchronous inference",
        "MME",
        "MCE",
        "thousands",
        "isolation",
        "True or false?",
        "False.",
    ),
    "/guide/muddy-points/": (
        "200 ms",
        "small instance",
        "packs models together",
        "workflow",
        "ServerlessInferenceConfig",
    ),
    "/guide/diagrams/": ("Amazon S3", "Amazon SNS", "queue", "reply time below 100 ms"),
    "/guide/exam/": ("AWS Certified Machine Learning Engineer – Associate", "MLA-C01"),
}


@pytest.mark.parametrize("path", TOLD)
def test_page_tells_what_the_guide_tells(client, path):
    told = words_of(client, path)

    assert [each for each in TOLD[path] if each.lower() not in told.lower()] == []


@pytest.mark.parametrize(
    ("slug", "words"),
    (
        ("cold-start", ("delay", "serverless endpoint")),
        ("inference-pipeline", ("2", "15", "containers")),
        ("multi-model-endpoint", ("many models", "container")),
        ("multi-container-endpoint", ("containers", "framework", "dependencies")),
        ("provisioned-concurrency", ("serverless", "warm")),
    ),
)
def test_term_of_the_guide_is_marked_in_the_glossary(client, slug, words):
    entry = re.search(
        rf'<dt id="{slug}">(.+?)</dt>\s*<dd>(.+?)</dd>',
        client.get("/guide/glossary/").text,
        re.DOTALL,
    )

    assert "in the guide" in entry[1]
    assert [word for word in words if word not in re.sub("<[^>]+>", "", entry[2])] == []


def test_exactly_five_terms_are_marked_as_the_guides_own(client):
    assert client.get("/guide/glossary/").text.count('<span class="badge">in the guide</span>') == 5
