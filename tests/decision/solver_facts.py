"""The traits, facts and concept boxes of both profiles, copied out by hand for the solver."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

AMOUNTS = {
    "payload_mb": Decimal(1_048_576),
    "processing_s": Decimal(2_592_000),
    "latency_ms": Decimal(3_600_000),
    "memory_gb": Decimal(4096),
}
COUNTS = {
    "concurrency": Decimal(100_000),
    "models": Decimal(100_000),
    "frameworks": Decimal(100),
    "chain": Decimal(100),
}
CHOICES = {
    "reply": ("same-call", "poll", "notify", "dataset"),
    "traffic": ("steady", "intermittent", "scheduled"),
    "idle_cost": ("any", "none"),
    "cold_start": ("acceptable", "unacceptable"),
    "records": ("single", "whole-file", "rows"),
    "isolation": ("none", "dependencies", "security"),
    "experiment": ("none", "split", "shadow"),
}
FLAGS = ("gpu", "vpc", "monitoring", "streaming", "caller_picks")

TRAITS = [
    "payload_mb",
    "processing_s",
    "latency_ms",
    "reply",
    "traffic",
    "idle_cost",
    "cold_start",
    "gpu",
    "vpc",
    "monitoring",
    "streaming",
    "memory_gb",
    "concurrency",
    "records",
    "models",
    "frameworks",
    "chain",
    "caller_picks",
    "isolation",
    "experiment",
]
PLACE = {trait: place for place, trait in enumerate(TRAITS)}

SUBJECTS = {
    "options": ("real-time", "serverless", "asynchronous", "batch-transform"),
    "shapes": ("single-model", "multi-model", "multi-container", "inference-pipeline"),
}
JUDGED = {
    "options": tuple(
        trait
        for trait in TRAITS
        if trait not in ("traffic", "records", "caller_picks", "isolation")
    ),
    "shapes": ("models", "frameworks", "chain", "caller_picks", "isolation", "experiment"),
}
# Traffic is never judged, but the box reads it, so it may be asked for and changed.
MOVABLE = {
    "options": tuple(sorted((*JUDGED["options"], "traffic"), key=PLACE.get)),
    "shapes": JUDGED["shapes"],
}


@dataclass(frozen=True)
class Fact:
    """What a profile says about one subject and one trait."""

    subject: str
    trait: str
    relation: str
    value: object = None
    hard: bool = True
    disputes: bool = False
    when: tuple = ()
    unless: tuple = ()


@dataclass(frozen=True)
class Row:
    """A line of a concept box: any one of the groups of conditions leads to the subject."""

    subject: str
    any_of: tuple
    dataset_blocks: bool = False


def at_most(subject, trait, limit, **more):
    return Fact(subject, trait, "at-most", Decimal(limit), **more)


def at_least(subject, trait, limit, **more):
    return Fact(subject, trait, "at-least", Decimal(limit), **more)


def one_of(subject, trait, *values, **more):
    return Fact(subject, trait, "one-of", values, **more)


def never(subject, trait, **more):
    return Fact(subject, trait, "never", **more)


def unlimited(subject, *traits):
    return [Fact(subject, trait, "any") for trait in traits]


REPLY = [
    *unlimited("real-time", "reply"),
    one_of("real-time", "reply", "same-call", "poll", "dataset", hard=False),
    *unlimited("serverless", "reply"),
    one_of("serverless", "reply", "same-call", "poll", "dataset", hard=False),
    one_of("asynchronous", "reply", "poll", "notify", "dataset"),
    one_of("batch-transform", "reply", "dataset"),
]

SERVERLESS_COLD_START = [
    never("serverless", "cold_start", hard=False),
    never("serverless", "cold_start", when=(("idle_cost", "none"),)),
]

GUIDE_OPTIONS = [
    *REPLY,
    *SERVERLESS_COLD_START,
    at_most("real-time", "payload_mb", 6),
    at_most("real-time", "processing_s", 60),
    never("real-time", "idle_cost"),
    *unlimited("real-time", "latency_ms", "cold_start"),
    at_most("serverless", "payload_mb", 6),
    at_most("serverless", "processing_s", 60),
    at_least("serverless", "latency_ms", 200),
    *unlimited("serverless", "idle_cost"),
    at_most("asynchronous", "payload_mb", 1024),
    at_most("asynchronous", "processing_s", 3600),
    *unlimited("asynchronous", "idle_cost", "cold_start"),
    *unlimited("batch-transform", "payload_mb", "processing_s", "idle_cost", "cold_start"),
]

STREAMED_REPLY = (("streaming", True), ("reply", "same-call"))
SHADOW = (("experiment", "shadow"),)

AWS_OPTIONS = [
    *REPLY,
    *SERVERLESS_COLD_START,
    at_most("real-time", "payload_mb", 25),
    at_most("real-time", "payload_mb", 6, hard=False, disputes=True),
    at_most("real-time", "processing_s", 480),
    at_most("real-time", "processing_s", 60, unless=STREAMED_REPLY),
    never("real-time", "idle_cost", hard=False),
    never("real-time", "idle_cost", when=(("cold_start", "unacceptable"),)),
    *unlimited("real-time", "latency_ms", "cold_start", "gpu", "vpc", "monitoring", "streaming"),
    *unlimited("real-time", "memory_gb", "concurrency"),
    *unlimited("real-time", "models", "frameworks", "chain", "experiment"),
    at_most("serverless", "payload_mb", 4),
    at_most("serverless", "processing_s", 60),
    never("serverless", "latency_ms", hard=False),
    *unlimited("serverless", "idle_cost"),
    never("serverless", "gpu"),
    never("serverless", "vpc"),
    never("serverless", "monitoring"),
    at_most("serverless", "memory_gb", 6),
    at_most("serverless", "concurrency", 200),
    at_most("serverless", "models", 1),
    at_most("serverless", "chain", 1),
    never("serverless", "experiment"),
    at_most("asynchronous", "payload_mb", 1024),
    at_most("asynchronous", "processing_s", 3600),
    *unlimited("asynchronous", "idle_cost", "cold_start", "gpu", "vpc"),
    *unlimited("asynchronous", "memory_gb", "concurrency"),
    never("asynchronous", "experiment", when=SHADOW),
    at_most("batch-transform", "payload_mb", 100, hard=False),
    at_most("batch-transform", "processing_s", 3600),
    *unlimited("batch-transform", "idle_cost", "cold_start", "gpu", "vpc", "monitoring"),
    *unlimited("batch-transform", "memory_gb", "concurrency", "chain"),
    never("batch-transform", "experiment", when=SHADOW),
]

BOTH_SHAPES = [
    at_most("single-model", "models", 1),
    at_most("single-model", "frameworks", 1),
    at_most("single-model", "chain", 1),
    *unlimited("single-model", "isolation"),
    at_least("multi-model", "models", 2),
    at_most("multi-model", "frameworks", 1),
    at_most("multi-model", "chain", 1),
    one_of("multi-model", "isolation", "none"),
    at_least("multi-container", "models", 2),
    at_most("multi-container", "chain", 1),
    *unlimited("multi-container", "frameworks"),
    at_least("inference-pipeline", "chain", 2),
    at_most("inference-pipeline", "chain", 15),
    never("inference-pipeline", "caller_picks"),
]

GUIDE_SHAPES = [
    *BOTH_SHAPES,
    *unlimited("multi-container", "isolation", "experiment"),
]

AWS_SHAPES = [
    *BOTH_SHAPES,
    *unlimited("single-model", "experiment"),
    never("multi-model", "experiment", when=SHADOW),
    at_most("multi-container", "models", 15),
    one_of("multi-container", "isolation", "none", "dependencies"),
    never("multi-container", "experiment", when=SHADOW),
    *unlimited("multi-container", "caller_picks"),
    one_of("inference-pipeline", "isolation", "none", "dependencies"),
]

FACTS = {
    ("guide", "options"): GUIDE_OPTIONS,
    ("guide", "shapes"): GUIDE_SHAPES,
    ("aws", "options"): AWS_OPTIONS,
    ("aws", "shapes"): AWS_SHAPES,
}

QUICK = ("latency_ms", "below", Decimal(100))
WAITS = ("reply", "is", "same-call")
NO_COLD_START = ("cold_start", "is", "unacceptable")
INTERMITTENT = ("traffic", "is", "intermittent")
LONG = ("processing_s", "above", Decimal(60))
DATASET = ("reply", "is", "dataset")


def large(limit):
    return ("payload_mb", "above", Decimal(limit))


def options_box(first, payload_limit):
    """The four rows of the options box; row 2 names a second choice, so it is written as two."""
    return [
        Row("real-time", (first,), dataset_blocks=True),
        Row("serverless", ((INTERMITTENT,),), dataset_blocks=True),
        Row("asynchronous", ((INTERMITTENT,),), dataset_blocks=True),
        Row("asynchronous", ((large(payload_limit),), (LONG,)), dataset_blocks=True),
        Row("batch-transform", ((DATASET,),)),
    ]


SEVERAL = ("models", "at-least", Decimal(2))
SPLIT = ("experiment", "is", "split")


def shapes_box(first):
    return [
        first,
        Row("inference-pipeline", ((("chain", "at-least", Decimal(2)),),)),
        Row(
            "multi-container",
            (
                (SEVERAL, ("frameworks", "at-least", Decimal(2))),
                (SEVERAL, ("isolation", "is", "dependencies")),
            ),
        ),
        Row("multi-model", ((SEVERAL, ("frameworks", "at-most", Decimal(1))),)),
    ]


BOX = {
    ("guide", "options"): options_box((QUICK,), 6),
    ("aws", "options"): options_box((WAITS, NO_COLD_START), 25),
    ("guide", "shapes"): shapes_box(
        Row("multi-container", ((SPLIT,), (SEVERAL, ("isolation", "is", "security"))))
    ),
    ("aws", "shapes"): shapes_box(
        Row("single-model", ((SPLIT,), (("experiment", "is", "shadow"),)))
    ),
}
