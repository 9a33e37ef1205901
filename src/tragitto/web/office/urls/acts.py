"""Addresses of the office: drafting a call, verifying it, telling the world."""

from django.urls import URLPattern, path

from tragitto.web.office.views import acts, acts_amending, acts_sections, acts_spreading

urlpatterns: list[URLPattern] = [
    path("new-call/", acts.begin, name="act_new"),
    path("calls/<slug:code>/draft/", acts.act, name="act"),
    path("calls/<slug:code>/verification", acts.verify, name="act_verify"),
    path("calls/<slug:code>/draft/<slug:section>/", acts_sections.section, name="act_section"),
    path("calls/<slug:code>/draft/<slug:section>/<slug:row>/", acts_sections.row, name="act_row"),
    path("calls/<slug:code>/draft/<slug:section>/<int:row>/move", acts_sections.move, name="act_row_move"),
    path("calls/<slug:code>/correction/<slug:section>/", acts_amending.correct, name="act_correct"),
    path("calls/<slug:code>/links/", acts_amending.links, name="act_links"),
    path("calls/<slug:code>/links/<int:number>/removal", acts_amending.unlink, name="act_unlink"),
    path("calls/<slug:code>/leaflets/", acts_spreading.leaflets, name="leaflets"),
    path("calls/<slug:code>/leaflets/<slug:language>.pdf", acts_spreading.poster, name="poster"),
    path("calls/<slug:code>/leaflets/<slug:language>.html", acts_spreading.newsletter, name="newsletter"),
    path("calls/<slug:code>/leaflets/<slug:language>.txt", acts_spreading.plain_text, name="plain_text"),
]
