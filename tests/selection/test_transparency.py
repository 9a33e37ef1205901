"""What people, firms and auditors may read of a run: their own, small counts hidden, everything checkable."""

import io
import json
import zipfile

import pytest
from django.utils import translation

from tests.candidates.making import NOON
from tests.selection.making import OUTSIDER, TINA, WATCHER, make_person_on_roster, make_round
from tragitto.kernel.refusals import NotAllowed, NotFound
from tragitto.ledger.models import Entry
from tragitto.schemes.queries import roster_of
from tragitto.selection.actions import auditing, posts, running, shortlisting
from tragitto.selection.queries.explanations import own_rounds, pair_said, post_read
from tragitto.selection.rules import audit
from tragitto.selection.rules.demands import Demands, suggested
from tragitto.selection.rules.solved import hash_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make_round(posts=2, candidates=9)


@pytest.fixture
def run(made):
    return running.propose(round=made.round, actor=TINA, at=NOON)


def ask(made, **demands) -> None:
    posts.state_post(post=made.posts[0], demands=Demands(**demands), seats=1, actor=TINA, at=NOON)


# --- one pair ---


def test_a_pair_says_what_its_score_is_made_of(made, run):
    first = run.result["posts"][0]["candidates"][0]

    found = pair_said(run, first["candidate"], made.posts[0].code, audience="office")

    assert (found.is_eligible, found.score, found.listed) == (True, first["score"], 1)


def test_a_pair_says_every_reason_why_not(made):
    ask(made, least_levels={"it": "C2"}, must_skills=["weld-135"])
    run = running.propose(round=made.round, actor=TINA, at=NOON)

    found = pair_said(run, made.amina.code, made.posts[0].code, audience="office")

    assert (found.is_eligible, len(found.reasons), found.score) == (False, 2, 0)
    assert "Italian" in found.reasons[0]


def test_a_pair_that_was_not_in_the_run_is_not_found(run):
    with pytest.raises(NotFound):
        pair_said(run, "C-NOBODY", "P-NONE", audience="office")


# --- the person ---


def test_before_a_proposal_is_taken_up_a_person_reads_of_none(made, run):
    (found,) = own_rounds(made.amina)

    assert (found.run, found.suited, found.posts) == (None, 0, 0)


def test_a_person_reads_how_many_positions_they_suit(made, run):
    shortlisting.take_up(run=run, actor=TINA, at=NOON)

    (found,) = own_rounds(made.amina)

    assert (found.posts, found.suited, found.openings) == (2, 2, ())


def test_a_person_reads_what_alone_would_open_a_position(made):
    ask(made, least_levels={"it": "C1"})
    shortlisting.take_up(run=running.propose(round=made.round, actor=TINA, at=NOON), actor=TINA, at=NOON)

    (found,) = own_rounds(made.amina)

    (opening,) = found.openings
    assert (found.suited, opening.posts) == (1, 1)
    assert "C1" in opening.text


def test_what_two_things_keep_closed_is_not_promised_for_one(made):
    ask(made, least_levels={"it": "C1"}, must_skills=["weld-135"])
    shortlisting.take_up(run=running.propose(round=made.round, actor=TINA, at=NOON), actor=TINA, at=NOON)

    (found,) = own_rounds(made.amina)

    assert found.openings == ()


def test_the_same_is_said_in_arabic(made):
    ask(made, least_levels={"it": "C1"})
    shortlisting.take_up(run=running.propose(round=made.round, actor=TINA, at=NOON), actor=TINA, at=NOON)

    with translation.override("ar"):
        (found,) = own_rounds(made.amina)

    assert any("\u0600" <= letter <= "\u06ff" for letter in found.openings[0].text)


def test_who_came_later_is_told_so(made, run):
    shortlisting.take_up(run=run, actor=TINA, at=NOON)
    late = make_person_on_roster(made.scheme, 12, 20)

    assert [each.hindrance for each in own_rounds(late)] == ["came_later"]


def test_who_did_not_consent_or_pauses_is_told_so(made, run):
    shortlisting.take_up(run=run, actor=TINA, at=NOON)
    late, paused = (make_person_on_roster(made.scheme, number, 20) for number in (12, 13))
    late.consents.update(withdrawn_at=NOON)
    paused.status = "paused"
    paused.save(update_fields=["status"])

    found = [own_rounds(each)[0].hindrance for each in (late, paused)]

    assert found == ["no_consent", "not_on_roster"]


# --- the firm ---


def test_a_firm_reads_how_many_suit_its_position(made, run):
    shortlisting.take_up(run=run, actor=TINA, at=NOON)

    found = post_read(made.posts[0])

    assert (found.people, found.eligible, found.listed, found.lacking) == (9, 9, 3, ())


def test_small_counts_are_not_said(made):
    made.amina.languages.update(level="C1")
    ask(made, least_levels={"it": "C1"})
    shortlisting.take_up(run=running.propose(round=made.round, actor=TINA, at=NOON), actor=TINA, at=NOON)

    found = post_read(made.posts[0])

    assert (found.eligible, found.lacking) == (None, (("level", 8),))


def test_the_few_who_lack_something_are_not_to_be_had_by_subtraction(made):
    made.amina.languages.update(level="A2")
    ask(made, least_levels={"it": "B1"})
    shortlisting.take_up(run=running.propose(round=made.round, actor=TINA, at=NOON), actor=TINA, at=NOON)

    found = post_read(made.posts[0])

    assert (found.people, found.is_nearly_all, found.lacking) == (9, True, (("level", None),))


def test_a_firm_reads_nothing_before_a_proposal_is_taken_up(made, run):
    assert post_read(made.posts[0]) is None


# --- the file ---


@pytest.fixture
def file(run) -> bytes:
    return auditing.hand_out(run=run, actor=TINA, at=NOON)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def packed_again(content: bytes, name: str, change) -> bytes:
    found = parts(content)
    value = json.loads(found[name])
    change(value)
    found[name] = json.dumps(value).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as whole:
        for each, part in found.items():
            whole.writestr(each, part)
    return out.getvalue()


def test_the_file_can_be_checked_by_anybody(file):
    assert audit.faults_in(file) == []


def test_the_file_has_no_code_of_a_person(made, file):
    content = b"".join(parts(file).values())

    assert [each.code for each in made.candidates if each.code.encode() in content] == []


def test_nobody_who_left_since_is_in_the_file_either(made, run):
    shortlisting.take_up(run=run, actor=TINA, at=NOON)
    made.amina.status = "paused"
    made.amina.save(update_fields=["status"])
    second = running.propose(round=made.round, actor=TINA, at=NOON)

    content = b"".join(parts(auditing.hand_out(run=second, actor=TINA, at=NOON)).values())

    assert made.amina.code.encode() not in content


def test_a_person_can_be_told_which_one_they_are(made, run):
    assert auditing.pseudonym(run, made.candidates[1].code) == "person-0002"


def test_the_same_run_gives_the_same_file(run, file):
    assert auditing.hand_out(run=run, actor=WATCHER, at=NOON) == file


def test_handing_it_out_stands_in_the_ledger(run, file):
    assert Entry.objects.get(verb="run.handed_out").facts == {"run": run.code}


def test_who_has_no_duty_takes_no_file_out(run):
    with pytest.raises(NotAllowed):
        auditing.hand_out(run=run, actor=OUTSIDER, at=NOON)


def test_a_changed_result_is_found_out(file):
    changed = packed_again(file, "run.json", lambda run: run["result"]["posts"][0]["candidates"].pop())

    assert audit.faults_in(changed) == [
        "What came out was changed: its hash is another.",
        "Computed again, something else comes out.",
    ]


def test_a_changed_input_is_found_out(file):
    changed = packed_again(file, "instance.json", lambda it: it["candidates"][0].update(schooling=7))

    assert "What went in is not what the file says: its hash is another." in audit.faults_in(changed)


def test_a_changed_proof_is_found_out(file):
    changed = packed_again(file, "run.json", lambda run: run["proof"].update(reserved=5))

    assert audit.faults_in(changed) == ["The proof is not that of the result."]


def of_version(content: bytes, engine: str, change=lambda result: None) -> bytes:
    """The file as another version of the engine would have made it, its hash being right."""
    changed = packed_again(content, "run.json", lambda run: change(run["result"]))
    about, run = (json.loads(parts(changed)[name]) for name in ("about.json", "run.json"))
    whole = (about["file_instance_hash"], about["kind"], run["parameters"], run["result"])
    told = {"engine": engine, "file_result_hash": hash_of(*whole, engine=engine)}
    return packed_again(changed, "about.json", lambda about: about.update(told))


def test_a_run_of_another_version_that_gives_the_same_is_verified(file):
    assert audit.faults_in(of_version(file, "1")) == []


def test_a_run_of_another_version_that_gives_something_else_is_said_to_be_its(file):
    changed = of_version(file, "1", lambda result: result["posts"][0]["candidates"].pop())

    assert audit.faults_in(changed) == [
        "Version 1 of the engine made the run, and this is version 2, which gives something else:"
        " only that version can verify it."
    ]


def test_a_version_that_was_changed_in_the_file_is_found_out(file):
    changed = packed_again(file, "about.json", lambda about: about.update(engine="0"))

    assert audit.faults_in(changed) == ["What came out was changed: its hash is another."]


def test_what_cannot_be_asked_is_told_and_is_no_crash(file):
    changed = packed_again(file, "run.json", lambda run: run["parameters"].pop("per_post"))

    assert "What was asked of the engine is nothing that it can be asked." in audit.faults_in(changed)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_file_of_a_run_is_said_to_be_none(content):
    (fault,) = audit.faults_in(content)

    assert fault.startswith("This is not the file of a run")


# --- what a firm wrote ---


def test_what_a_firm_wrote_is_proposed_as_demands(made):
    roster = roster_of(made.scheme)
    wishes = {"languages": "italiano A2, inglese B1", "shift": "due turni", "skills": "Arco sommerso (121)"}

    found = suggested(wishes, roster)

    assert (found.least_levels, found.shifts) == ({"it": "A2", "en": "B1"}, ("two_shifts",))
    assert found.wished_skills == ("weld-121",)
    assert suggested({"languages": "italiano"}, roster) == Demands()
