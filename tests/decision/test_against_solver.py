"""The engine and the solver agree; tests.verify.solver asks for five times as many workloads."""

import pytest

from . import agreement
from .content import PROFILES

CHUNKS = range(4)
RULED = 2_500  # workloads in each chunk: 20,000 over both profiles and four chunks
CHANGED = 25  # 200 in all
PROVED = 1_000

in_every_chunk = pytest.mark.parametrize("chunk", CHUNKS)
by_every_profile = pytest.mark.parametrize("slug", PROFILES)


@in_every_chunk
@by_every_profile
def test_rulings_reasons_and_recommendations_agree(slug, chunk):
    agreement.rulings_reasons_and_recommendations_agree(slug, chunk, RULED)


@in_every_chunk
@by_every_profile
def test_conflicts_questions_and_counterfactuals_agree(slug, chunk):
    agreement.conflicts_questions_and_counterfactuals_agree(slug, chunk, CHANGED)


@by_every_profile
def test_proofs_agree(slug):
    agreement.proofs_agree(slug, PROVED)
