"""How much memory a worker process may take: a ceiling that the system holds, or one that is watched from outside."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

# Linux holds RLIMIT_AS exactly; macOS accepts it and does nothing, Windows has none.
CEILING_HOLDS = sys.platform.startswith("linux")


def set_ceiling(memory_mb: int) -> None:
    """Let this process map `memory_mb` more than it has mapped now; beyond that, allocations fail with MemoryError.

    Call it when everything is imported: what is mapped by then does not count. Does nothing where
    CEILING_HOLDS is false.
    """
    if not CEILING_HOLDS:
        return
    import resource

    mapped_pages = int(Path("/proc/self/statm").read_text().split()[0])
    ceiling = mapped_pages * resource.getpagesize() + memory_mb * 1_000_000
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    ceiling = ceiling if hard == resource.RLIM_INFINITY else min(ceiling, hard)
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, hard))
    # A crash is an outcome here, not something to debug from a file that nobody asked for.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def resident_mb(pid: int) -> float:
    """Resident memory of another process in MB (10^6 bytes); 0 when it is gone."""
    if sys.platform == "win32":
        return _resident_windows(pid)
    try:
        answer = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0.0
    return int(answer.stdout.strip() or 0) * 1024 / 1e6  # POSIX: in units of 1024 bytes


def _resident_windows(pid: int) -> float:
    """By K32GetProcessMemoryInfo (psapi.h): WorkingSetSize of PROCESS_MEMORY_COUNTERS."""
    import ctypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", ctypes.c_uint32),
            ("page_fault_count", ctypes.c_uint32),
            ("peak_working_set_size", ctypes.c_size_t),
            ("working_set_size", ctypes.c_size_t),
            ("other", ctypes.c_size_t * 6),
        )

    kernel32 = getattr(ctypes, "windll").kernel32  # noqa: B009 - exists on Windows only
    kernel32.OpenProcess.restype = ctypes.c_void_p
    query_limited_information = 0x1000
    handle = ctypes.c_void_p(kernel32.OpenProcess(query_limited_information, False, pid))
    if not handle:
        return 0.0
    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    try:
        known = kernel32.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.cb)
        return counters.working_set_size / 1e6 if known else 0.0
    finally:
        kernel32.CloseHandle(handle)
