"""The guide's pages: one view for each section, in the order of the files that hold them."""

from .evidence import claims, sources
from .exam import exam
from .example import worked_example
from .glossary import glossary
from .home import home
from .page import section
from .prices import prices
from .profile import profile
from .reading import checkpoints, examples, index, muddy_points, objectives, outline
from .tables import capabilities, compare, concept_box, diagrams, hosting

__all__ = [
    "capabilities",
    "checkpoints",
    "claims",
    "compare",
    "concept_box",
    "diagrams",
    "exam",
    "examples",
    "glossary",
    "home",
    "hosting",
    "index",
    "muddy_points",
    "objectives",
    "outline",
    "prices",
    "profile",
    "section",
    "sources",
    "worked_example",
]
