"""How long until, or since, a moment: in words, the two largest units, never more than has gone by."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def closing(closes_at: datetime, now: datetime) -> str:
    """Such as "Closes in 3 days and 4 hours", or "closed 2 days ago"; the first late instant is closed."""
    if now < closes_at:
        return _("Closes in {time}").format(time=stretch(closes_at - now))
    return _("Closed {time} ago").format(time=stretch(now - closes_at))


def opening(opens_at: datetime, now: datetime) -> str:
    """Such as "Opens in 3 days and 4 hours"."""
    return _("Opens in {time}").format(time=stretch(opens_at - now))


def stretch(length: timedelta) -> str:
    """A length of time in its two largest units, rounded down; from a week on in days alone."""
    days, hours, minutes = length // DAY, length % DAY // HOUR, length % HOUR // MINUTE
    in_words = (
        (days, ngettext("{count} day", "{count} days", days)),
        (hours, ngettext("{count} hour", "{count} hours", hours)),
        (minutes, ngettext("{count} minute", "{count} minutes", minutes)),
    )
    largest = next((place for place, (count, _words) in enumerate(in_words) if count), None)
    if largest is None:
        return _("less than a minute")
    said = [words.format(count=count) for count, words in in_words[largest : largest + 2] if count]
    if said[1:] and length < WEEK:
        return _("{first} and {second}").format(first=said[0], second=said[1])
    return said[0]
