"""The product's settings for the processes of tests/stack.py. A password is slow to make and to check on purpose: a fifth of a second each
time, and the people of these tests log in by the hundreds. `make run` as it is stands in tests/frame/test_run.py.
"""

from patrol.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
