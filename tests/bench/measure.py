"""Contenders in turn, a short round each and then again, so that a busy moment of the machine hits all."""

from dataclasses import dataclass, field
from statistics import median, quantiles

from tests.bench import apps
from tests.bench.load import Call, Generator, Round
from tests.bench.servers import Server


@dataclass
class Contender:
    """One thing that is measured. `says`: what a right answer has in it."""

    name: str
    server: Server
    calls: tuple[Call, ...]
    says: str = ""
    connections: int = 1
    latencies: list[float] = field(default_factory=list)
    elapsed: float = 0.0
    cpu: list[float] = field(default_factory=list)
    """Seconds per request, a figure for each round."""

    def figures(self) -> "Figures":
        return Figures(
            self.name,
            self.connections,
            requests_s=len(self.latencies) / self.elapsed,
            p50_ms=median(self.latencies) * 1000,
            p99_ms=quantiles(self.latencies, n=100)[98] * 1000,
            cpu_ms=median(self.cpu) * 1000,
        )


@dataclass(frozen=True)
class Figures:
    name: str
    connections: int
    requests_s: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float


def measure(contenders: list[Contender], generator: Generator, rounds: int, seconds: float) -> None:
    """All of them, `rounds` times over, each time for so many seconds. The first time only warms up."""
    for each in contenders:
        _round(each, generator, seconds / 4)
        each.latencies.clear()
        each.cpu.clear()
        each.elapsed = 0.0
    for number in range(rounds):
        # From both ends in turn, so that nobody is always measured after the same neighbour.
        for each in contenders if number % 2 == 0 else reversed(contenders):
            _round(each, generator, seconds)


def _round(each: Contender, generator: Generator, seconds: float) -> None:
    before = each.server.cpu_s()
    done = generator.run(
        Round(
            port=each.server.port,
            secret=apps.SECRET,
            calls=each.calls,
            connections=each.connections,
            seconds=seconds,
        )
    )
    each.cpu.append((each.server.cpu_s() - before) / len(done.latencies))
    each.latencies += done.latencies
    each.elapsed += done.elapsed
    if each.says not in done.last.decode():
        raise RuntimeError(f"{each.name}: a wrong answer: {done.last.decode()[:500]}")
