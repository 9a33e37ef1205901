"""Version 1 of the API: every router of operations has one line here."""

from ninja import NinjaAPI

from tragitto.api import problems, roster, whoami

api = NinjaAPI(
    title="Tragitto",
    version="1",
    description="For the programs of organisations that take part in a scheme.",
    openapi_url="/openapi.json",
    docs_url=None,
    urls_namespace="api-1",
)
problems.tell(api)
api.add_router("", whoami.router)
api.add_router("/roster", roster.router)
