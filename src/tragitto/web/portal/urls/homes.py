"""Addresses of the home pages of employers and of what they may do there."""

from django.urls import URLPattern, path

from tragitto.web.portal.views import answering, co_signing, expressions, homes, representations

urlpatterns: list[URLPattern] = [
    path("", homes.home, name="home"),
    path("expressions/<slug:code>/", expressions.expression, name="expression"),
    path("expressions/<slug:code>/answer/", answering.answer, name="answer"),
    path("expressions/<slug:code>/supplement", expressions.supplement, name="supplement"),
    path("expressions/<slug:code>/withdrawal/", expressions.withdraw, name="withdraw"),
    path(
        "expressions/<slug:code>/consent-withdrawal/", expressions.withdraw_consent, name="withdraw_consent"
    ),
    path("expressions/<slug:code>/files/<slug:file>", expressions.file, name="expression_file"),
    path("expressions/<slug:code>/letters/<int:number>.pdf", expressions.letter, name="expression_letter"),
    path("representations/", representations.representations, name="representations"),
    path("representations/new/", representations.declare, name="declare"),
    path("representations/<slug:code>/", representations.representation, name="representation"),
    path("representations/<slug:code>/papers", representations.add_papers, name="representation_papers"),
    path("representations/<slug:code>/end", representations.end, name="representation_end"),
    path("drafts/<slug:code>/co-signature/", co_signing.ask, name="co_signature_ask"),
    path("co-sign/<str:token>/", co_signing.arrive, name="co_sign"),
    path("co-signatures/<slug:code>/", co_signing.sign, name="co_sign_read"),
]
