"""The package of admitted filings: only what the call names, only with consent, whole and checkable."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOON
from tests.employers.making import Paper, Sent, company, modulo, printed, rome
from tragitto.agenda.models import Task
from tragitto.cases import actions as cases
from tragitto.cases import queries as case_queries
from tragitto.cases.models import Case, HandOver
from tragitto.employers import actions, queries
from tragitto.employers.models import Expression
from tragitto.employers.rules import packages
from tragitto.employers.vocabulary import LeftOut, State, Verdict
from tragitto.kernel.actors import Actor
from tragitto.kernel.canonical import canonical_json, sha256_hex
from tragitto.kernel.refusals import Blocked, NotAllowed, NotFound, Stale
from tragitto.records import queries as records
from tragitto.records import stores
from tragitto.records.models import VirusCheck
from tragitto.records.vocabulary import CheckOutcome
from tragitto.schemes.models import Duty
from tragitto.schemes.queries import duty_holders
from tragitto.schemes.vocabulary import DutyKind, Outcome

# --- what is picked, what a table says, what a file is -----------------------------------------------------

WORDS = st.sampled_from(["a", "b", "c", "d"])
LEAVES = st.sampled_from(["", "words", 0, 7, True, False, None])
ROWS = st.lists(st.dictionaries(WORDS, LEAVES, max_size=3), max_size=3)
FACTS = st.dictionaries(
    WORDS, st.one_of(LEAVES, ROWS, st.dictionaries(WORDS, LEAVES, max_size=3)), max_size=4
)
NAMES = st.lists(st.one_of(WORDS, st.tuples(WORDS, WORDS).map(lambda two: f"{two[0]}.{two[1]}")), max_size=4)


def leaves(value: object, path: str = "") -> set[tuple[str, object]]:
    """Every value with its words, rows without their numbers."""
    if isinstance(value, dict):
        return {leaf for name, part in value.items() for leaf in leaves(part, f"{path}.{name}".strip("."))}
    if isinstance(value, list):
        return {leaf for part in value for leaf in leaves(part, path)}
    return {(path, value)}


def is_named(path: str, names: list[str]) -> bool:
    return any(path == name or path.startswith(f"{name}.") for name in names)


@given(FACTS, NAMES)
def test_exactly_what_is_named_is_picked(facts, names):
    told = {leaf for leaf in leaves(packages.picked(facts, names)) if leaf[1] is not None}

    assert told == {leaf for leaf in leaves(facts) if is_named(leaf[0], names) and leaf[1] is not None}


@given(FACTS, NAMES)
def test_picking_leaves_the_facts_alone(facts, names):
    before = json.dumps(facts)

    packages.picked(facts, names)

    assert json.dumps(facts) == before


@pytest.mark.parametrize("said", [False, None, "Yes", 1, {}])
def test_only_a_ticked_box_is_a_consent(said):
    assert not packages.is_given({"consents": {"sharing": said}}, "consents.sharing")


def test_a_ticked_box_is_a_consent_and_where_none_is_asked_none_is_needed():
    assert packages.is_given({"consents": {"sharing": True}}, "consents.sharing")
    assert packages.is_given({}, "")


@given(st.dictionaries(st.text("abc/.", min_size=1), st.binary(max_size=20), max_size=4))
def test_the_same_files_give_the_same_bytes_in_any_order(files):
    turned = dict(reversed(files.items()))

    assert packages.packed(files, NOON) == packages.packed(turned, NOON)


def test_a_table_keeps_the_order_of_the_call_and_lets_no_spreadsheet_run_anything():
    content = {
        "case": "C-1",
        "filing": "E-1",
        "decision": "1/2025",
        "facts": {
            "units": [{"province": "BG"}, {"province": "MI"}],
            "enterprise": {"name": "=1+1", "is_small": True},
        },
    }

    told = packages.table([content], ["units", "enterprise"])

    header, row = csv.reader(io.StringIO(told.decode("utf-8-sig")))
    assert header == [
        *("number", "case", "filing", "decision", "units.1.province", "units.2.province"),
        *("enterprise.is_small", "enterprise.name"),
    ]
    assert row == ["1", "C-1", "E-1", "1/2025", "BG", "MI", "true", "'=1+1"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../Modulo A di Bruno.PDF", "documents/E-1/2-modulo-a.pdf"),
        ("modulo.pdf.p7m", "documents/E-1/2-modulo-a.pdf.p7m"),
        ("run.exe", "documents/E-1/2-modulo-a.bin"),
    ],
)
def test_a_document_never_keeps_the_name_it_came_under(name, kept):
    assert packages.document_name("E-1", 2, "modulo-a", name) == kept


# --- who goes with it --------------------------------------------------------------------------------------

COORDINATES = DutyKind.COORDINATES.value


@pytest.fixture(autouse=True)
def documents(settings, tmp_path):
    settings.DOCUMENTS = str(tmp_path)


@pytest.fixture
def recipient(lombardia) -> str:
    (holder,) = duty_holders(lombardia, DutyKind.COORDINATES)
    return holder.code


@pytest.fixture
def elif_(recipient) -> Actor:
    return Actor("U-ELIF", recipient, frozenset({"partner"}), "portal")


@pytest.fixture
def make(file, settle, carla, dario, lombardia) -> Callable[..., Expression]:
    """Files and admits the employer of this number; its files lie in the store."""

    def _make(number: int = 1, *papers: Paper, **changes: str) -> Expression:
        numbers = {"enterprise_codice_fiscale": company(number), "partita_iva": company(number)}
        sheets = papers or (modulo(lombardia, **numbers | changes),)
        expression = file(*sheets, sent=Sent(at=rome(2025, 7, 1, 9, number)))
        for attachment in expression.versions.get().message.attachments.all():
            body = f"{int(attachment.message.code[2:])} {attachment.position}"
            stores.current().put(body.encode())
        _overrule(expression, dario)
        settle(expression)
        words = {"reasons": "Complete.", "actor": carla, "at": NOON}
        actions.propose(expression=expression, outcome=Outcome.ADMITTED, **words)
        actions.admit(expression=expression, reasons=["Complete."], actor=dario, at=NOON)
        return expression

    return _make


def _overrule(expression: Expression, reviewer: Actor) -> None:
    """What is not met is overruled: what is handed over hangs on the form, not on the findings."""
    expression.refresh_from_db()
    (found,) = queries.views([expression.current_id]).values()
    for view in found:
        if view.state == State.UNMET:
            told = {"verdict": Verdict.OVERRULED, "state": State.MET, "ground": "Seen on paper."}
            actions.judge(finding=view.finding, **told, actor=reviewer, at=NOON)


@pytest.fixture
def look(lombardia, recipient, carla) -> Callable[..., queries.Preview]:
    def _look(actor: Actor = carla, duty: str = COORDINATES) -> queries.Preview:
        return queries.preview(actor=actor, call=lombardia, duty=duty, recipient=recipient)

    return _look


@pytest.fixture
def hand_over(lombardia, recipient, carla, look) -> Callable[..., HandOver]:
    def _hand_over(actor: Actor = carla, seal: str = "") -> HandOver:
        told = {"call": lombardia, "duty": COORDINATES, "recipient": recipient}
        return actions.hand_over(**told, seal=seal or look().seal, actor=actor, at=NOON)

    return _hand_over


def opened(made: HandOver) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(records.content(made.package))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def left(preview: queries.Preview) -> list[tuple[str, str]]:
    return [(each.expression.code, each.why) for each in preview.left_out]


@pytest.mark.django_db
def test_the_admitted_go_in_the_order_of_arrival(make, file, look):
    second, first = make(2), make(1)
    file(enterprise_codice_fiscale=company(3), partita_iva=company(3))

    assert [each.expression for each in look().chosen] == [first, second]
    assert look().left_out == ()


@pytest.mark.django_db
def test_only_the_facts_that_the_call_names_go(make, look, lombardia):
    make()

    (chosen,) = look().chosen
    (spec,) = [each.spec for each in queries.promises(lombardia) if each.spec.duty == COORDINATES]
    told = {path for path, _value in leaves(chosen.content["facts"])}
    assert {path.partition(".")[0] for path in told} == set(spec.facts) - {"benefits"}
    assert "consents" not in chosen.content["facts"]


@pytest.mark.django_db
def test_the_consent_is_recorded_with_its_version_and_instant(make, look):
    make()

    (chosen,) = look().chosen
    assert chosen.content["consent"] == {
        "fact": "consents.sharing",
        "version": 1,
        "given_at": rome(2025, 7, 1, 9, 1),
    }


@pytest.mark.django_db
def test_who_has_not_consented_stays_out(make, look):
    refusing = make(1, consents_to_sharing="")
    make(2)

    assert left(look()) == [(refusing.code, LeftOut.NO_CONSENT)]


@pytest.mark.django_db
def test_the_positions_go_with_the_profiles(make, look):
    expression = make()

    (chosen,) = look().chosen
    (position,) = expression.positions.all()
    assert chosen.content["positions"] == [
        {"code": position.code, "profile": position.profile.code, "seats": 2}
    ]


@pytest.mark.django_db
def test_of_the_papers_the_main_form_alone_goes(make, look, lombardia):
    make(1, modulo(lombardia), modulo(lombardia, "delegation"), Paper("carta-identita.pdf"))

    (chosen,) = look().chosen
    assert [name.split("/")[-1] for name in chosen.documents] == ["1-modulo-a.pdf"]


@pytest.mark.django_db
def test_a_form_with_a_virus_is_withheld_and_its_data_go(make, look):
    document = make().current.message.attachments.get().document
    VirusCheck.objects.create(
        document=document, outcome=CheckOutcome.INFECTED, threat="Eicar", checked_at=NOON
    )

    (chosen,) = look().chosen
    assert (chosen.documents, chosen.content["withheld"]) == (
        {},
        [{"form": "modulo-a", "why": "infected"}],
    )


@pytest.mark.django_db
def test_a_scan_with_other_pages_is_withheld(make, look, lombardia):
    make(1, printed(modulo(lombardia), others=1))

    (chosen,) = look().chosen
    assert chosen.content["withheld"] == [{"form": "modulo-a", "why": "other_pages"}]


@pytest.mark.django_db
def test_what_is_too_heavy_waits_for_the_next_package(make, look, monkeypatch):
    make(1)
    later = make(2)
    monkeypatch.setattr(packages, "MOST_BYTES", 4)

    assert left(look()) == [(later.code, LeftOut.NEXT_PACKAGE)]


@pytest.mark.django_db
def test_a_stranger_and_the_recipient_choose_from_nothing(make, look, stranger, elif_):
    make()

    assert [look(actor).chosen for actor in (stranger, elif_)] == [(), ()]


@pytest.mark.django_db
def test_what_the_call_does_not_promise_is_not_there(look):
    with pytest.raises(NotFound):
        look(duty=DutyKind.TRAINS.value)


@pytest.mark.django_db
def test_where_no_source_names_the_holder_nobody_receives(lombardia):
    (promise,) = [each for each in queries.promises(lombardia) if each.spec.duty == DutyKind.TRAINS]

    assert promise.recipients == ()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_a_preview_costs_the_same_however_many(count, make, look, django_assert_num_queries):
    for number in range(1, count + 1):
        make(number)

    with django_assert_num_queries(9):
        assert len(look().chosen) == count


# --- the package -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_manifest_names_every_file_with_its_hash(make, hand_over):
    make()

    made = hand_over()
    files = opened(made)
    manifest = json.loads(files["manifest.json"])
    told = {each["name"]: (each["sha256"], each["size"]) for each in manifest["files"]}
    assert told == {
        name: (sha256_hex(content), len(content))
        for name, content in files.items()
        if name != "manifest.json"
    }
    assert made.manifest_hash == sha256_hex(files["manifest.json"])


@pytest.mark.django_db
def test_what_stands_beside_the_case_is_what_lies_in_the_package(make, hand_over):
    make(1)
    make(2)

    made = hand_over()
    data = json.loads(opened(made)["data.json"])
    assert data["cases"] == [item.content for item in made.items.order_by("position")]
    told = [each["sha256"] for each in json.loads(opened(made)["manifest.json"])["cases"]]
    assert told == [item.content_hash for item in made.items.order_by("position")]
    assert told == [sha256_hex(canonical_json(case)) for case in data["cases"]]


@pytest.mark.django_db
def test_the_readme_says_it_in_four_languages(make, hand_over):
    make()

    made = hand_over()
    assert opened(made)["README.txt"].decode().count(made.code) == 4


@pytest.mark.django_db
def test_the_form_in_the_package_is_the_one_that_came(make, hand_over):
    message = make().current.message

    (name,) = [name for name in opened(hand_over()) if name.startswith("documents/")]
    assert sha256_hex(opened(HandOver.objects.get())[name]) == message.attachments.get().document.sha256


@pytest.mark.django_db
def test_a_second_package_holds_only_what_came_since(make, hand_over, look):
    first = make(1)
    made = hand_over()
    second = make(2)

    assert [each.expression for each in look().chosen] == [second]
    assert [(each.expression, each.why, each.package) for each in look().left_out] == [
        (first, LeftOut.ALREADY, made.code)
    ]


@pytest.mark.django_db
def test_what_changed_since_it_was_looked_at_is_not_handed_over(make, hand_over, look):
    make(1)
    seal = look().seal
    make(2)

    with pytest.raises(Stale):
        hand_over(seal=seal)
    assert list(HandOver.objects.all()) == []


@pytest.mark.django_db
def test_a_second_click_hands_nothing_over_twice(make, hand_over, look):
    make()
    seal = look().seal
    hand_over(seal=seal)

    with pytest.raises(Stale):
        hand_over(seal=seal)


@pytest.mark.django_db
def test_a_damaged_document_stops_the_package(make, hand_over, settings, tmp_path):
    make()
    settings.DOCUMENTS = str(tmp_path / "elsewhere")

    with pytest.raises(Blocked) as refusal:
        hand_over()
    assert [finding.code for finding in refusal.value.findings] == ["document_damaged"]


@pytest.mark.django_db
def test_neither_an_observer_nor_another_office_nor_the_recipient_hands_over(
    make, hand_over, carla, elif_, stranger
):
    make()

    observer = replace(carla, roles=frozenset({"observer"}))
    for somebody in (observer, replace(carla, organisation="elsewhere"), elif_, stranger):
        with pytest.raises(NotAllowed):
            hand_over(somebody)


@pytest.mark.django_db
def test_the_recipient_holds_the_case_as_it_was_until_it_is_recalled(make, hand_over, carla, elif_):
    expression = make()
    made = hand_over()

    (item,) = case_queries.items_of(actor=elif_, hand_over=made)
    assert item.content["facts"]["enterprise"]["name"] == "Officine Bruno srl"
    cases.recall_hand_over(hand_over=made, reason="Consent withdrawn.", actor=carla, at=NOON)
    assert list(case_queries.items_of(actor=elif_, hand_over=made)) == []
    assert list(Expression.objects.visible_to(elif_)) == list(Case.objects.visible_to(elif_)) == []
    assert Duty.objects.filter(organisation__code=elif_.organisation, duty=COORDINATES).exists()
    assert expression.case.hand_over_items.count() == 1


def test_dates_before_archives_began_still_pack():
    assert packages.packed({"a": b""}, datetime(1970, 1, 1, tzinfo=UTC))


# --- a consent that is taken back --------------------------------------------------------------------------


def take_back(expression, actor: Actor, withdrawn_at: datetime = NOON, at: datetime = NOON):
    told = {"expression": expression, "withdrawn_at": withdrawn_at}
    return actions.withdraw_consent(**told, actor=actor, at=at)


@pytest.mark.django_db
def test_whose_consent_was_withdrawn_stays_out(make, look, carla):
    expression = make(1)
    make(2)

    take_back(expression, carla)

    assert left(look()) == [(expression.code, LeftOut.CONSENT_WITHDRAWN)]


@pytest.mark.django_db
def test_withdrawn_between_the_look_and_the_handing_over_it_stays(make, look, hand_over, carla):
    expression = make()
    seal = look().seal
    take_back(expression, carla)

    with pytest.raises(Stale):
        hand_over(seal=seal)


@pytest.mark.django_db
def test_the_database_lets_no_withdrawn_consent_into_a_package(make, hand_over, carla):
    expression = make()
    made = hand_over()
    item = made.items.get()
    take_back(expression, carla)

    with pytest.raises(IntegrityError, match="was withdrawn"), transaction.atomic():
        HandOver.objects.filter(pk=made.pk).get().items.create(
            case=item.case, position=2, content=item.content, content_hash=item.content_hash
        )


@pytest.mark.django_db
def test_the_office_whose_package_holds_it_is_given_the_task_to_recall_it(make, hand_over, carla):
    expression = make()
    made = hand_over()

    take_back(expression, carla)

    task = Task.objects.open().get(kind=case_queries.RECALL)
    assert (task.subject, task.holder.code, task.assignee) == (made.code, carla.organisation, carla.code)
    assert [item.is_withdrawn for item in case_queries.items_of(actor=carla, hand_over=made)] == [True]
    assert case_queries.get_made(actor=carla, code=made.code).is_withdrawn
    cases.recall_hand_over(hand_over=made, reason="Consent withdrawn.", actor=carla, at=NOON)
    assert not Task.objects.open().filter(kind=case_queries.RECALL).exists()


@pytest.mark.django_db
def test_a_package_without_the_case_is_not_marked(make, hand_over, carla):
    make(1)
    made = hand_over()

    take_back(make(2), carla)

    assert not case_queries.get_made(actor=carla, code=made.code).is_withdrawn


@pytest.mark.django_db
def test_withdrawn_twice_it_is_withdrawn_once(make, carla):
    expression = make()

    first, second = take_back(expression, carla), take_back(expression, carla, at=NOON + timedelta(days=1))

    assert first == second


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("withdrawn_at", "code"),
    [(NOON + timedelta(days=1), "withdrawal_ahead"), (rome(2025, 6, 1, 9), "consent_later")],
)
def test_a_withdrawal_lies_after_the_consent_and_not_ahead(make, carla, withdrawn_at, code):
    with pytest.raises(Blocked, match=code):
        take_back(make(), carla, withdrawn_at)


@pytest.mark.django_db
def test_what_was_never_given_is_not_withdrawn(make, carla):
    with pytest.raises(Blocked, match="no_consent"):
        take_back(make(1, consents_to_sharing=""), carla)


@pytest.mark.django_db
def test_neither_an_observer_nor_another_office_nor_a_stranger_withdraws_it(make, carla, elif_, stranger):
    expression = make()

    observer = replace(carla, roles=frozenset({"observer"}))
    for somebody in (observer, replace(carla, organisation="elsewhere"), elif_, stranger):
        with pytest.raises(NotAllowed):
            take_back(expression, somebody)


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_what_is_given_after_a_withdrawal_is_given_anew(given_at, withdrawn_at):
    assert packages.still_given(given_at, withdrawn_at) == (given_at > withdrawn_at)
    assert packages.still_given(given_at, None)
