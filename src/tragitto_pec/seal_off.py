"""Gives up, one by one, all that a process which reads hostile input has no need of.

Each step is tried and says whether it stands, because kernels, containers and systems differ: what one
refuses, another step mostly covers. Nothing can be taken back afterwards. Linux knows all of them, other
systems the limits alone.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
import tempfile
from collections.abc import Callable

from tragitto_pec.confined_filter import filter_calls

_NEW_USER, _NEW_NETWORK, _NEW_IPC = 0x10000000, 0x40000000, 0x08000000
_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4
_PR_SET_NO_NEW_PRIVS, _PR_GET_NO_NEW_PRIVS = 38, 39
_CAPABILITY_VERSION = 0x20080522
# User numbers systemd lists as unused, and those it gives to passing services: the second for
# containers that know few numbers.
_FREE_USERS, _PASSING_USERS, _MANY_PASSING = 7 << 28, 61_184, 4_000


def seal_off(keep: int) -> tuple[str, ...]:
    """Take every step of ``STEPS`` and return the names of those that stand. Never raises.

    The descriptors up to ``keep`` stay open. Whatever is to be loaded must be loaded before.
    """
    return tuple(name for name, step in STEPS.items() if stands(step, keep))


def stands(step: Callable[[int], bool], keep: int) -> bool:
    """Whether the step could be taken here."""
    try:
        return step(keep)
    except (OSError, ValueError, AttributeError, OverflowError):
        return False


def close_descriptors(keep: int) -> bool:
    """Close all descriptors above ``keep``."""
    os.closerange(keep + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    return True


def empty_environment(_keep: int) -> bool:
    """Forget the environment."""
    os.environ.clear()
    return not os.environ


def own_network(_keep: int) -> bool:
    """Live in a network without devices and among no shared memory; for root no new user space is needed."""
    kinds = _NEW_NETWORK | _NEW_IPC
    if os.geteuid() != 0:
        kinds |= _NEW_USER
    return _call("unshare", kinds)


def empty_root(_keep: int) -> bool:
    """See an empty folder that no longer exists as the whole file system."""
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    os.rmdir(folder)
    os.chroot(".")
    return os.listdir("/") == []


def own_user(_keep: int) -> bool:
    """Started as root: become a user and group that own nothing and that no other process has."""
    if os.geteuid() != 0:
        return False
    os.setgroups([])
    for number in (_FREE_USERS + os.getpid(), _PASSING_USERS + os.getpid() % _MANY_PASSING):
        try:
            os.setresgid(number, number, number)
            os.setresuid(number, number, number)
        except OSError:
            continue
        return os.getresuid() == os.getresgid() == (number,) * 3 and os.getgroups() == []
    return False


def no_capabilities(_keep: int) -> bool:
    """Hold no capability, not even in a user space of its own."""
    head = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    return _call("capset", ctypes.byref(head), ctypes.byref((ctypes.c_uint32 * 6)()))


def no_new_privileges(_keep: int) -> bool:
    """Gain nothing by starting a program that belongs to somebody else."""
    return _prctl(_PR_SET_NO_NEW_PRIVS, 1) == 0 and _prctl(_PR_GET_NO_NEW_PRIVS) == 1


def not_dumpable(_keep: int) -> bool:
    """Be no business of other processes of the same user: no trace, no look at the memory."""
    return _prctl(_PR_SET_DUMPABLE, 0) == 0 and _prctl(_PR_GET_DUMPABLE) == 0


def no_core(_keep: int) -> bool:
    """Leave no image of the memory behind."""
    return _nothing_of(resource.RLIMIT_CORE)


def no_writing(_keep: int) -> bool:
    """Let no file grow."""
    return _nothing_of(resource.RLIMIT_FSIZE)


def no_processes(_keep: int) -> bool:
    """Start no process and no thread; the limit does not bind root."""
    return _nothing_of(resource.RLIMIT_NPROC) and os.geteuid() != 0


def no_new_descriptors(_keep: int) -> bool:
    """Open nothing more: no file, no folder, no socket, no pipe. What is open stays open."""
    return _nothing_of(resource.RLIMIT_NOFILE)


def few_calls(_keep: int) -> bool:
    """Have only those system calls that thinking and answering need."""
    return filter_calls()


#: The steps in the order in which they must be taken.
STEPS: dict[str, Callable[[int], bool]] = {
    "closed-descriptors": close_descriptors,
    "empty-environment": empty_environment,
    "own-network": own_network,
    "empty-root": empty_root,
    "own-user": own_user,
    "no-capabilities": no_capabilities,
    "no-new-privileges": no_new_privileges,
    "not-dumpable": not_dumpable,
    "no-core": no_core,
    "no-writing": no_writing,
    "no-processes": no_processes,
    "no-new-descriptors": no_new_descriptors,
    "few-calls": few_calls,
}


def _nothing_of(limit: int) -> bool:
    resource.setrlimit(limit, (0, 0))
    return resource.getrlimit(limit) == (0, 0)


def _call(name: str, *arguments: object) -> bool:
    """Call a function of the system's library that answers 0 for done; False where there is none."""
    if not sys.platform.startswith("linux"):
        return False
    return bool(getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments) == 0)


def _prctl(option: int, value: int = 0) -> int:
    if not sys.platform.startswith("linux"):
        return -1
    rest = (ctypes.c_ulong(value), *(ctypes.c_ulong(0),) * 3)
    return int(ctypes.CDLL(None, use_errno=True).prctl(option, *rest))
