"""Addresses of those who register others."""

from django.urls import URLPattern, path

from tragitto.web.portal.views import registrars, registrars_batch

urlpatterns: list[URLPattern] = [
    path("roster/batches/", registrars.batches, name="batches"),
    path("roster/batches/lists/<slug:scheme>.xlsx", registrars.blank_list, name="batch_list"),
    path("roster/batches/people/<slug:scheme>/", registrars.people, name="batch_people"),
    path("roster/batches/<slug:code>/", registrars_batch.batch, name="batch"),
    path("roster/batches/<slug:code>/apply/", registrars_batch.apply, name="batch_apply"),
    path("roster/batches/<slug:code>/cancel/", registrars_batch.cancel, name="batch_cancel"),
    path("roster/batches/<slug:code>/to-mend.<slug:kind>", registrars_batch.to_mend, name="batch_to_mend"),
]
