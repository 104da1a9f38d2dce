"""How many Lambdas run at once."""

import contextlib
import os
import threading

from ministack.services import lambda_svc

from patches.replacing import override


def patch_invocations_at_once():
    """Let invocations beyond LAMBDAS_AT_ONCE wait for their turn."""
    # AWS: a thousand Lambdas at once have a processor each, and neither they
    # nor the services notice each other; here they share this machine with
    # the emulator, and each one more makes all of them slower, until calls
    # and functions time out.  None waits for another one: no function
    # invokes one synchronously.  The time in the queue does not count
    # against a function's time-out.  Those that work off a queue or a stream
    # take half of the turns at most: somebody waits for the others.
    limit = int(os.environ.get("LAMBDAS_AT_ONCE", "0"))
    if not limit:
        return
    turn = threading.Semaphore(limit)
    background = threading.Semaphore(max(1, limit // 2))

    @override(lambda_svc, "_execute_function_dispatch")
    def execute(original, *args):
        polled = threading.current_thread().name == "ministack-esm"
        with background if polled else contextlib.nullcontext(), turn:
            return original(*args)


PATCHES = (patch_invocations_at_once,)
