"""Make src/dragoman/web/static/vendor and fonts: what the pages need, from the npm registry (needs npm and pycountry).

Scripts are taken as they are published; the countries of world-atlas get the ids of polities.csv in place of ISO's
numbers, so that the map and the record speak of the same polities.
"""

import csv
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

import pycountry

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "src/dragoman/web/static"
POLITIES = ROOT / "src/dragoman/lexicon/data/polities.csv"
SCRIPTS = {
    "htmx.org@2.0.11": "dist/htmx.min.js",
    "d3-array@3.2.5": "dist/d3-array.min.js",
    "d3-geo@3.1.2": "dist/d3-geo.min.js",
    "d3-dispatch@3.0.2": "dist/d3-dispatch.min.js",
    "d3-quadtree@3.0.2": "dist/d3-quadtree.min.js",
    "d3-timer@3.0.2": "dist/d3-timer.min.js",
    "d3-force@3.0.1": "dist/d3-force.min.js",
    "topojson-client@3.1.0": "dist/topojson-client.min.js",
}
FONTS = {
    "@fontsource-variable/source-serif-4@5.3.1": [
        "latin-wght-normal",
        "latin-wght-italic",
        "latin-ext-wght-normal",
        "latin-ext-wght-italic",
    ],
    "@fontsource-variable/source-sans-3@5.3.1": ["latin-wght-normal", "latin-ext-wght-normal"],
}
ATLAS = "world-atlas@2.0.2"
# Countries that the atlas draws without an ISO number.
UNNUMBERED = {"Kosovo": "XKX", "Somaliland": "somaliland", "N. Cyprus": "northern-cyprus"}


def fetch(package: str, into: Path) -> Path:
    """Download a package and unpack it."""
    packed = subprocess.run(["npm", "pack", "--silent", package], cwd=into, check=True, capture_output=True, text=True)
    folder = into / package.replace("/", "-")
    with tarfile.open(into / packed.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def countries(topology: dict[str, object]) -> str:
    """The atlas with our ids; pieces that are no polity of ours keep no id."""
    ours = {row["id"] for row in csv.DictReader(POLITIES.open(encoding="utf-8"))}
    numbers = {one.numeric: one.alpha_3 for one in pycountry.countries}
    objects = topology["objects"]
    for shape in objects["countries"]["geometries"]:
        name = shape["properties"]["name"]
        found = numbers.get(str(shape.pop("id", "")).zfill(3)) or UNNUMBERED.get(name)
        if found in ours or found in UNNUMBERED.values():
            shape["id"] = found
    del objects["land"]
    return json.dumps(topology, separators=(",", ":"))


def main() -> None:
    """Make both folders anew."""
    with tempfile.TemporaryDirectory() as made:
        for package, path in SCRIPTS.items():
            source = fetch(package, Path(made)) / path
            (STATIC / "vendor" / source.name).write_bytes(source.read_bytes())
        for package, cuts in FONTS.items():
            files = fetch(package, Path(made)) / "files"
            stem = package.split("/")[1].rsplit("@", 1)[0]
            for cut in cuts:
                name = f"{stem}-{cut}.woff2"
                (STATIC / "fonts" / name).write_bytes((files / name).read_bytes())
        topology = json.loads((fetch(ATLAS, Path(made)) / "countries-50m.json").read_bytes())
        (STATIC / "vendor/countries-50m.json").write_text(countries(topology), encoding="utf-8")


if __name__ == "__main__":
    main()
