"""Times: TIMEX3 expressions in news, found and normalised."""

from dragoman.reading.times.find import find_times, published_day

__all__ = ["find_times", "published_day"]
