"""Made-up texts that have the shape of real ones: a few words everywhere, many words hardly anywhere."""

import random
from itertools import accumulate, product

COMMON = "team"
"""A word that every record has."""
RARE = "zeppelin"
"""A word that a handful have."""

_FIRST = (
    "amber aspen atlas basalt birch boreal canyon cedar cobalt coral crimson delta ember fjord flint "
    "glacier granite harbor hazel indigo island juniper lagoon lantern larch maple marble meadow mesa "
    "mistral monsoon moss nimbus northern oak onyx opal orchid pebble pine plateau polar prairie quartz "
    "raven reef ridge river saffron sierra silver slate solar spruce summit tundra valley walnut willow "
    "winter"
)
_SECOND = (
    "access analysis archive batch billing build cache catalog chart climate cluster community course "
    "data deploy desktop directory docs events export fleet forecast forms gateway geo grant hiring hub "
    "image imaging index inference ingest kernel labs learning library login map metrics mobile model "
    "network notebook ocean onboarding outreach partner payment pipeline platform policy portal privacy "
    "quality queue"
)
_THIRD = (
    "alliance assembly basics bridge campaign charter circle commons compass council drive effort "
    "engine exchange expansion federation forum foundation framework guild initiative journey launch "
    "ledger lift migration mission observatory pact pilot planner practice program push redesign "
    "refresh relaunch rescue review rewrite roadmap rollout service shift sprint standard story studio "
    "suite switch toolkit track transition trial upgrade venture workshop"
)
_SYLLABLES = "ba de fi go ku la me ni po ra se ti vo wu ya zo bri cla dro fen"
_VOCABULARY = ["".join(parts) for parts in product(_SYLLABLES.split(), repeat=3)][:4_000]
_PEOPLE = [f"U{number:06}" for number in range(2_000)]
_WEIGHTS = list(accumulate(1 / (rank + 10) for rank in range(len(_VOCABULARY))))


def names(count: int) -> list[str]:
    """Different names of three words each."""
    every = [" ".join(words).title() for words in product(_FIRST.split(), _SECOND.split(), _THIRD.split())]
    return random.Random(1).sample(every, count)


class Writer:
    """Sentences, the same ones in every run."""

    def __init__(self) -> None:
        self._random = random.Random(2)

    def sentence(self, length: int) -> str:
        return " ".join(self._random.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=length))

    def person(self) -> str:
        return self._random.choice(_PEOPLE)
