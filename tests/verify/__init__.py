"""Long proofs and benchmarks, run by hand: python -m tests.verify.NAME."""
