"""Run MiniStack, the AWS emulator, with its deviations from AWS repaired.

MiniStack itself is not modified: each function that a module of ``patches``
lists in ``PATCHES`` replaces one function of the running process, and starts
with an ``AWS:`` comment that says what the real service does.  Only what
Latchkey relies on is repaired.  Configuration is MiniStack's own
(GATEWAY_PORT, BIND_HOST, AUTH, ...), plus MINISTACK_FAST_LOGS=1, see
``patches/speed.py``, and LAMBDAS_AT_ONCE, see ``patches/capacity.py``.
"""

import importlib.metadata

from ministack import app

from patches import (
    capacity,
    http_api,
    mail,
    metrics,
    queues,
    sign_in,
    speed,
    step_functions,
    streams,
    tables,
)

SUPPORTED_VERSION = "1.5.33"
MODULES = (
    http_api,
    tables,
    mail,
    step_functions,
    streams,
    queues,
    metrics,
    sign_in,
    speed,
    capacity,
)


def apply_patches():
    version = importlib.metadata.version("ministack")
    if version != SUPPORTED_VERSION:
        raise SystemExit(
            f"emulator.py needs ministack {SUPPORTED_VERSION}, "
            f"found {version}"
        )
    for module in MODULES:
        for patch in module.PATCHES:
            patch()


if __name__ == "__main__":
    apply_patches()
    app.main()
