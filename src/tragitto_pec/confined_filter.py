"""The system calls that remain to the limited process: what it needs to think and answer, nothing else.

A seccomp filter (Linux, x86_64 and aarch64): every call that is not listed fails with EPERM, so there
is no opening of files, no socket, no process, no signal and no new kind of call of a later kernel.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys

_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
# Where the kernel's struct seccomp_data keeps the call's number, the architecture, the first argument.
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16

# In both lists, a line each: reading, writing and closing what is open (read, write, close, fstat, lseek);
# memory (mmap, mprotect, munmap, brk, mremap, madvise); being told of its own signals (rt_sigaction,
# rt_sigprocmask, rt_sigreturn, sigaltstack, restart_syscall); itself, clocks and chance (getpid, gettid,
# getrusage, futex, sched_yield, clock_gettime, gettimeofday, getrandom); the end (exit, exit_group).
_X86_64 = (
    *(0, 1, 3, 5, 8),
    *(9, 10, 11, 12, 25, 28),
    *(13, 14, 15, 131, 219),
    *(39, 186, 98, 202, 24, 228, 96, 318),
    *(60, 231),
)
_AARCH64 = (
    *(63, 64, 57, 80, 62),
    *(222, 226, 215, 214, 216, 233),
    *(134, 135, 139, 132, 128),
    *(172, 178, 165, 98, 124, 113, 169, 278),
    *(93, 94),
)

#: By machine: the kernel's name of the architecture, the calls that pass, and prlimit64.
_MACHINES = {
    "x86_64": (0xC000003E, _X86_64, 302),
    "aarch64": (0xC00000B7, _AARCH64, 261),
}


class _Program(ctypes.Structure):
    """The kernel's struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def program(architecture: int, calls: tuple[int, ...], prlimit: int) -> bytes:
    """The filter as instructions: these calls pass, ``prlimit`` only for the process itself."""
    asked = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IF_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _NUMBER),
    ]
    # Behind the calls stand five more instructions, the last of which allows.
    asked += [(_IF_EQUAL, len(calls) - place + 3, 0, call) for place, call in enumerate(calls)]
    asked += [
        (_IF_EQUAL, 0, 2, prlimit),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_IF_EQUAL, 1, 0, 0),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in asked)


def filter_calls() -> bool:
    """Refuse all other system calls from now on; False where this machine or kernel cannot.

    Needs that the process has given up new privileges. A 32-bit Python has other numbers and is left out.
    """
    known = _MACHINES.get(platform.machine())
    if not sys.platform.startswith("linux") or known is None or sys.maxsize < 1 << 32:
        return False
    instructions = program(*known)
    whole = _Program(len(instructions) // 8, instructions)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    mode = ctypes.c_ulong(_MODE_FILTER)
    return bool(prctl(_PR_SET_SECCOMP, mode, ctypes.byref(whole), ctypes.c_ulong(0), ctypes.c_ulong(0)) == 0)
