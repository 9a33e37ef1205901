"""Checks a scheme: codes once, duties of known bodies, provinces in one region only."""

import re
from collections import Counter
from collections.abc import Iterable

from tragitto.law.rules import provinces as known_provinces
from tragitto.schemes.pack import SchemeSpec
from tragitto.schemes.rules.problems import Problem

PROVINCE = re.compile(r"[A-Z]{2}")
ISCO = re.compile(r"\d{4}")


def repeated(words: Iterable[str]) -> list[str]:
    """The words that occur more than once."""
    return sorted(word for word, count in Counter(words).items() if count > 1)


def check(scheme: SchemeSpec) -> list[Problem]:
    """What is wrong with the scheme itself."""
    where = "scheme.toml"
    found = [
        Problem("duplicated_code", where, f"the {what} {code} is written twice")
        for what, specs in (
            ("region", scheme.regions),
            ("profile", scheme.profiles),
            ("organisation", scheme.organisations),
        )
        for code in repeated(spec.code for spec in specs)
    ]
    if scheme.starts_on and scheme.ends_on and scheme.ends_on <= scheme.starts_on:
        found.append(Problem("ends_before_it_starts", where, "the scheme ends before it starts"))
    if scheme.places < 1:
        found.append(Problem("no_places", where, f"a scheme has places, not {scheme.places}"))
    return found + _duties(scheme, where) + _regions(scheme, where) + _profiles(scheme, where)


def _duties(scheme: SchemeSpec, where: str) -> list[Problem]:
    organisations = {""} | {each.code for each in scheme.organisations}
    regions = {""} | {each.code for each in scheme.regions}
    unknown_holders = [
        Problem("unknown_organisation", where, f"{duty.duty}: no organisation {duty.organisation}")
        for duty in scheme.duties
        if duty.organisation not in organisations
    ]
    return unknown_holders + [
        Problem("unknown_region", where, f"{duty.duty}: no region {duty.region}")
        for duty in scheme.duties
        if duty.region not in regions
    ]


def _regions(scheme: SchemeSpec, where: str) -> list[Problem]:
    provinces = [province for region in scheme.regions for province in region.provinces]
    found = [
        Problem("duplicated_code", where, f"the province {province} lies in two regions")
        for province in repeated(provinces)
    ]
    found += [
        Problem("wrong_province", where, f"{province} is not a province code of two letters")
        for province in provinces
        if not PROVINCE.fullmatch(province)
    ]
    known = known_provinces()
    found += [
        Problem("unknown_province", where, f"there is no province {province} in Italy")
        for province in provinces
        if PROVINCE.fullmatch(province) and province not in known
    ]
    return found + [
        Problem("region_without_provinces", where, f"the region {region.code} names no province")
        for region in scheme.regions
        if not region.provinces
    ]


def _profiles(scheme: SchemeSpec, where: str) -> list[Problem]:
    return [
        Problem("wrong_occupation", where, f"{profile.code}: {profile.isco} is not a unit group of ISCO-08")
        for profile in scheme.profiles
        if not ISCO.fullmatch(profile.isco) or not profile.esco_code.startswith(profile.isco)
    ]
