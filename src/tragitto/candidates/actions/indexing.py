"""What is searched of people: put together whenever something about them was written."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import batched

from django.db import connection, transaction

from tragitto.candidates.models import SearchRow
from tragitto.candidates.queries import searched
from tragitto.kernel.actors import Actor

#: People put together at a time: a few queries for each table, and one that writes.
_AT_A_TIME = 1000
#: Names, numbers and codes are written as they are; free words in the dictionaries of four languages.
_WRITE = """
INSERT INTO candidate_search AS known
    (candidate_id, scheme_id, status, place_at, available_from, expires_on, made_by, facts, words)
SELECT candidate, scheme, status, place_at, available_from, expires_on, made_by, facts,
    array_to_tsvector(lexemes)
    || to_tsvector('pg_catalog.italian', words) || to_tsvector('pg_catalog.french', words)
    || to_tsvector('pg_catalog.english', words) || to_tsvector('pg_catalog.arabic', words)
FROM jsonb_to_recordset(%s::jsonb) AS told (
    candidate bigint, scheme bigint, status text, place_at timestamptz, available_from date, expires_on date,
    made_by smallint, facts text[], lexemes text[], words text)
ON CONFLICT (candidate_id) DO UPDATE SET
    scheme_id = excluded.scheme_id, status = excluded.status, place_at = excluded.place_at,
    available_from = excluded.available_from, expires_on = excluded.expires_on,
    made_by = excluded.made_by, facts = excluded.facts, words = excluded.words
"""


def refresh(candidates: Iterable[int]) -> None:
    """Put together anew what is searched of these people (their keys); part of the caller's transaction.

    A registration that was not sent is found by nobody and costs one query.
    """
    for some in batched(sorted(set(candidates)), _AT_A_TIME):
        _refresh(some)


@transaction.atomic
def mend(*, limit: int, actor: Actor, at: datetime) -> int:
    """Put together anew up to `limit` people whose row is missing or was made by older rules; how many.

    Safe to do again. The ledger tells nothing of it, as nothing was said of anybody.
    """
    behind = searched.behind(limit)
    refresh(behind)
    return len(behind)


def _refresh(candidates: Sequence[int]) -> None:
    told = searched.told(candidates)
    gone = set(candidates) - {each.candidate for each in told}
    if gone:
        SearchRow.objects.filter(pk__in=gone).delete()
    if told:
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, [json.dumps([each.as_row() for each in told])])
