"""tests/judges/setup.sh on a machine that cannot bring anything: it says so, and the rest goes on."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent


def test_what_cannot_be_brought_is_said_and_tried_again(tmp_path: Path) -> None:
    there = tmp_path / "tests" / "judges"
    there.mkdir(parents=True)
    for name in ("setup.sh", "requirements.txt", "player.sha512"):
        shutil.copy(HERE / name, there)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)
    for _time in range(2):
        done = subprocess.run(["sh", there / "setup.sh"], capture_output=True, text=True, check=True)
        assert done.stdout.splitlines() == [
            "Installing programs that judge what the tests write (tests/judges/requirements.txt)",
            "They could not be installed; what they would judge is skipped, and the next call tries again.",
        ]
    assert not (tmp_path / ".venv" / "judges").exists()
