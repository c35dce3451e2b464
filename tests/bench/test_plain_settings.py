from __future__ import annotations

import os
import subprocess
import sys

from tests import stack


def test_django_s_own_admin_starts_over_our_tables() -> None:
    """What the bench of the desk compares with: a part of the product that needs one more app would end it."""
    done = subprocess.run(
        [sys.executable, "-c", "import django; django.setup(); from bench import plain_admin; print(len(plain_admin.site._registry))"],
        cwd=stack.PROJECT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "bench.plain_settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "2\n"), done.stderr
