"""Addresses of the profiles that employers are shown, and of the people's answers to them."""

from django.urls import URLPattern, path

from tragitto.web.portal.views import invitations, profiles

urlpatterns: list[URLPattern] = [
    path("profiles/", profiles.profiles, name="profiles"),
    path("profiles/lists/<slug:code>/", profiles.named_list, name="named_list"),
    path("profiles/lists/<slug:code>.csv", profiles.named_list_file, name="named_list_file"),
    path("profiles/<slug:code>/", profiles.profile, name="profile"),
    path("profiles/<slug:code>/<slug:language>.pdf", profiles.curriculum, name="profile_curriculum"),
    path("roster/mine/<slug:person>/invitations/<slug:code>/", invitations.invitation, name="invitation"),
    path(
        "roster/mine/<slug:code>/curriculum/<slug:kind>/<slug:language>.pdf",
        invitations.own_curriculum,
        name="own_curriculum",
    ),
]
