"""Tallies, spans and bootstrap intervals."""

from hypothesis import given
from hypothesis import strategies as st

from dragoman.score.spans import pairs, places, shared, shorter_share, union_share
from dragoman.score.tally import Tally, interval, share, total


def test_precision_recall_and_f1() -> None:
    tally = Tally(3, 4, 6)
    assert (tally.precision, tally.recall, tally.f1) == (0.75, 0.5, 0.6)


def test_a_share_has_no_precision_and_stands_by_its_recall() -> None:
    whole = total([share(1), share(0), share(1, 2)])
    assert (whole.precision, whole.f1, whole.value) == (None, None, 0.5)


def test_nothing_given_and_nothing_wanted_is_no_figure() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1, total([]).value) == (None, None, None, None)


def test_interval_is_seeded_and_holds_the_value() -> None:
    tallies = [Tally(i % 3, 3, 3) for i in range(30)]
    found = interval(tallies, 200)
    assert found == interval(tallies, 200)
    assert found is not None
    value = total(tallies).value
    assert value is not None
    assert found[0] < value < found[1]


def test_interval_of_nothing() -> None:
    assert interval([Tally(), Tally()], 20) is None


def test_shares_of_stretches() -> None:
    gold, read = [(0, 10), (20, 30)], [(5, 25)]
    assert shared(gold, read) == 10
    assert union_share(gold, read) == 10 / 30
    assert shorter_share(gold, read) == 0.5
    assert union_share(gold, [(40, 50)]) == shorter_share(gold, []) == 0.0


def test_pairs_take_the_best_first_and_each_once() -> None:
    fits = {("a", "x"): 0.6, ("a", "y"): 0.9, ("b", "y"): 0.95, ("c", "x"): 0.4}
    found = pairs("abc", "xy", lambda one, other: fits.get((one, other), 0.0), 0.5)
    assert found == {1: 1, 0: 0}


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=8),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=8),
)
def test_pairs_are_one_to_one(wanted: list[tuple[int, int]], read: list[tuple[int, int]]) -> None:
    found = pairs(wanted, read, lambda a, b: union_share([(a[0], sum(a))], [(b[0], sum(b))]), 0.5)
    assert len(set(found.values())) == len(found)
    assert all(i < len(wanted) and j < len(read) for i, j in found.items())


def test_every_place_of_a_quote() -> None:
    assert places("no nation, and no nation", "no nation") == [(0, 9), (15, 24)]
    assert places("no nation", "") == []
