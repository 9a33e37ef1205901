"""The shapes of a scheme: bodies, regions, profiles, duties."""

from datetime import date

from tragitto.schemes.pack.base import Spec, Texts
from tragitto.schemes.vocabulary import Confidence, DutyKind


class OrganisationSpec(Spec, frozen=True, kw_only=True):
    """A body that holds duties in the scheme."""

    code: str
    name: str
    kind: str


class RegionSpec(Spec, frozen=True, kw_only=True):
    """A region of the scheme with its province letters."""

    code: str
    title: Texts
    nuts: str
    istat_code: str
    provinces: tuple[str, ...]


class AlternativeSpec(Spec, frozen=True, kw_only=True):
    """Another occupation of the taxonomies that a profile may be read as."""

    title: str
    isco: str
    esco_code: str
    esco_uri: str


class ProfileSpec(Spec, frozen=True, kw_only=True):
    """An occupation of the scheme."""

    code: str
    title: Texts
    isco: str
    esco_code: str
    esco_uri: str
    istat: tuple[str, ...]
    eqf: int
    confidence: Confidence
    alternatives: tuple[AlternativeSpec, ...] = ()


class DutySpec(Spec, frozen=True, kw_only=True):
    """Who does what; no organisation where the sources name none."""

    duty: DutyKind
    organisation: str = ""
    region: str = ""
    source: str = ""


class SchemeSpec(Spec, frozen=True, kw_only=True):
    """The scheme itself; ``ends_on`` is the first day after it."""

    code: str
    title: Texts
    summary: Texts
    places: int
    starts_on: date | None = None
    ends_on: date | None = None
    organisations: tuple[OrganisationSpec, ...] = ()
    regions: tuple[RegionSpec, ...] = ()
    profiles: tuple[ProfileSpec, ...] = ()
    duties: tuple[DutySpec, ...] = ()
