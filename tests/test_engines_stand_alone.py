"""The engines run without the web framework and reach for nothing outside themselves."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENGINES = ("studyapp.decision", "quiz.engine")
FORBIDDEN = {"django", "random", "secrets", "time", "os", "pathlib", "io", "socket"}
CLOCKS = {"now", "today", "utcnow"}


@pytest.mark.parametrize("engine", ENGINES)
def test_engine_runs_without_django(engine):
    code = f"import sys, {engine}; sys.exit(any(m.split('.')[0] == 'django' for m in sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_engine_reads_no_clock_disk_or_dice(engine):
    for path in sorted((ROOT / engine.replace(".", "/")).rglob("*.py")):
        tree = ast.parse(path.read_text())
        imported = {
            name.split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, (ast.Import, ast.ImportFrom))
            for name in [getattr(node, "module", None) or "", *(a.name for a in node.names)]
        }

        called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}

        assert not imported & FORBIDDEN, path.name
        assert not called & CLOCKS, path.name
