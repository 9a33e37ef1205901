"""Addresses of the office: requests for information and those who answer them."""

from django.urls import URLPattern, path

from tragitto.web.office.views import enquiries, portfolios

urlpatterns: list[URLPattern] = [
    path("enquiries/", enquiries.enquiries, name="enquiries"),
    path("enquiries/portfolios/", portfolios.portfolios, name="portfolios"),
    path("enquiries/portfolios/<slug:code>/end", portfolios.end, name="portfolio_end"),
    path("enquiries/new/<slug:code>/", enquiries.write_down, name="enquiry_new"),
    path("enquiries/needs/", portfolios.needs, name="needs"),
    path("enquiries/needs.csv", portfolios.needs_file, name="needs_file"),
    path("enquiries/<slug:code>/", enquiries.enquiry, name="enquiry"),
    path("enquiries/<slug:code>/contact", enquiries.contact, name="enquiry_contact"),
    path("enquiries/<slug:code>/answer", enquiries.answer, name="enquiry_answer"),
    path("enquiries/<slug:code>/needs", enquiries.needs, name="enquiry_needs"),
    path("enquiries/<slug:code>/account-manager", enquiries.assign, name="enquiry_assign"),
    path("enquiries/<slug:code>/taken", enquiries.take, name="enquiry_take"),
    path("enquiries/<slug:code>/closing", enquiries.close, name="enquiry_close"),
]
