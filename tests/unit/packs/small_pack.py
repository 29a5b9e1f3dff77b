"""A sound pack of one small city, written to a directory, for tests to spoil."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from zhicheng.core.access import Domain
from zhicheng.ground.packs.api import LIMITS, TERMS, Demand
from zhicheng.ground.packs.demands import _sources

REAL = tuple(_sources)
FILES = {
    "pack.toml": """
name = "smallcity"
title = "小城市"
title_en = "Small City"
area = "990100000000"

[expected.areas]
county = 2
township = 1

[expected.terms]
"leak.cause" = 2
""",
    "areas.csv": """\
code,level,name,kind,parent,valid_from,valid_to,longitude,latitude,statistical_only
990000000000,province,大省,province,,1980-01-01,,,,
990100000000,city,小城市,city,990000000000,1980-01-01,,117.500000,35.250000,
990101000000,county,旧区,district,990100000000,1980-01-01,1999-12-31,,,
990101000000,county,新区,district,990100000000,2000-01-01,,,,
990101001000,township,街道,subdistrict,990101000000,2020-01-01,,,,
990102000000,county,开发区,development_zone,990100000000,2000-01-01,,,,true
""",
    "succession.csv": """\
predecessor,successor,level,on,kind
990101000000,990101000000,county,2000-01-01,renamed
""",
    "boundaries.geojson": """\
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"990101000000","level":"county","valid_from":"2000-01-01",\
"source":"survey","vintage":"2020"},\
"geometry":{"type":"Polygon","coordinates":[[[117.0,35.0],[118.0,35.0],[118.0,35.5],[117.0,35.0]]]}}
]}
""",
    "terms.csv": """\
catalogue,sort,code,parent,zh,en,sample,note,valid_from,valid_to
leak.cause,10,works,,施工,Construction,true,,2020-01-01,
leak.cause,11,sealing,works,密封不当,Poor sealing,true,,2020-01-01,
leak.cause,20,use,,使用,Use,,据通报,2020-01-01,
""",
    "limits.toml": """\
[[limit]]
key = "leak.accept"
amount = 5
unit = "working_days"
citation = "本市规定"
sample = true
valid_from = 2020-01-01
valid_to = 2025-12-31

[[limit]]
key = "leak.accept"
amount = 3
unit = "working_days"
citation = "本市规定"
valid_from = 2026-01-01

[[limit]]
key = "leak.accept"
area = "990101000000"
amount = 2
unit = "working_days"
citation = "新区规定"
valid_from = 2026-01-01
""",
    "organizations.csv": """\
key,name,name_en,kind,area,parent,telephone,sample
small-housing,小城市住房和城乡建设局,Housing Bureau,public_body,990100000000,,,
small-new-housing,新区住房和城乡建设局,Housing Bureau,public_body,990101000000,small-housing,0990-1234567,true
""",
    "jurisdictions.csv": """\
organization,area,domain
small-housing,990100000000,housing
small-new-housing,990101000000,housing
""",
}


def small_demands() -> Iterator[Demand]:
    """What a product needs for which this pack is sound; what the real one needs is known and not lacking."""
    yield Demand(LIMITS, "leak.accept", "Leaks", Domain.HOUSING)
    yield Demand(TERMS, "leak.cause", "Leaks", Domain.HOUSING)
    yield Demand(LIMITS, "leak.call", "Leaks", Domain.INDUSTRY)
    for source in REAL:
        for one in source():
            yield replace(one, domain=Domain.INDUSTRY)


def write_pack(directory: Path, **changes: str) -> Path:
    """Writes the pack; `changes` replace whole files, named with underscores for dots (`terms_csv=...`)."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (directory / name).write_text(changes.get(name.replace(".", "_"), text), encoding="utf-8")
    return directory


def edit(pack: Path, file: str, old: str, new: str) -> None:
    """Replaces a text that occurs exactly once in a file of the pack."""
    text = (pack / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old, text.count(old))
    (pack / file).write_text(text.replace(old, new), encoding="utf-8")
