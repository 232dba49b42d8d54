"""Reports shipped as examples."""

from importlib.resources import files

BRIEF = files("dragoman.examples") / "taliban-outreach.txt"
