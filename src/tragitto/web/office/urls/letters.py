"""Addresses of the office: letters to employers and what they answered."""

from django.urls import URLPattern, path

from tragitto.web.office.views import letters, writing

urlpatterns: list[URLPattern] = [
    path("letters/", letters.waiting, name="letters"),
    path("letters/decisions/", letters.decisions, name="letters_decisions"),
    path("letters/starts/", letters.starts, name="letters_starts"),
    path("letters/observations/", letters.observations, name="letters_observations"),
    path("letters/<slug:code>/", letters.letter, name="letter"),
    path("letters/<slug:code>/letter.pdf", letters.letter_file, name="letter_file"),
    path("letters/<slug:code>/page/<int:number>.png", letters.letter_picture, name="letter_picture"),
    path("letters/<slug:code>/sending", writing.send, name="letter_send"),
    path("letters/<slug:code>/arrival", writing.arrived, name="letter_arrived"),
    path("letters/<slug:code>/dropping", writing.drop, name="letter_drop"),
    path("letters/<slug:code>/observation", writing.observe, name="letter_observe"),
    path("letters/<slug:code>/observations/<int:number>", writing.reply, name="letter_reply"),
    path("filings/<slug:code>/letters/<slug:kind>/", writing.write, name="write_letter"),
    path("decisions/<slug:code>/letter", writing.write_decision, name="write_decision"),
]
