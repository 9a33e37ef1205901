"""Addresses of the office: packages handed over."""

from django.urls import URLPattern, path

from tragitto.web.office.views import hand_overs

_OF_A_CALL = "calls/<slug:code>/hand-overs/"
_TO_SOMEBODY = f"{_OF_A_CALL}<slug:duty>/<slug:recipient>/"
urlpatterns: list[URLPattern] = [
    path(_OF_A_CALL, hand_overs.hand_overs, name="hand_overs"),
    path(_TO_SOMEBODY, hand_overs.prepare, name="prepare_hand_over"),
    path(f"{_TO_SOMEBODY}making", hand_overs.make, name="make_hand_over"),
    path("hand-overs/<slug:code>/", hand_overs.hand_over, name="hand_over"),
    path("hand-overs/<slug:code>/package.zip", hand_overs.package, name="hand_over_file"),
    path("hand-overs/<slug:code>/recall", hand_overs.recall, name="recall_hand_over"),
]
