"""The setup script on machines of every sort: what it finds is faked, the script and the Python it takes are real."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "example" / "setup.sh"
REAL_PYTHON = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
TOOLS = ("sh", "cat", "cksum", "dirname", "env", "grep", "mktemp", "rm", "tr", "sed")
RUN = ("tesseract-ocr", "tesseract-ocr-ind", "libpango-1.0-0", "libpangoft2-1.0-0", "fonts-noto-color-emoji")
PLACES = ("/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3")


class Machine:
    """A project without requirements on a machine whose programs are those in `bin`, and no others."""

    def __init__(self, folder: Path, venv: Path) -> None:
        """`venv`: what a Python that need not make one hands out."""
        self.venv = venv
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.project = folder / "proyek für SIPatrol"
        self.project.mkdir()
        for lock in ("requirements.txt", "requirements-dev.txt"):
            (self.project / lock).write_text("# nothing\n")
        for tool in TOOLS:
            place_of_tool = shutil.which(tool)
            assert place_of_tool is not None
            (self.bin / tool).symlink_to(place_of_tool)
        text = SCRIPT.read_text()
        for place in PLACES:
            assert place in text
            text = text.replace(place, f"{folder}/nowhere{place}")
        self.script = folder / "setup.sh"
        self.script.write_text(text)
        self.environment = {"PATH": str(self.bin), "HOME": str(folder), "NO_APT": "1"}

    def program(self, name: str, body: str) -> None:
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)

    def real_python(self, name: str = "python3.13") -> None:
        (self.bin / name).symlink_to(REAL_PYTHON)

    def python_with_a_venv(self) -> None:
        """The real one, which copies a venv instead of making it: most of a second of a test instead of three."""
        itself, copying = self.bin / "python3.13", shutil.which("cp")
        answers = f'*sys.executable*) echo "{itself}" ;; "-m venv .venv") exec "{copying}" -al "{self.venv}" .venv ;;'
        self.program(itself.name, f'case "$*" in {answers} *) exec "{REAL_PYTHON}" "$@" ;; esac')

    def debian(self, installed: Sequence[str] = (), apt: str = "exit 100") -> None:
        """dpkg and apt of a machine where we are root; apt notes its calls in `apt.log`."""
        listed = "|".join(installed) or "nothing"
        self.program("dpkg-query", f'case "$3" in {listed}) echo installed ;; *) exit 1 ;; esac')
        self.program("apt-get", f'echo "$@" >>"{self.project}/apt.log"; {apt}')
        self.program("id", "echo 0")

    def setup(self, want: str = "run", **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", self.script, want, self.project],
            env=self.environment | more,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("made") / "venv"
    subprocess.run([REAL_PYTHON, "-m", "venv", made], check=True)
    return made


@pytest.fixture
def machine(tmp_path: Path, venv: Path) -> Machine:
    return Machine(tmp_path, venv)


def test_shims_and_old_pythons_are_passed_over_and_a_second_run_does_nothing(machine: Machine) -> None:
    machine.program("python3", "echo 'pyenv: python3: command not found' >&2; exit 127")
    machine.program("python3.14", "exit 1")  # what an old Python answers to the question for its version
    machine.real_python("python3.12")
    first = machine.setup()
    assert (first.returncode, first.stderr) == (0, "")
    assert f"({machine.bin}/python3.12)" in first.stdout
    assert (machine.project / ".venv/bin/python").exists()

    second = machine.setup()
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")

    (machine.project / "requirements.txt").write_text("# another lock\n")
    assert machine.setup().stdout == "Installing the locked requirements (requirements.txt)\n"

    moved = machine.project.with_name("moved")
    machine.project.rename(moved)
    machine.project = moved
    third = machine.setup()
    assert third.stdout.splitlines()[0] == "The .venv here does not work any more and is made anew."
    assert third.returncode == 0


def test_a_python_of_pyenv_is_found_without_its_shims(machine: Machine) -> None:
    place = Path(machine.environment["HOME"]) / ".pyenv/versions/3.13.9/bin"
    place.mkdir(parents=True)
    (place / "python3").symlink_to(REAL_PYTHON)
    machine.program("python3", "exit 127")
    assert f"({place}/python3)" in machine.setup().stdout


def test_no_python_is_one_sentence(machine: Machine) -> None:
    machine.program("python3", "exit 1")
    done = machine.setup()
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("SIPatrol needs Python 3.12 or newer and found none here;")
    assert not (machine.project / ".venv").exists()


def test_a_python_that_cannot_make_a_venv_is_one_sentence(machine: Machine) -> None:
    itself = machine.bin / "python3"
    answers = f'*ensurepip*) exit 1 ;; *sys.executable*) echo "{itself}" ;; *) exec "{REAL_PYTHON}" "$@" ;;'
    machine.program("python3", f'case "$2" in {answers} esac')
    done = machine.setup()
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "cannot make a virtual environment: install its venv module" in done.stderr
    assert not (machine.project / ".venv").exists()


def test_no_apt_leaves_apt_alone_and_says_what_stays_off(machine: Machine) -> None:
    machine.python_with_a_venv()
    machine.debian(installed=("tesseract-ocr",))
    done = machine.setup()
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == (
        "Not installed (apt is not allowed here), the parts that need them stay off: "
        "tesseract-ocr-ind libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-color-emoji "
    )
    assert not (machine.project / "apt.log").exists()


def test_an_apt_that_fails_is_one_sentence_and_the_run_goes_on(machine: Machine) -> None:
    machine.python_with_a_venv()
    machine.debian(apt="echo 'E: Unable to fetch' >&2; exit 100")
    done = machine.setup(NO_APT="0")
    assert done.returncode == 0
    assert done.stdout.splitlines()[1] == ("apt could not install them; the parts that need them stay off: E: Unable to fetch")
    calls = (machine.project / "apt.log").read_text().splitlines()
    assert [call.split("Acquire::https::Timeout=20 ")[1].split()[0] for call in calls] == ["install", "update"]
    assert (machine.project / ".venv/installed-run").exists()


def test_what_is_installed_is_not_asked_of_apt(machine: Machine) -> None:
    machine.python_with_a_venv()
    machine.debian(installed=RUN)
    assert machine.setup(NO_APT="0").returncode == 0
    assert not (machine.project / "apt.log").exists()


def test_tests_want_a_browser_and_a_server_and_ci_does_not_go_on_without_them(machine: Machine) -> None:
    machine.python_with_a_venv()
    machine.debian(installed=RUN)
    done = machine.setup("test", NO_APT="0", CI="true")
    assert done.returncode == 1
    assert done.stderr == "CI must not skip tests, and these packages are missing: snac2 chromium firefox-esr \n"
    assert "install -y --no-install-recommends snac2 chromium firefox-esr" in (machine.project / "apt.log").read_text()


@pytest.mark.parametrize("known", [True, False])
def test_a_browser_without_a_window_is_taken_where_apt_knows_it_and_nobody_misses_it(machine: Machine, *, known: bool) -> None:
    machine.python_with_a_venv()
    machine.debian(installed=(*RUN, "snac2", "chromium", "firefox-esr"))
    machine.program("apt-cache", f"exit {0 if known else 100}")
    done = machine.setup("test", NO_APT="0", CI="true")
    assert (done.returncode, done.stderr) == (0, "")
    log = machine.project / "apt.log"
    asked = [line.split("--no-install-recommends ")[1] for line in log.read_text().splitlines()] if log.exists() else []
    assert asked == (["chromium-headless-shell"] if known else [])
