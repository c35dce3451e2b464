"""How gunicorn serves SIPatrol, the same for the image, `make run` and the tests: `gunicorn -c python:patrol.frame.server --bind …`.

Connections wait in an event loop and cost no thread while they are slow (patrol.frame.gate).
"""

import gc
from pathlib import Path
from typing import Any

gc.set_threshold(50_000)  # as manage.py
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
    worker_tmp_dir = "/dev/shm"  # noqa: S108 -- as above
# Where lines are asked for: the path alone. What was searched for stands in queries and in referrers.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(D)s"
control_socket_disable = True  # it would stand in somebody's home folder


def post_worker_init(worker: Any) -> None:
    """The product is loaded and stays until the worker ends. Looking through its 250,000 objects for what nobody refers to took the
    collector 160 ms, once in a hundred requests, and all threads of the worker waited."""
    del worker
    gc.collect()
    gc.freeze()
