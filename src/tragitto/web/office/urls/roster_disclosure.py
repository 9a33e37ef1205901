"""Addresses of what firms are shown: invitations, curricula, lists of names."""

from django.urls import URLPattern, path

from tragitto.web.office.views.roster import disclosing

urlpatterns: list[URLPattern] = [
    path("roster/names/", disclosing.names, name="roster_names"),
    path("roster/names/<slug:code>/", disclosing.named_list, name="roster_names_of"),
    path("roster/names/<slug:code>/release", disclosing.release, name="roster_names_release"),
    path("roster/names/<slug:code>/recall", disclosing.recall, name="roster_names_recall"),
    path("roster/<slug:code>/invite", disclosing.invite, name="roster_invite"),
    path(
        "roster/<slug:code>/invitations/<slug:invitation>/recall",
        disclosing.recall_invitation,
        name="roster_recall_invitation",
    ),
    path(
        "roster/<slug:code>/curriculum/<slug:kind>/<slug:language>.pdf",
        disclosing.curriculum,
        name="roster_curriculum",
    ),
]
