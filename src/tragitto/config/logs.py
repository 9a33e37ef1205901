"""How failures are told on standard error: where and what kind, never what somebody wrote."""

import logging
import traceback
from datetime import UTC, datetime


class Discreet(logging.Formatter):
    """One line a record: moment, level, logger, route and status of a request, place of an exception.

    An exception's text and a request's path may bear personal values, so neither is written; the route
    ("office/filings/<slug:code>/") and the line of code say where to look.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record in one line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told = [moment, record.levelname, record.name]
        request = getattr(record, "request", None)
        if request is None:
            told.append(record.getMessage() if not record.exc_info else str(record.msg).splitlines()[0])
        else:
            match = getattr(request, "resolver_match", None)
            told += [
                str(getattr(record, "status_code", "")),
                f"{request.method} {match.route if match else '?'}",
            ]
        if record.exc_info and record.exc_info[0]:
            told.append(_place(record.exc_info[0], record.exc_info[2]))
        return " ".join(part for part in told if part)


def _place(kind: type[BaseException], trace: object) -> str:
    frames = traceback.extract_tb(trace)  # type: ignore[arg-type]
    ours = [frame for frame in frames if "tragitto" in frame.filename] or frames
    where = f" at {ours[-1].filename.rpartition('/src/')[2]}:{ours[-1].lineno}" if ours else ""
    return f"{kind.__name__}{where}"
