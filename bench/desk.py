"""The desk as officers use it, on a database as full as a country's: how long each page and each act takes.

    python -m bench.desk [--posts 2000000] [--flags 200000] [--people 50] [--think 8] [--seconds 120] [--keep FOLDER]

How to read it. PostgreSQL of its own with fsync, filled by SQL (bench/filled.py); the product's own web server, as the Dockerfile
starts it: gunicorn, three workers of four threads. People come over loopback with sessions of their own and do what officers do:
open the queue, take a post, decide it and get the next, undo now and then, filter, go deep. They come to work one
after the other, and between two acts they think, exponentially distributed with the given mean. What is printed is what the person
waits for: "decide and next" is the POST and the next post in its answer; the queue beside it and its counters, which the page asks for once
the post is painted, stand in a line of their own. The client, PostgreSQL and the web server share the machine.

Wall clock is what a person waits, and what a busy machine spoils; so beside it stands the processor time of web server and
database together, from the kernel's own accounts, which it hardly does.

"One alone" is the same with a single person and no thinking, next to Django's default changelists in the same run (bench/plain_admin.py,
its own gunicorn): both are asked in turns, so that a busy machine slows both. "As fast as it goes" is all people without
thinking. Queries are counted in this process. `--keep` keeps the filled database for the next run.
"""

from __future__ import annotations

import argparse
import contextlib
import html
import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import filled, ground
from example import processes
from tests import stack

PROJECT = Path(__file__).resolve().parent.parent
WORKERS = 3  # as the image
ROUNDS = 12  # of each page, one alone
ARRIVE = 5  # times the mean between two acts: over so long people come to work
WARM = 3  # requests that are not counted: each worker loads templates and words with its first ones
QUEUE = "/kerja/patrol/flag/"
DESK = {"X-Desk": "1"}
_FLAG = re.compile(r'data-flag="(\d+)"')
_DECIDE = re.compile(r'action="(/kerja/patrol/flag/\d+/putuskan/[^"]*)"')
_UNDO = re.compile(r'action="(/kerja/patrol/flag/keputusan/\d+/urungkan/)"')
_TAKE = re.compile(r'data-take="(/kerja/patrol/flag/\d+/ambil/[^"]*)"')
_VERSION = re.compile(r'name="seen_version" value="(\d+)"')
_NUMBERS = re.compile(r'data-numbers="([^"]+)"')
_FURTHER = re.compile(r'href="([^"]+)" data-go data-further')


@dataclass
class Times:
    """Milliseconds by what was done."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, what: str, began: float) -> None:
        with self.lock:
            self.taken[what].append((time.perf_counter() - began) * 1000)

    def fail(self, what: str) -> None:
        with self.lock:
            self.failed[what] += 1


class Client:
    """One browser: a session, a connection that is kept, no script."""

    def __init__(self, port: int, cookies: str, token: str) -> None:
        self.port, self.cookies, self.token = port, cookies, token
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(
        self, method: str, address: str, form: dict[str, str] | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Status, Location, body. A connection that gunicorn closed meanwhile is made anew."""
        sent = urlencode(form) if form is not None else None
        given = {"Cookie": self.cookies, "X-CSRFToken": self.token, **(headers or {})}
        if sent is not None:
            given["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            return self._ask(method, address, sent, given)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self.connection.close()
            return self._ask(method, address, sent, given)

    def _ask(self, method: str, address: str, sent: str | None, given: dict[str, str]) -> tuple[int, str, str]:
        self.connection.request(method, address, body=sent, headers=given)
        answer = self.connection.getresponse()
        body = answer.read()
        fresh = [piece for name, piece in answer.getheaders() if name.lower() == "set-cookie"]
        if any(piece.startswith("messages=") for piece in fresh):
            self.cookies = self.cookies.partition("; messages=")[0]
        return answer.status, answer.getheader("Location") or "", body.decode()

    def get(self, address: str, **headers: str) -> str:
        status, _place, body = self.ask("GET", address, headers={name.replace("_", "-"): value for name, value in headers.items()})
        if status != 200:
            raise RuntimeError(f"{address}: {status}")
        return body

    def send(self, address: str, form: dict[str, str]) -> str:
        """POST as the desk's script does it: the answer is the page at the end of its way."""
        status, _place, body = self.ask("POST", address, form, DESK)
        if status != 200:
            raise RuntimeError(f"{address}: {status}")
        return body


class Officer:
    """Somebody at the desk; each act is timed as the person waits for it."""

    def __init__(self, client: Client, times: Times, chance: random.Random, deep: Sequence[str]) -> None:
        self.client, self.times, self.chance, self.deep = client, times, chance, deep
        self.page = ""

    def timed(self, what: str, act: Callable[[], str]) -> str:
        began = time.perf_counter()
        try:
            page = act()
        except (RuntimeError, OSError, http.client.HTTPException) as error:
            self.times.fail(f"{what}: {error}"[:110])
            return ""
        self.times.add(what, began)
        return page

    def start(self) -> None:
        self.page = self.timed("queue, whole page", lambda: self.client.get(QUEUE))
        self.take_next()

    def take_next(self) -> None:
        self.page = self.timed("take the next", lambda: self.client.send(f"{QUEUE}berikutnya/", {}))

    def decide(self) -> None:
        form, version = _DECIDE.search(self.page), _VERSION.search(self.page)
        if form is None or version is None:
            self.take_next()
            return
        outcome, reason = self.chance.choice([("dismissed", "other"), ("confirmed", "other"), ("needs_information", "other")])
        sent = {"outcome": outcome, "reason": reason, "note": "Contoh", "decision_key": str(uuid.uuid4()), "seen_version": version[1]}
        address = html.unescape(form[1])
        self.page = self.timed("decide and next", lambda: self.client.send(address, sent))

    def count(self) -> None:
        """The page's script asks so after each exchange: the rows of the queue and the counters, once the post is painted."""
        numbers, flag = _NUMBERS.search(self.page), _FLAG.search(self.page)
        if numbers and flag:
            address = html.unescape(numbers[1])
            self.timed("queue and counters after it", lambda: self.client.get(f"{address}{'&' if '?' in address else '?'}rows={flag[1]}"))

    def undo(self) -> None:
        form, flag = _UNDO.search(self.page), _FLAG.search(self.page)
        if form is None:
            self.decide()
            return
        sent = {"decision_key": str(uuid.uuid4()), "from": flag[1] if flag else ""}
        self.page = self.timed("undo", lambda: self.client.send(form[1], sent))

    def look_deep(self) -> None:
        self.timed("queue, deep", lambda: self.client.get(self.chance.choice(self.deep), X_Desk="1"))

    def filter(self) -> None:
        asked = self.chance.choice(["level=high", "country=KH", "platform=tiktok", "kind=fraud", "older=72", "holding=free"])
        page = self.timed("queue, filtered", lambda: self.client.get(f"{QUEUE}?{asked}", X_Desk="1"))
        rows = _TAKE.findall(page)
        if rows:
            flag = _FLAG.search(self.page)
            address = html.unescape(self.chance.choice(rows))
            self.page = self.timed("open a row", lambda: self.client.send(address, {"from": flag[1] if flag else ""}))

    def reload(self) -> None:
        if flag := _FLAG.search(self.page):
            self.timed("post, whole page", lambda: self.client.get(f"{QUEUE}{flag[1]}/"))

    def act(self) -> None:
        dice = self.chance.random()
        for upto, act in ((0.07, self.undo), (0.12, self.filter), (0.17, self.look_deep), (0.21, self.reload), (1, self.decide)):
            if dice < upto:
                act()
                if act == self.decide:
                    self.count()
                return

    def work(self, until: float, think: float) -> None:
        if think:
            time.sleep(self.chance.random() * ARRIVE * think)
        self.start()
        while True:
            pause = self.chance.expovariate(1 / think) if think else 0.0
            if time.perf_counter() + pause >= until:
                return  # who would act after the end goes home: all at once they would be a crowd that no day has
            time.sleep(pause)
            self.act()


# --- servers and sessions ---------------------------------------------------------------------------


@contextlib.contextmanager
def serving(folder: Path, name: str, *program: str, settings: str, port: int) -> Iterator[int]:
    log = folder / f"{name}.log"
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        *program,
        "--bind",
        f"127.0.0.1:{port}",
        "--worker-tmp-dir",
        "/dev/shm",
        "--no-control-socket",
        "--keep-alive",
        "75",
    ]
    with log.open("ab") as file:
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": settings},
            preexec_fn=processes.die_with_parent(15),  # noqa: PLW1509
        )
    try:
        for _ in range(600):
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", "/")
                connection.getresponse().read()
                break
            if process.poll() is not None:
                raise SystemExit(processes.last_lines(log, 30))
            time.sleep(0.05)
        yield process.pid
    finally:
        processes.stop_process(process, *stack.STOP)


def cookies_of(person: Any) -> tuple[str, str]:
    """A session made as logging in makes it, and its token against forged forms."""
    from django.conf import settings  # noqa: PLC0415
    from django.middleware.csrf import _get_new_csrf_string  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client()
    client.force_login(person)
    token = _get_new_csrf_string()
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}; {settings.CSRF_COOKIE_NAME}={token}", token


def deep_places(person: Any, steps: Sequence[float]) -> list[str]:
    """Addresses of the queue at these shares of its length."""
    from django.db import connection  # noqa: PLC0415

    from patrol import models, triage  # noqa: PLC0415
    from patrol.domain import states  # noqa: PLC0415

    flags = models.Flag.objects.filter(state__in=[str(state) for state in states.OPEN])
    if not person.at_directorate:
        flags = flags.filter(office=person.office_id)
    ordered = flags.order_by("urgency", "raised_at", "id")
    many = ordered.count()
    found = [ordered[int(many * share)] for share in steps if many]
    connection.close()
    return [f"{QUEUE}?after={triage.place_of(flag)}".replace("+", "%2B") for flag in found]


def processor_ms(roots: Sequence[int]) -> float:
    """Milliseconds the processes and their children have run since they began, as the scheduler counts them; of children that ended, as
    the parallel workers of a statement do, in steps of ten.
    """
    parents: dict[int, list[int]] = defaultdict(list)
    ended: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                told = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(told[1])].append(int(entry.name))
                ended[int(entry.name)] = int(told[13]) + int(told[14])
    counted, spent = list(roots), 0.0
    for pid in counted:
        counted += parents[pid]
        spent += ended.get(pid, 0) * 1000 / os.sysconf("SC_CLK_TCK")
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                spent += int((task / "schedstat").read_text().split()[0]) / 1e6
    return spent


# --- what is measured -------------------------------------------------------------------------------


def line(what: str, taken: Sequence[float], spent: Sequence[float] = ()) -> str:
    ordered = sorted(taken)
    if not ordered:
        return f"  {what:<34} never"
    middle, late = statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    more = f"   processor {statistics.fmean(spent):>6.0f} ms" if spent else ""
    return f"  {what:<34} {len(ordered):>5} times   median {middle:>6.0f} ms   p95 {late:>6.0f} ms{more}"


type Taken = dict[str, tuple[list[float], list[float]]]


def in_turns(asked: Mapping[str, Callable[[], Any]], roots: Sequence[int], rounds: int = ROUNDS) -> Taken:
    """Each in turn, so that a busy machine slows all; milliseconds of the clock and of the processors for each."""
    taken: Taken = {what: ([], []) for what in asked}
    for number in range(rounds + WARM):
        for what, act in asked.items():
            before, began = processor_ms(roots), time.perf_counter()
            act()
            waited = (time.perf_counter() - began) * 1000
            if number >= WARM:
                taken[what][0].append(waited)
                taken[what][1].append(processor_ms(roots) - before)
    return taken


def _middles(taken: Taken) -> Iterator[tuple[str, dict[str, float]]]:
    """By the clock the median; by the processors the mean, since part of it is counted in steps."""
    yield "by the clock", {what: statistics.median(waited) for what, (waited, _spent) in taken.items()}
    yield "by the processors", {what: statistics.fmean(spent) for what, (_waited, spent) in taken.items()}


def queries_of(person: Any, addresses: dict[str, tuple[str, dict[str, str] | None]]) -> dict[str, int]:
    """How many statements each page takes, counted in this process; with a form it is a POST and the page behind it."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client as TestClient  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = TestClient(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    found = {}
    for what, (address, form) in addresses.items():
        for _ in range(2):
            headers = {} if "whole" in what else {"x-desk": "1"}
            with CaptureQueriesContext(connection) as captured:
                if form is None:
                    client.get(address, headers=headers)
                else:
                    client.post(address, form, headers=headers, follow=True)
            found[what] = len(captured)
    connection.close()
    return found


class Bench:
    def __init__(self, folder: Path, common: int, roots: Sequence[int] = ()) -> None:
        from patrol import models  # noqa: PLC0415

        self.folder, self.common, self.roots = folder, common, list(roots)
        self.campaign = f"/kerja/patrol/campaign/{filled.ring(common)}/"
        self.people = list(models.Person.objects.select_related("office").filter(username__startswith="orang").order_by("id"))
        self.officer = next(p for p in self.people if p.role == "officer" and p.office_id == self._fullest())
        self.analyst = next(p for p in self.people if p.role == "analyst")

    @staticmethod
    def _fullest() -> int:
        from django.db.models import Count  # noqa: PLC0415

        from patrol import models  # noqa: PLC0415
        from patrol.domain import states  # noqa: PLC0415

        rows = models.Flag.objects.filter(state__in=[str(s) for s in states.OPEN], office__kind="bp3mi").values("office")
        return int(rows.annotate(many=Count("id")).order_by("-many").values_list("office", flat=True)[0])

    def client(self, person: Any, port: int) -> Client:
        return Client(port, *cookies_of(person))

    def alone(self, port: int, plain: int) -> None:
        for who, person in (("officer", self.officer), ("directorate", self.analyst)):
            deep = deep_places(person, (0.5, 0.95))
            client, usual = self.client(person, port), self.client(person, plain)
            officer = Officer(client, Times(), random.Random(7), deep)
            pages = self._last_page(usual, "/patrol/flag/")
            officer.start()
            taken = in_turns(
                {
                    "queue, whole page": partial(client.get, QUEUE),
                    "queue, first": partial(client.get, QUEUE, X_Desk="1"),
                    "queue, half way": partial(client.get, deep[0], X_Desk="1"),
                    "queue, at 95 %": partial(client.get, deep[1], X_Desk="1"),
                    "post, whole page": officer.reload,
                    "decide and next": officer.decide,
                    "queue and counters after it": officer.count,
                    "start page": partial(client.get, "/kerja/"),
                    f"campaign of {filled.RING} posts": partial(client.get, self.campaign),
                    "changelist of flags, first": partial(usual.get, "/patrol/flag/"),
                    "changelist of flags, half way": partial(usual.get, f"/patrol/flag/?p={pages // 2}"),
                    "changelist of flags, last": partial(usual.get, f"/patrol/flag/?p={pages}"),
                },
                self.roots,
            )
            print(f"One alone, {who}:")
            for what, (waited, spent) in taken.items():
                print(line(what, waited, spent))
            for kind, middle in _middles(taken):
                compared = (
                    ("whole page", "queue, whole page", "first"),
                    ("a post's whole page", "post, whole page", "first"),
                    ("decide and next", "decide and next", "first"),
                    ("queue and counters after it", "queue and counters after it", "first"),
                    ("start page", "start page", "first"),
                    ("campaign", f"campaign of {filled.RING} posts", "first"),
                    ("exchanged page", "queue, first", "first"),
                    ("half way", "queue, half way", "half way"),
                    ("deep", "queue, at 95 %", "last"),
                )
                said = [f"{title} {middle[ours] / middle[f'changelist of flags, {theirs}']:.2f}" for title, ours, theirs in compared]
                print(f"  of the changelist of flags, {kind}: {', '.join(said)}", flush=True)
            for failed, many in officer.times.failed.items():
                print(f"  FAILED {many} times: {failed}")

    def starts(self, port: int, plain: int) -> None:
        """The start page of each role, what its page counts once a minute, and posts by the place they name."""
        from django.core.cache import cache  # noqa: PLC0415
        from django.utils import timezone  # noqa: PLC0415

        from patrol import models  # noqa: PLC0415
        from patrol.triage import backlog  # noqa: PLC0415

        usual = self.client(self.analyst, plain)
        directorate = self.analyst.office
        people = {"officer": self.officer, "analyst": self.analyst}
        for role in ("supervisor", "registrar", "administrator"):
            one = models.Person.objects.filter(role=role, office=directorate).first() or models.Person(
                username=f"bench-{role}", name="Orang Contoh", role=role, created_at=timezone.now(), office=directorate
            )
            if one.pk is None:
                one.set_unusable_password()
                one.save(force_insert=True)
            people[role] = one

        def count(person: Any) -> None:
            cache.clear()
            backlog.backlog(person, timezone.now())

        asked: dict[str, Callable[[], Any]] = {
            **{f"start page, {role}": partial(self.client(one, port).get, "/kerja/") for role, one in people.items()},
            "over its limit, counted: office": partial(count, self.officer),
            "over its limit, counted: nation": partial(count, self.analyst),
        }
        posts, client = "/kerja/patrol/post/", self.client(self.analyst, port)
        for what, query in (
            ("many name", "place=32"),
            ("nobody names", "place=81"),
            ("nobody names, this month", f"place=81&since={timezone.localdate() - timedelta(days=30)}"),
        ):
            asked[f"posts of a place {what}"] = partial(client.get, f"{posts}?{query}")
        asked["changelist of flags, first"] = partial(usual.get, "/patrol/flag/")
        taken = in_turns(asked, self.roots)
        print("Start pages and what they lead to:")
        for what, (waited, spent) in taken.items():
            print(line(what, waited, spent))
        for kind, middle in _middles(taken):
            said = [f"{what} {middle[what] / middle['changelist of flags, first']:.2f}" for what in taken if "changelist" not in what]
            print(f"  of the changelist of flags, {kind}: {'; '.join(said)}", flush=True)

    @staticmethod
    def _last_page(usual: Client, address: str) -> int:
        body = usual.get(address)
        return max(map(int, re.findall(r"\?p=(\d+)", body)), default=1)

    def findings(self, port: int, plain: int) -> None:
        """Pages that find something again, among all posts."""
        client, usual = self.client(self.analyst, port), self.client(self.analyst, plain)
        posts = "/kerja/patrol/post/"

        def find(what: str) -> None:
            client.ask("POST", "/kerja/patrol/indicator/cari/", {"what": what})

        asked: dict[str, Callable[[], Any]] = {
            f"indicator with {filled.COMMON_SIGHTINGS:,} sightings": lambda: client.get(f"/kerja/patrol/indicator/{self.common}/"),
            "posts, newest": lambda: client.get(posts),
            "changelist of posts, first": lambda: usual.get("/patrol/post/"),
            "posts, a common word": lambda: client.get(f"{posts}?q=gaji"),
            "posts, a common and a rare word": lambda: client.get(f"{posts}?q=gaji+{self._rare()}"),
            "posts, a rare word": lambda: client.get(f"{posts}?q={self._rare()}"),
            "posts, a word nobody wrote": lambda: client.get(f"{posts}?q=xyzzyplugh"),
            "posts, two words and a platform": lambda: client.get(f"{posts}?q=taiwan+pabrik&platform=tiktok"),
            "posts, three letters": lambda: client.get(f"{posts}?q=abk"),
            "Ctrl-K, a number": lambda: find("0840 9999 9999"),
            "Ctrl-K, an account": lambda: find("@akun_contoh_33"),
            "Ctrl-K, a name of an agency": lambda: find("PT Contoh Karya"),
            "Ctrl-K, an address": lambda: find("https://sosial.example/isi_contoh/77/12"),
        }
        print("Finding again:")
        for what, (waited, spent) in in_turns(asked, self.roots, 9).items():
            print(line(what, waited, spent), flush=True)

    def _rare(self) -> str:
        from patrol import models  # noqa: PLC0415

        if not hasattr(self, "_word"):
            row = models.PostWords.objects.filter(post_id__gt=filled.STRIDE).first()
            self._word = row.words.split()[-1] if row else "kode"
        return str(self._word)

    def many(self, port: int, people: int, think: float, seconds: float) -> Times:
        times = Times()
        ends = time.perf_counter() + seconds
        threads = []
        places = {p.office_id: deep_places(p, (0.2, 0.5, 0.8, 0.95)) or [QUEUE] for p in self.people}
        for number in range(people):
            person = self.people[number % len(self.people)]
            officer = Officer(self.client(person, port), times, random.Random(number), places[person.office_id])
            threads.append(threading.Thread(target=officer.work, args=(ends, think), daemon=True))
        before, began = processor_ms(self.roots), time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(seconds + 90)
        spent = time.perf_counter() - began
        busy = (processor_ms(self.roots) - before) / 1000
        decided = len(times.taken["decide and next"])
        asked = sum(map(len, times.taken.values()))
        say = f"thinking {think:.0f} s on average" if think else "as fast as it goes"
        print(
            f"{people} people, {say}, {spent:.0f} s: {decided / spent:.1f} decisions/s, about {asked / spent:.0f} requests/s,"
            f" {busy / spent:.2f} processors busy with web server and database"
        )
        for what, found in sorted(times.taken.items()):
            print(line(what, found))
        for failed, many in times.failed.most_common(6):
            print(f"  FAILED {many} times: {failed}")
        sys.stdout.flush()
        return times

    def count_queries(self) -> None:
        from patrol import models  # noqa: PLC0415

        waiting = models.Flag.objects.filter(office=self.officer.office_id, state="waiting", lease_person=None).order_by("-id")
        one, other = waiting[0], waiting[1]
        form = {
            "outcome": "dismissed",
            "reason": "other",
            "note": "Contoh",
            "decision_key": str(uuid.uuid4()),
            "seen_version": str(one.version),
        }
        found = queries_of(
            self.officer,
            {
                "queue, whole page": (QUEUE, None),
                "queue": (QUEUE, None),
                "take and show": (f"{QUEUE}{one.pk}/ambil/", {}),
                "post": (f"{QUEUE}{one.pk}/", None),
                "decide and next": (f"{QUEUE}{one.pk}/putuskan/", form),
                "post, whole page": (f"{QUEUE}{other.pk}/", None),
                "queue and counters after it": (f"{QUEUE}hitungan/?rows={other.pk}", None),
                "indicator, whole page": (f"/kerja/patrol/indicator/{self.common}/", None),
                "posts, whole page": ("/kerja/patrol/post/", None),
                "start, whole page": ("/kerja/", None),
                "campaign, whole page": (self.campaign, None),
            },
        )
        print("Queries: " + "; ".join(f"{what} {many}" for what, many in found.items()) + ".", flush=True)


def free_port() -> int:
    import socket  # noqa: PLC0415

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def prepared(folder: Path, postgres: ground.Database, posts: int, flags: int, seconds: float) -> int:
    """The common indicator's id; fills the database unless a kept one is full already."""
    from patrol import models  # noqa: PLC0415

    common = models.Indicator.objects.filter(value="+6284099999999").first()
    if common is not None:
        print(f"Kept database: {models.Post.objects.count():,} posts, {models.Flag.objects.count():,} flags.", flush=True)
        return common.pk
    from bench import pages  # noqa: PLC0415
    from bench.storing import Ways  # noqa: PLC0415

    ground.load(folder, pages.served())
    filled.people()
    ways = Ways()
    filled.seeds(ways.watch.pk, ways.fetch.pk, ways.capture)
    made = filled.fill(postgres, posts, flags, seconds)
    print(
        f"Filled by SQL in {made.seconds:.0f} s: {made.posts:,} of {posts:,} posts, {made.flags:,} flags, {made.open:,} of them open,"
        f" in {models.Office.objects.count()} offices.",
        flush=True,
    )
    return made.common


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=2_000_000)
    parser.add_argument("--flags", type=int, default=200_000)
    parser.add_argument("--fill-seconds", type=float, default=900, help="to fill the database at most, without its last index")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--think", type=float, default=8, help="seconds between two acts, on average")
    parser.add_argument("--seconds", type=float, default=120, help="that all people work")
    parser.add_argument("--limit-seconds", type=float, default=30, help="that they work without thinking")
    parser.add_argument("--keep", type=Path, help="folder in which the filled database stays")
    parser.add_argument("--only", default="", help="parts with commas between: queries, alone, starts, finding, many, limit")
    asked = parser.parse_args()
    only = set(asked.only.split(",")) if asked.only else {"queries", "alone", "starts", "finding", "many", "limit"}
    with ground.servers_of_our_own(asked.keep) as (folder, postgres, _valkey):
        common = prepared(folder, postgres, asked.posts, asked.flags, asked.fill_seconds)
        bench = Bench(folder, common)
        port, plain = free_port(), free_port()
        product = ("-c", "python:patrol.frame.server", "--workers", str(WORKERS))
        usual = ("django.core.wsgi:get_wsgi_application()", "--workers", "1", "--threads", "1")
        with (
            serving(folder, "web", *product, settings="patrol.settings", port=port) as web,
            serving(folder, "plain", *usual, settings="bench.plain_settings", port=plain) as beside,
        ):
            assert postgres.process is not None
            bench.roots = [web, beside, postgres.process.pid]
            if "queries" in only:
                bench.count_queries()
            if "alone" in only:
                bench.alone(port, plain)
            if "starts" in only:
                bench.starts(port, plain)
            if "finding" in only:
                bench.findings(port, plain)
            if "many" in only:
                bench.many(port, asked.people, asked.think, asked.seconds)
            if "limit" in only:
                bench.many(port, asked.people, 0, asked.limit_seconds)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
