"""Counts what happens, for Prometheus. Nothing is counted, nor its library imported, until `begin` is called.

Several processes of one `web` count together once `bot.settings.share_metrics_in` has named a folder, which
has to come first: each then keeps its counts in files there, and whichever is asked adds up those of all.
"""

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Counter, Histogram
    from prometheus_client.metrics_core import Metric

_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
"""The last is what Slack waits."""
_WORD = re.compile(r"[a-z][a-z0-9_]{0,49}")
_MOST_CODES = 200

Gauges = Callable[[], Iterable["Metric"]]


class Meters:
    """Safe to use from many threads. Those of this process: `METERS`."""

    def __init__(self) -> None:
        self._registry: CollectorRegistry | None = None
        self._requests: Histogram
        self._turned_away: Counter
        self._deliveries: Counter
        self._slack_errors: Counter
        self._publications: Counter
        # A meter looks for its labels under a lock; there are few.
        self._requests_of: dict[tuple[str, str], Histogram] = {}
        self._codes: set[str] = set()
        self._held: list[tuple[str, Callable[[], int]]] = []

    def begin(self) -> None:
        """Count from now on. A second time it does nothing."""
        if self._registry is not None:
            return
        from prometheus_client import (  # noqa: PLC0415 - a start must not wait for it unless it is wanted
            CollectorRegistry,
            Counter,
            Histogram,
            disable_created_metrics,
        )
        from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415 - as above
        from prometheus_client.values import MutexValue, ValueClass  # noqa: PLC0415 - as above

        # When each was first counted, which nobody asks for.
        disable_created_metrics()  # type: ignore[no-untyped-call]  # it says nothing of its types

        registry, is_shared = CollectorRegistry(), ValueClass is not MutexValue
        if is_shared:
            # It reads all files, those of this process among them.
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it says nothing of its types
        own = None if is_shared else registry
        self._requests = Histogram(
            "waymark_request_seconds",
            "Requests answered, by kind and by what came of them.",
            ("kind", "outcome"),
            buckets=_SECONDS,
            registry=own,
        )
        self._turned_away = Counter(
            "waymark_turned_away",
            "Requests that were not from Slack, or not in its form.",
            ("status",),
            registry=own,
        )
        self._deliveries = Counter(
            "waymark_delivery_tries", "What came of tries to send a delivery.", ("result",), registry=own
        )
        self._slack_errors = Counter(
            "waymark_slack_errors", "Calls of Slack's that failed.", ("method", "code"), registry=own
        )
        self._publications = Counter(
            "waymark_publication_tries", "What came of tries to publish a page.", ("result",), registry=own
        )
        self._registry = registry

    def answered(self, kind: str, outcome: str, seconds: float) -> None:
        """A request was answered."""
        if self._registry is None:
            return
        found = self._requests_of.get((kind, outcome))
        if found is None:
            found = self._requests_of[kind, outcome] = self._requests.labels(kind, outcome)
        found.observe(seconds)

    def turned_away(self, status: int) -> None:
        """A request was answered without having been read."""
        if self._registry is not None:
            self._turned_away.labels(str(status)).inc()

    def tried(self, result: str) -> None:
        """One try to send a delivery is over."""
        if self._registry is not None:
            self._deliveries.labels(result).inc()

    def published(self, result: str) -> None:
        """One try to publish a page is over."""
        if self._registry is not None:
            self._publications.labels(result).inc()

    def slack_failed(self, method: str, code: str) -> None:
        """Slack refused a call, by its word for why; or gave no answer that could be used."""
        if self._registry is None:
            return
        if code not in self._codes:
            # Whatever answers in Slack's place must not fill the memory.
            if not _WORD.fullmatch(code) or len(self._codes) >= _MOST_CODES:
                code = "other"
            self._codes.add(code)
        self._slack_errors.labels(method, code).inc()

    def follow(self, what: str, count: Callable[[], int]) -> None:
        """How much of it this process holds in memory alone is asked whenever the numbers are."""
        self._held.append((what, count))

    def _gauges(self) -> "Iterable[Metric]":
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 - as in `begin`

        held: dict[str, int] = {}
        for what, count in self._held:
            held[what] = held.get(what, 0) + count()
        told = GaugeMetricFamily(
            "waymark_in_memory",
            "What this process is to look after, and nobody else knows of.",
            labels=("what",),
        )
        for what, many in held.items():
            told.add_metric((what,), many)
        yield told

    def render(self, gauges: Gauges) -> tuple[str, bytes]:
        """What has been counted, and what `gauges` says of this moment: the content type, and the text.

        `begin` comes first.
        """
        from prometheus_client import (  # noqa: PLC0415 - as above
            CONTENT_TYPE_LATEST,
            CollectorRegistry,
            generate_latest,
        )

        now = CollectorRegistry()
        now.register(_Once(gauges))
        now.register(_Once(self._gauges))
        counted = generate_latest(self._registry) if self._registry is not None else b""
        return CONTENT_TYPE_LATEST, counted + generate_latest(now)


class _Once:
    def __init__(self, gauges: Gauges) -> None:
        self.collect = gauges


METERS = Meters()
"""One for a process, as all that is counted in it is of one process."""
