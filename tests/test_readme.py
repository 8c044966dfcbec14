import re

from django.conf import settings


def test_every_long_proof_is_told_of():
    told = (settings.BASE_DIR / "README.md").read_text()
    proofs = {
        path.stem
        for path in (settings.BASE_DIR / "tests/verify").glob("*.py")
        if '__name__ == "__main__"' in path.read_text()
    }

    section = told.partition("## Proofs")[2].partition("\n## ")[0]
    named = "".join(line.split("|")[1] for line in section.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`(\w+)`", named)) == proofs
