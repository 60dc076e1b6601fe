"""One computes at a time; whoever waits for others lets the next one on."""

import threading

from storage.turns import Turns

PATIENCE_S = 20


def begins(turns: Turns, into: threading.Event) -> threading.Thread:
    """Another thread that takes a turn."""

    def take() -> None:
        with turns.taken():
            into.set()

    thread = threading.Thread(target=take)
    thread.start()
    return thread


def test_a_turn_that_is_given_up_is_the_next_ones_and_comes_back() -> None:
    turns, another = Turns(are_taken=True), threading.Event()

    with turns.taken():
        with turns.given_up():
            thread = begins(turns, another)
            assert another.wait(PATIENCE_S)
            thread.join()
        assert turns._has_one()  # noqa: SLF001 - that it has come back cannot be seen from outside

    assert not turns._has_one()  # noqa: SLF001 - as above


def test_nobody_waits_for_ever_for_somebody_elses_long_list() -> None:
    turns, another = Turns(are_taken=True), threading.Event()

    with turns.taken():
        thread = begins(turns, another)
        assert another.wait(PATIENCE_S)
    thread.join()


def test_a_turn_within_a_turn_is_the_same_one() -> None:
    turns, another = Turns(are_taken=True), threading.Event()

    with turns.taken():
        with turns.taken():
            pass
        assert turns._has_one()  # noqa: SLF001 - the inner one must not have given it up
    thread = begins(turns, another)
    assert another.wait(PATIENCE_S)
    thread.join()


def test_where_no_turns_are_taken_nothing_is_given_up() -> None:
    turns = Turns(are_taken=False)

    with turns.taken(), turns.given_up():
        assert not turns._has_one()  # noqa: SLF001 - there is nothing else to see
