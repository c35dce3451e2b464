"""No packet leaves for an address that is not public, in whichever way it is asked for: counted where packets pass (packets.py)."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests import stack
from tests.sources import address_cases, packets

OFF = "no namespace of the network can be made here (root, or unprivileged user namespaces): packets are not counted"
ALONE = ["unshare", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"]), "--net", "--mount"]
# What a resolver or this machine refuses by itself: not reached with all walls away either.
OUT_OF_REACH = {"with a zone", "IDN", "IDN dots", "percent"}


@functools.cache
def possible() -> bool:
    try:
        return subprocess.run([*ALONE, "ip", "link", "set", "lo", "up"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def counted(walls: str, every: int = 1) -> dict[str, Any]:
    if not possible():
        pytest.skip(OFF)
    command = [*ALONE, sys.executable, packets.__file__, walls, str(every)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=stack.PROJECT, timeout=900)
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))


def test_there_are_enough_cases_and_each_is_of_its_own() -> None:
    cases = list(address_cases.cases())
    assert len({(case.url, case.leads_to, str(case.names)) for case in cases}) > 2_800
    assert {packets.denied(address) for address in address_cases.DENIED} == {True}
    assert packets.INSIDE[1] in address_cases.DENIED
    assert [packets.denied(address) for address in (address_cases.PUBLIC_4, address_cases.PUBLIC_6)] == [False, False]


@pytest.mark.parametrize("walls", ["both", "second"])
def test_no_packet_leaves_for_an_address_that_is_not_public(walls: str) -> None:
    """With both walls, and with the one that looks at the address as it is written taken away."""
    told = counted(walls)
    assert (told["reached"], told["cases"] > 2_800) == ({}, True)
    assert told["inside"] == [packets.INSIDE[1]]  # and its address stands among the cases
    assert told["public"] > 1_500  # redirects and rebinding names were followed as far as the public servers


def test_the_counter_sees_them_where_no_wall_stands() -> None:
    """The control: the same cases, each kind of them but what the machine itself refuses."""
    told = counted("none", 11)
    assert set(told["kinds"]) - OUT_OF_REACH - set(told["reached"]) == set()
    assert sum(told["reached"].values()) > 150


@pytest.mark.skipif("PACKET_CASES" not in os.environ, reason="make soak: the wall that looks at the address as it is written, alone")
def test_the_first_wall_alone_holds_what_it_is_for() -> None:
    told = counted("first")
    written = {"decimal", "octal", "hex", "octal parts", "hex parts", "two parts", "three parts", "trailing dot", "IDN", "userinfo"}
    assert set(told["reached"]) & (written | {"userinfo and password", "redirect to decimal"}) == set()
    assert set(told["reached"]) >= {"literal", "name", "rebind", "redirect 5", "v4-mapped", "NAT64", "6to4", "Teredo"}
