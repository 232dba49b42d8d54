"""Make ``given_names.txt``: given names of people, from the US Census of 1990 (in the public domain) and by hand.

pip install names && python scripts/make_given_names.py
"""

from __future__ import annotations

from pathlib import Path

import names  # type: ignore[import-not-found]

TARGET = Path(__file__).parents[1] / "src/dragoman/lexicon/data/given_names.txt"
LISTS = Path(__file__).parent / "lists"  # names of the census that say nothing by standing first; names it has not


def main() -> None:
    """Write the list, one name a line."""
    folder = Path(names.__file__).parent
    found = set((LISTS / "more_given_names.txt").read_text(encoding="utf-8").split())
    plain = set((LISTS / "not_given_names.txt").read_text(encoding="utf-8").split())
    for file in ("dist.male.first", "dist.female.first"):
        for line in (folder / file).read_text().splitlines():
            found.add(line.split()[0].capitalize())
    TARGET.write_text("\n".join(sorted(found - plain)) + "\n", encoding="utf-8")
    print(len(found - plain), "names")


if __name__ == "__main__":
    main()
