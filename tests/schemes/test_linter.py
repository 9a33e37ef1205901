"""Each question of the linter, where it asks and where it is silent."""

import msgspec
import pytest

from tests.schemes.making import call, notice, texts
from tragitto.schemes.pack import FormSpec
from tragitto.schemes.pack.reading import paragraphs
from tragitto.schemes.rules import lint

PRIVACY = {
    "controller": "an office",
    "processors": ["one body"],
    "purposes": [
        {
            "as_written": "gestione delle domande",
            "title": texts(),
            "basis": "6(1)(e)",
            "serves": "collecting-them",
        }
    ],
}
DEADLINE = "La scadenza è fissata al 31/07/2025, ore 23:59:59 (ora italiana). PEC: call@pec.example."


def form(title: str) -> FormSpec:
    return msgspec.convert(
        {
            "code": "a-form",
            "version": 1,
            "role": "main",
            "confidence": "sure",
            "title": {**texts(), "it": title},
        },
        FormSpec,
    )


def asked(text: str, *, forms=(), **about) -> set[str]:
    """The codes of the warnings about a notice of this text; the deadline is always in order."""
    found = lint(call(**about), notice(f"{text}\n\n{DEADLINE}"), forms=forms)
    return {problem.code for problem in found}


def test_a_notice_in_order_is_not_questioned():
    assert asked("Le domande sono esaminate in ordine cronologico.", privacy=PRIVACY) == set()


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("La scadenza è il 31/07/2025.", {"deadline_without_hour", "deadline_without_zone"}),
        ("Entro il 31 luglio 2025, ore 23:59.", {"deadline_without_zone"}),
        ("Entro il 31/07/2025 (ora italiana).", {"deadline_without_hour"}),
        ("Entro il 31/07/2025, ore 23:59 (ora italiana).", set()),
        ("L'avviso è stato approvato il 12/05/2025.", set()),
    ],
)
def test_hour_and_zone_of_a_deadline(text, questions):
    found = {problem.code for problem in lint(call(mailbox=""), notice(text))}

    assert found - {"deadline_not_in_notice"} == questions


def test_a_deadline_of_no_window():
    assert "deadline_of_no_window" in asked("Entro il 30/09/2025, ore 23:59 (ora italiana).")
    assert "deadline_of_no_window" not in asked("")


@pytest.mark.parametrize(
    ("hour", "is_asked"),
    [("12:00", True), ("12", True), ("23:59", False), ("24:00", False), ("23:59:59", False)],
)
def test_an_hour_that_is_not_the_window_s(hour, is_asked):
    found = {
        p.code for p in lint(call(mailbox=""), notice(f"Entro il 31/07/2025, ore {hour} (ora italiana)."))
    }

    assert ("hour_of_another_window" in found) == is_asked


def test_a_window_the_notice_does_not_name():
    found = {problem.code for problem in lint(call(mailbox=""), notice("Entro sera."))}

    assert found == {"deadline_not_in_notice"}


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("Farà fede la data indicata nella PEC.", True),
        ("Farà fede la data della ricevuta di accettazione.", False),
    ],
)
def test_which_instant_counts(text, is_asked):
    assert ("instant_not_named" in asked(text)) == is_asked


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("A partire dal mese di luglio si terranno incontri online.", True),
        ("I colloqui iniziano il 15/07/2025.", True),
        ("A partire dal mese di settembre si terranno incontri online.", False),
        ("Gli incontri saranno comunicati.", False),
    ],
)
def test_meetings_while_filing_is_open(text, is_asked):
    assert ("meetings_while_filing_is_open" in asked(text)) == is_asked


def test_meetings_in_the_calendar_count_too():
    early = [{"topic": "meetings", "starts_on": "2025-07-01", "source": "the calendar"}]
    late = [{"topic": "meetings", "starts_on": "2025-09-01", "source": "the calendar"}]

    assert "meetings_while_filing_is_open" in asked("", calendar=early)
    assert "meetings_while_filing_is_open" not in asked("", calendar=late)


def test_training_before_the_meetings():
    def calendar(meetings: str, training: str) -> list[dict[str, str]]:
        return [
            {"topic": "meetings", "starts_on": meetings, "source": "§6"},
            {"topic": "training", "starts_on": training, "source": "§6"},
        ]

    assert "calendar_out_of_order" in asked("", calendar=calendar("2025-10-01", "2025-09-01"))
    assert "calendar_out_of_order" not in asked("", calendar=calendar("2025-09-01", "2025-10-01"))


@pytest.mark.parametrize(
    ("purpose", "is_asked"),
    [("gestione delle domande", False), ("assegnazione degli alloggi popolari", True)],
)
def test_a_purpose_of_another_procedure_stands_out(purpose, is_asked):
    text = f"I dati personali sono trattati per le seguenti finalità:\n\n- {purpose}."

    assert ("purpose_of_another_procedure" in asked(text, privacy=PRIVACY)) == is_asked


def test_a_purpose_in_the_data_that_serves_nothing():
    adrift = {**PRIVACY, "purposes": [{**PRIVACY["purposes"][0], "serves": ""}]}

    assert {p.code for p in lint(call(privacy=adrift), ())} == {"purpose_of_another_procedure"}
    assert lint(call(privacy=PRIVACY), ()) == []


@pytest.mark.parametrize(
    "words",
    ["liquidazione della dote formativa", "istituti di credito", "aggiudicazione", "prova concorsuale"],
)
def test_words_of_another_procedure(words):
    assert "words_of_another_procedure" in asked(f"I dati sono comunicati per {words}.")


def test_words_of_a_declared_topic_are_at_home():
    pays = [{"code": "paying-them", "text": "contributi", "topics": ["payments"]}]

    assert asked("I dati sono comunicati agli istituti di credito.", purposes=pays) == set()


@pytest.mark.parametrize(
    ("listed", "is_asked"),
    [("- prima finalità;\n- seconda.", True), ("a) prima finalità;\nb) seconda.", False)],
)
def test_letters_that_match_nothing(listed, is_asked):
    bases = "Le basi per la finalità a) e b) sono rispettivamente gli artt. 6(1)(e) e 6(1)(c)."
    text = f"{listed}\n\n{bases}"

    assert ("letters_that_match_nothing" in asked(text)) == is_asked


def test_more_purposes_than_legal_bases():
    text = "a) prima;\nb) seconda.\n\nPer la finalità a) e b) vale rispettivamente l'art. 6(1)(e)."

    assert "bases_do_not_match" in asked(text)
    assert "bases_do_not_match" not in asked(text.replace("6(1)(e)", "6(1)(e) e l'art. 6(1)(c)"))


@pytest.mark.parametrize(("bodies", "is_asked"), [(["one body"], True), (["one body", "another"], False)])
def test_two_bodies_are_spoken_of_and_one_is_named(bodies, is_asked):
    text = "In tale veste, questi due soggetti operano quali responsabili."

    assert ("count_of_processors" in asked(text, privacy={**PRIVACY, "processors": bodies})) == is_asked


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("I Dati Personali saranno conservati per il tempo necessario.", True),
        ("I Dati Personali saranno conservati per 10 anni.", False),
    ],
)
def test_retention_without_a_period(text, is_asked):
    assert ("retention_without_period" in asked(text)) == is_asked


def test_consent_beside_other_bases():
    consent = {**PRIVACY, "purposes": [{**PRIVACY["purposes"][0], "basis": "6(1)(a)"}]}

    assert "consent_beside_other_bases" in asked("Il richiedente fornisce consenso.", privacy=PRIVACY)
    assert "consent_beside_other_bases" not in asked("Il richiedente fornisce consenso.", privacy=consent)


def test_a_form_asked_of_all_and_of_delegates_only():
    all_of_them = "La domanda va presentata attraverso il modulo A e il modulo B."
    delegates = "Nel caso di presentazione da un delegato va compilato anche il modulo B."

    assert "forms_asked_differently" in asked(f"{all_of_them} {delegates}")
    assert "forms_asked_differently" not in asked(delegates)
    assert "forms_asked_differently" not in asked(all_of_them)


def test_forms_of_the_notice_and_of_the_call():
    text = "La domanda va presentata attraverso il modulo A."

    assert asked(text, forms=[form("Modulo A – Domanda")]) == set()
    assert asked(text, forms=[form("Modulo C – Domanda")]) == {"form_not_in_call", "form_not_in_notice"}


def test_a_paragraph_that_does_not_exist():
    assert "reference_to_nothing" in asked("I requisiti del paragrafo 9 valgono.")
    assert "reference_to_nothing" not in asked("I requisiti del paragrafo 5 valgono.")


def test_a_mailbox_the_notice_does_not_name():
    assert "mailbox_not_in_notice" in asked("", mailbox="other@pec.example")
    assert "mailbox_not_in_notice" not in asked("")


def test_the_published_call_yields_its_slips_and_each_has_a_choice(shipped):
    (real,) = [each for each in shipped.calls if each.notice]

    found = lint(real, shipped.notices[real.code], forms=[shipped.form(code) for code in real.forms])

    assert {problem.code for problem in found} == {
        "deadline_without_hour",
        "deadline_without_zone",
        "instant_not_named",
        "meetings_while_filing_is_open",
        "purpose_of_another_procedure",
        "words_of_another_procedure",
        "letters_that_match_nothing",
        "count_of_processors",
        "retention_without_period",
        "consent_beside_other_bases",
        "forms_asked_differently",
    }
    assert {problem.about for problem in found} <= {choice.about for choice in real.choices}


def test_an_altered_text_yields_its_own(shipped, shipped_folder, changed):
    (real,) = [each for each in shipped.calls if each.notice]
    text = (shipped_folder / "calls" / real.notice).read_text(encoding="utf-8")
    mended = text.replace("31/07/2025", "31/07/2025, ore 12:00 (ora italiana)").replace(
        "dote formativa", "domanda"
    )
    altered = mended.replace("al paragrafo 4", "al paragrafo 14").replace("mese di luglio", "mese di agosto")
    known = {choice.about for choice in real.choices}

    undated = changed(real, calendar=())
    found = lint(undated, paragraphs(altered), forms=[shipped.form(code) for code in real.forms])

    assert {problem.code for problem in found if problem.about not in known} == {
        "purpose_of_another_procedure",
        "reference_to_nothing",
        "hour_of_another_window",
    }
    assert not {problem.code for problem in found} & {
        "deadline_without_hour",
        "meetings_while_filing_is_open",
    }
