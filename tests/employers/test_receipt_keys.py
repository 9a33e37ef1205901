"""The key for receipts: made before the first, missed once it was used, changed by hand alone."""

import pytest

from tests.conftest import NOON
from tests.employers.sending import BRUNO, HOUSE, sent, taken
from tragitto.employers import actions
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.ledger.models import Entry
from tragitto.records import receipts
from tragitto.records.queries import content


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    settings.VAR, settings.DOCUMENTS = tmp_path, str(tmp_path / "documents")
    return tmp_path


@pytest.mark.django_db
def test_the_key_is_made_once_and_written_down():
    key = actions.make_receipt_key(actor=HOUSE, at=NOON)

    assert actions.make_receipt_key(actor=HOUSE, at=NOON).number == key.number
    assert [entry.facts for entry in Entry.objects.filter(verb="receipts.key_made")] == [{"key": key.number}]


def test_a_key_that_was_used_and_lost_is_not_replaced_in_silence(emilia, house):
    taken(sent(emilia, at=NOON))
    (house / receipts.FILE_NAME).unlink()
    waiting = sent(emilia, at=NOON)

    with pytest.raises(Blocked) as refused:
        taken(waiting)

    assert [finding.code for finding in refused.value.findings] == ["receipt_key_missing"]
    assert not receipts.has_key()


def test_what_was_sent_meanwhile_gets_its_receipt_once_there_is_a_key(emilia, house):
    taken(sent(emilia, at=NOON))
    (house / receipts.FILE_NAME).unlink()
    waiting = sent(emilia, at=NOON)
    with pytest.raises(Blocked):
        taken(waiting)

    actions.change_receipt_key(actor=HOUSE, at=NOON)

    given = content(taken(waiting).receipt)
    assert receipts.checked(given, receipts.public_keys())["filing"] == waiting.code


def test_a_changed_key_leaves_what_was_given_good(emilia):
    before = content(taken(sent(emilia, at=NOON)).receipt)

    actions.change_receipt_key(actor=HOUSE, at=NOON)

    assert receipts.checked(before, receipts.public_keys())


@pytest.mark.django_db
def test_nobody_but_the_house_has_to_do_with_the_key():
    with pytest.raises(NotAllowed):
        actions.make_receipt_key(actor=BRUNO, at=NOON)
    with pytest.raises(NotAllowed):
        actions.change_receipt_key(actor=BRUNO, at=NOON)
    assert not receipts.has_key()
