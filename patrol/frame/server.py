"""How gunicorn serves SIPatrol, the same for the image, `make run` and the tests: `gunicorn -c python:patrol.frame.server --bind …`.

Connections wait in an event loop and cost no thread while they are slow (patrol.frame.gate).
"""

from pathlib import Path

wsgi_app = "patrol.asgi"
worker_class = "asgi"
asgi_lifespan = "off"  # Django has nothing to be told
asgi_loop = "asyncio"
workers = 3
keepalive = 5
# A worker that gives no sign of life for so long is replaced.
timeout = 30
graceful_timeout = 30
max_requests = 2_000
max_requests_jitter = 200
if Path("/dev/shm").is_dir():  # noqa: S108 -- gunicorn makes its heartbeat file there itself: it must not wait for a disk
    worker_tmp_dir = "/dev/shm"  # noqa: S108
# Where lines are asked for: the path alone. What was searched for stands in queries and in referrers.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(D)s"
control_socket_disable = True  # it would stand in somebody's home folder
