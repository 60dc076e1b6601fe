"""A process that is told to end does so in time, whatever it waits for."""

import os
import threading

END_WITHIN_S = 9.0
"""After which a platform would kill it, with what it has not yet written down: ten seconds, in most."""


def end_anyway(code: int = 0) -> None:
    """From now on there are END_WITHIN_S seconds. Returns at once.

    What waits then, as for a server that does not answer, is left as after a kill: whoever runs next goes on.
    """
    timer = threading.Timer(END_WITHIN_S, os._exit, (code,))
    timer.daemon = True
    timer.start()
