"""Every room stands on its floor."""

import subprocess
import sys

from tests.house import tree


def test_the_contracts_hold():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo"],
        cwd=tree.ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_imports_the_demo_but_the_command():
    found = [
        tree.short(path)
        for path in tree.sources()
        if "laget.demo" in path.read_text() and path.relative_to(tree.PACKAGE).parts[0] not in {"demo", "site"}
    ]
    assert not found
