"""Who the caller is: the first thing a program asks, to see whether its token holds."""

from datetime import date

from ninja import Router, Schema

from tragitto.api.bearer import ApiRequest, BearerToken

router = Router(tags=["you"])


class Caller(Schema):
    """Whose token this is, and what for."""

    token: str
    organisation: str
    organisation_name: str
    scopes: list[str]
    ends_on: date


@router.get("/", operation_id="whoAmI", summary="Who am I", response=Caller, auth=BearerToken())
def who_am_i(request: ApiRequest) -> Caller:
    """Whose token this is, what it may be used for, and the first day on which it holds no more."""
    token = request.token
    return Caller(
        token=token.code,
        organisation=token.organisation.code,
        organisation_name=token.organisation.name,
        scopes=token.scopes,
        ends_on=token.ends_on,
    )
