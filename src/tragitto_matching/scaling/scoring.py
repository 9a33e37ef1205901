"""Eligible pairs, scores and the best of each post as one Ibis expression, for DuckDB and for Spark.

The same conditions and whole numbers as `tragitto_matching.pairs`, over the tables of `tables`.
"""

from collections.abc import Mapping

import ibis
from ibis import _
from ibis.expr.types import BooleanValue, IntegerValue, Table

from tragitto_matching.instance import CRITERIA, Criterion
from tragitto_matching.scaling.tables import words


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def bit_count(mask: int) -> int:  # type: ignore[empty-body]
    """How many bits are set: both engines have it under this name."""


def pairs(tables: Mapping[str, Table]) -> Table:
    """Every eligible pair: candidate, post, score. In no order."""
    people = tables["offered"].join(tables["people"], "candidate")
    people = people.join(tables["accepted"], "candidate")
    # Who offers the profile and accepts the region, and only then the rest.
    joined = people.join(tables["posts"], ["profile", "region"])
    eligible = joined.filter(_conditions(joined))
    scored = eligible.select("candidate", "post", score=_score(eligible).cast("int32"))
    return scored.anti_join(tables["excluded"], ["candidate", "post"])


def top(scored: Table, k: int) -> Table:
    """The best k of each post, `place` from 0: greatest score first, of equals the lower candidate."""
    places = ibis.row_number().over(group_by="post", order_by=[_.score.desc(), _.candidate])
    return scored.mutate(place=places.cast("int32")).filter(_.place < k)


def lists(scored: Table, tables: Mapping[str, Table]) -> Table:
    """Both sides' rankings for a round without wishes: the rule of `tragitto_matching.ranking.by_score`.

    `place` is where the post ranks the candidate, `wish` where the candidate ranks the post, both from 0;
    equal candidates by seniority.
    """
    known = scored.join(tables["people"].select("candidate", "first_region"), "candidate")
    known = known.join(tables["posts"].select("post", "region"), "post")
    strictly = [_.first_region == _.region, _.score]
    wishes = ibis.row_number().over(group_by="candidate", order_by=[*(x.desc() for x in strictly), _.post])
    places = ibis.row_number().over(group_by="post", order_by=[_.score.desc(), _.candidate])
    return known.select("candidate", "post", wish=wishes.cast("int32"), place=places.cast("int32"))


def _conditions(t: Table) -> list[BooleanValue]:
    return [
        *(t[f"level_{column.rsplit('_', 1)[1]}"] >= t[column] for column in words(t.columns, "least_level")),
        *(_holds(t[column.removeprefix("must_")], t[column]) for column in words(t.columns, "must_skills")),
        t.years >= t.least_years,
        t.schooling >= t.least_schooling,
        _holds(t.licences, t.must_licences),
        _holds(t.shifts, t.worked_shifts),
        (t.starts_on == 0) | (t.available_from <= t.starts_on),
    ]


def _holds(held: IntegerValue, wanted: IntegerValue) -> BooleanValue:
    return (held & wanted) == wanted


def _score(t: Table) -> IntegerValue:
    above = [
        ibis.ifelse(t[column] > 0, t[f"level_{column.rsplit('_', 1)[1]}"] - t[column], 0).cast("int32")
        for column in words(t.columns, "least_level")
    ]
    wished = [
        bit_count(t[column.removeprefix("wished_")] & t[column]).cast("int32")
        for column in words(t.columns, "wished_skills")
    ]
    units: dict[Criterion, IntegerValue] = {
        "language": sum(above, ibis.literal(0, "int32")),
        "experience": t.years - t.least_years,
        "schooling": t.schooling - t.least_schooling,
        "wished_skills": sum(wished, ibis.literal(0, "int32")),
        "first_region": (t.first_region == t.region).cast("int32"),
    }
    points = [
        t[f"points_{name}"] * ibis.least(units[name].cast("int32"), t[f"most_{name}"]) for name in CRITERIA
    ]
    return sum(points, ibis.literal(1, "int32"))
