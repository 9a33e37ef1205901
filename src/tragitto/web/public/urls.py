"""Addresses of the public pages."""

from django.urls import URLPattern, URLResolver, path
from django.views.i18n import set_language

from tragitto.web.public.views import (
    calls,
    enquiries,
    guidance,
    interest,
    interpreters,
    receipts,
    rosters,
    selections,
    status,
)

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", calls.home, name="home"),
    path("calls/", calls.calls, name="calls"),
    path("calls/<slug:code>/", calls.call, name="call"),
    path("calls/<slug:code>/forms/<slug:name>.pdf", calls.form, name="form"),
    path("calls/<slug:code>/enquiry/", enquiries.ask, name="enquiry"),
    path("enquiries/<slug:secret>/", enquiries.state, name="enquiry_state"),
    path("enquiries/<slug:secret>/filing/", enquiries.begin, name="enquiry_begin"),
    path("roster/<slug:scheme>/", rosters.roster, name="roster"),
    path("roster/<slug:scheme>/notices/<slug:controller>/", rosters.notice, name="roster_notice"),
    path("selection/<slug:code>/", selections.rules, name="selection_rules"),
    path("interest/<slug:token>/", interest.interest, name="interest"),
    path("interpreter/<slug:secret>/", interpreters.interpreter, name="interpreter"),
    path("interpreter/<slug:secret>/calendar.ics", interpreters.calendar, name="interpreter_calendar"),
    path("interpreter/<slug:secret>/<slug:day>/", interpreters.availability, name="interpreter_day"),
    path("accessibility/", guidance.accessibility, name="accessibility"),
    path("privacy/", guidance.privacy, name="privacy"),
    path("receipts/key", receipts.key, name="receipt_key"),
    path("status", status.status, name="status"),
    path("language", set_language, name="set_language"),
]
