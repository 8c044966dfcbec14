"""The engine and a brute-force solver, written apart from each other, say the same 100,000 times.

    python -m tests.verify.solver

Rulings, reasons and recommendations of 100,000 workloads, conflicts, questions and counterfactuals of
1,000, and 10,000 proofs, over both profiles; the first that differs is shown, and the exit status is 1.
"""

from tests.decision import agreement
from tests.decision.content import PROFILES

CHUNKS = range(4)
RULED, CHANGED, PROVED = 12_500, 125, 5_000


def main():
    for slug in PROFILES:
        for chunk in CHUNKS:
            agreement.rulings_reasons_and_recommendations_agree(slug, chunk, RULED)
            agreement.conflicts_questions_and_counterfactuals_agree(slug, chunk, CHANGED)
            print(f"{slug}: {RULED} rulings and {CHANGED} counterfactuals agree", flush=True)
        agreement.proofs_agree(slug, PROVED)
        print(f"{slug}: {PROVED} proofs agree", flush=True)


if __name__ == "__main__":
    main()
