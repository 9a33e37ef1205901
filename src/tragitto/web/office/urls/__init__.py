"""Addresses of the office."""

from django.urls import URLPattern, URLResolver, path, register_converter

from tragitto.web.office.urls import (
    acts,
    agenda,
    enquiries,
    hand_overs,
    letters,
    representations,
    roster,
    roster_abilities,
    roster_disclosure,
    roster_duplicates,
    roster_identity,
    selection_match,
    selection_meetings,
    selection_rounds,
    selection_shortlists,
)
from tragitto.web.office.views import (
    access,
    calls,
    deciding,
    desk,
    expressions,
    home,
    law,
    ledger,
    mail,
    mailboxes,
    publishing,
    queues,
    register,
    sent,
    switching,
    taking_in,
    transcribing,
)


class DottedConverter:
    """The code of a law parameter: words joined by dots."""

    regex = r"[a-z0-9_.-]{1,120}"

    def to_python(self, value: str) -> str:
        """The code as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The code as it stands."""
        return value


register_converter(DottedConverter, "dotted")
app_name = "office"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("filings/", queues.queue, name="queue"),
    path("filings/call/<slug:code>/", queues.call_queue, name="call_queue"),
    path("calls/", calls.calls, name="calls"),
    path("calls/<slug:code>/", calls.call, name="call"),
    path("calls/<slug:code>/journey.svg", calls.journey_picture, name="journey_picture"),
    path("calls/<slug:code>/publication", publishing.publish, name="publish"),
    path("calls/<slug:code>/extension", publishing.extend, name="extend"),
    path("calls/<slug:code>/closing", publishing.close, name="close"),
    path("calls/<slug:code>/admitted/", queues.admitted, name="admitted"),
    path("calls/<slug:code>/admitted.csv", queues.admitted_file, name="admitted_file"),
    path("filings/<slug:code>/", expressions.expression, name="expression"),
    path("filings/<slug:code>/confirm-met", deciding.confirm_met, name="confirm_met"),
    path("filings/<slug:code>/findings/<slug:finding>", deciding.judge, name="judge"),
    path("filings/<slug:code>/decision", deciding.decide, name="decide"),
    path("filings/<slug:code>/withdrawal", deciding.withdraw, name="withdraw"),
    path("filings/<slug:code>/consent-withdrawal", deciding.withdraw_consent, name="withdraw_consent"),
    path("filings/<slug:code>/step", deciding.take_step, name="take_step"),
    path("filings/<slug:code>/correction", deciding.correct, name="correct"),
    path("sorting/", desk.sorting, name="sorting"),
    path("sorting/take-in/", taking_in.take_in, name="take_in"),
    path("sorting/<slug:code>/", mail.message, name="message"),
    path("sorting/<slug:code>/suggestion", desk.suggestion, name="suggestion"),
    path("sorting/<slug:code>/acceptance", desk.accept, name="accept"),
    path("sorting/<slug:code>/again", desk.try_again, name="try_again"),
    path("sorting/<slug:code>/place", desk.place, name="place"),
    path("sorting/<slug:code>/place-by-hand", desk.place_by_hand, name="place_by_hand"),
    path("sorting/<slug:code>/set-aside", desk.set_aside, name="set_aside"),
    path("sorting/<slug:code>/take-up", desk.take_up, name="take_up"),
    path("sorting/<slug:code>/message.eml", mail.message_raw, name="message_raw"),
    path("sorting/<slug:code>/files/<slug:file>", mail.attachment, name="attachment"),
    path("sorting/<slug:code>/files/<slug:file>/pages/", mail.file_pages, name="file_pages"),
    path("sorting/<slug:code>/files/<slug:file>/page/<int:number>.png", mail.file_page, name="file_page"),
    path(
        "sorting/<slug:code>/files/<slug:file>/transcription",
        transcribing.transcription,
        name="transcription",
    ),
    path("sent/", sent.sent, name="sent"),
    path("sent/<slug:code>/", sent.outgoing, name="outgoing"),
    path("sent/<slug:code>/again", sent.resend, name="resend"),
    path("sent/<slug:code>/settled", sent.settle, name="settle"),
    path("mailboxes/", mailboxes.mailboxes, name="mailboxes"),
    path("register/", register.register, name="register"),
    path("register/<int:year>/", register.register_year, name="register_year"),
    path("register/export", register.register_export, name="register_export"),
    path("law/", law.law, name="law"),
    path("law/<dotted:code>/", law.parameter, name="law_parameter"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("switch", switching.switch, name="switch"),
    path("access/", access.access, name="access"),
    *acts.urlpatterns,
    *agenda.urlpatterns,
    *enquiries.urlpatterns,
    *hand_overs.urlpatterns,
    *letters.urlpatterns,
    *representations.urlpatterns,
    *roster.urlpatterns,
    *roster_identity.urlpatterns,
    *roster_duplicates.urlpatterns,
    *roster_abilities.urlpatterns,
    *roster_disclosure.urlpatterns,
    *selection_rounds.urlpatterns,
    *selection_shortlists.urlpatterns,
    *selection_meetings.urlpatterns,
    *selection_match.urlpatterns,
]
