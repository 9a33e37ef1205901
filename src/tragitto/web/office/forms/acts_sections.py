"""The parts of a call as pages: what is asked on each, by its path in the call, in the order of the work."""

from django.utils.translation import gettext_lazy as _

from tragitto.schemes.vocabulary import Section as PublicText
from tragitto.web.office.forms.acts_asked import Asked, Section
from tragitto.web.office.forms.acts_words import SECTIONS as PUBLIC_TEXTS

_CODE = Asked("code", _("Code"), _("Small letters, digits and hyphens."), "code")
_NAME = Asked("title", _("Name"))
_CITATION = Asked("citation", _("Source"), _("The paragraph of the notice, or the article of the law."))
_BASIS = Asked("basis", _("Legal basis"), kind="basis")
_LINES = _("One a line.")

SECTIONS = (
    Section(
        "identity",
        _("The act and its title"),
        (
            Asked("act", _("Act"), _("Its kind and number, as on the act itself.")),
            Asked("act_on", _("Date of the act")),
            Asked(
                "proposer", _("Proposed by"), _("The function that proposes the act, not a person's name.")
            ),
            Asked("region", _("Region"), kind="region"),
            Asked("title", _("Title")),
            Asked("summary", _("Summary"), kind="long"),
            Asked("checks", _("Verified before publication"), _("By somebody who did not write the draft.")),
            Asked("help_address", _("Address for questions"), kind="email"),
            Asked("journey", _("Journey of a filing"), kind="journey"),
        ),
    ),
    Section(
        "windows",
        _("When filings are taken"),
        (
            Asked("number", _("Number")),
            Asked("opens_on", _("First day"), _("Empty only where it is named among what is unknown.")),
            Asked("last_day", _("Last day")),
            Asked(
                "last_time",
                _("Last second of that day"),
                _("The second named is still in time, the next one is late."),
            ),
        ),
        rows="windows",
        one=_("Window"),
        named="number",
    ),
    Section(
        "filing",
        _("How filings are made"),
        (
            Asked("filing.channels", _("Filings are taken")),
            Asked(
                "mailbox",
                _("Certified mailbox"),
                _("It becomes the mail of your body on publication."),
                "email",
            ),
            Asked("zone", _("Time zone"), _("Deadlines are counted here, for instance Europe/Rome.")),
            Asked(
                "counted_instant",
                _("The instant that counts"),
                _("Compared with the deadline; it makes the order."),
            ),
            Asked("place_rule", _("When an employer files again")),
            Asked("filing.late", _("Late filings are")),
            Asked(
                "filing.warn_before",
                _("Hours before the closing at which drafts are reminded"),
                _LINES,
                "lines",
            ),
            Asked("filing.draft_days", _("Days for which an unsent draft is kept after the closing")),
        ),
    ),
    Section(
        "exceptions",
        _("Exceptions for late filings"),
        (_CODE, _NAME, _CITATION),
        rows="filing.exceptions",
        one=_("Exception"),
        named="title",
    ),
    *(
        Section(
            f"text-{part}",
            PUBLIC_TEXTS[part],
            (
                Asked(
                    f"texts.{part}",
                    PUBLIC_TEXTS[part],
                    _("Published on the call's page as it stands."),
                    "long",
                ),
            ),
            says=_("A text of the public page."),
        )
        for part in PublicText
    ),
    Section(
        "notice",
        _("The notice"),
        (
            Asked(
                "notice",
                _("Text of the notice, in the language of the act"),
                _("Begin each paragraph with a line like: ## 1. TITLE"),
                "notice",
            ),
        ),
        says=_("The text is read against the data of the call; what jars becomes a question."),
    ),
    Section(
        "forms",
        _("The forms"),
        (Asked("forms", _("Forms the call asks for"), _("Exactly one of them is the main form."), "forms"),),
        says=_("Forms come with the scheme; a call chooses among them."),
    ),
    Section(
        "criteria",
        _("Who is admitted"),
        (
            _CODE,
            Asked("failing", _("If unmet")),
            _NAME,
            _CITATION,
        ),
        says=_("Conditions are judged in this order; a person always decides."),
        rows="criteria",
        one=_("Condition"),
        named="title",
    ),
    Section(
        "review",
        _("The review"),
        (
            Asked("review_term", _("Term of the review"), kind="term"),
            Asked("review.opens", _("The review begins")),
            Asked("four_eyes", _("A second person confirms each decision")),
            Asked(
                "review.states_conflicts",
                _("Whoever reviews first states whether there is a conflict of interest"),
            ),
            Asked("review.start_notice", _("Employers are told that the review has begun")),
            Asked("review.court", _("Administrative court for appeals, as an act names it")),
            Asked("review.hidden", _("Reviewers do not see"), kind="facts"),
            Asked("disclosure", _("What employers learn about candidates")),
        ),
    ),
    Section(
        "hand-over",
        _("What is handed over to partners"),
        (
            Asked("duty", _("To the body that")),
            _NAME,
            Asked("facts", _("What is handed over"), kind="facts"),
            Asked("with_documents", _("The documents go with it")),
            _BASIS,
            _CITATION,
            Asked("consent", _("Only with the employer's consent, given in"), kind="consent"),
        ),
        rows="hand_over",
        one=_("Hand-over"),
        named="duty",
    ),
    Section(
        "enquiries",
        _("Requests for information"),
        (
            Asked("enquiries.call_back_days", _("Working days until the first call back")),
            Asked("enquiries.escalate_days", _("Working days after that until the next person is told")),
            Asked("enquiries.source", _("Source of these days")),
        ),
        says=_("Leave all of it empty where the call takes no requests for information."),
    ),
    Section(
        "templates",
        _("Texts to begin an answer with"),
        (
            _CODE,
            _NAME,
            Asked("text", _("Text"), _("{enterprise}, {contact} and {manager} are filled in."), "long"),
        ),
        rows="enquiries.templates",
        one=_("Text"),
        named="title",
    ),
    Section(
        "purposes",
        _("What the call is for"),
        (_CODE, Asked("text", _("In one line, as in the act")), Asked("topics", _("This covers"))),
        rows="purposes",
        one=_("Purpose"),
        named="text",
    ),
    Section(
        "calendar",
        _("What happens when"),
        (
            Asked("topic", _("What")),
            Asked("starts_on", _("From")),
            Asked("ends_on", _("Until, this day excluded")),
            Asked("source", _("Source")),
        ),
        rows="calendar",
        one=_("Period"),
        named="topic",
    ),
    Section(
        "privacy",
        _("The privacy notice"),
        (
            Asked("privacy.controller", _("Controller")),
            Asked("privacy.dpo", _("Data protection officer")),
            Asked("privacy.processors", _("Processors"), _LINES, "lines"),
            Asked("privacy.recipients", _("Recipients"), _LINES, "lines"),
            Asked("privacy.retention", _("How long data are kept")),
            Asked("privacy.transfers", _("Transfers outside the European Union")),
        ),
    ),
    Section(
        "privacy-purposes",
        _("Purposes of the privacy notice"),
        (
            Asked("as_written", _("As written in the notice"), kind="long"),
            _NAME,
            _BASIS,
            Asked("serves", _("It serves the purpose"), kind="purpose"),
        ),
        rows="privacy.purposes",
        one=_("Purpose"),
        named="title",
    ),
    Section(
        "gaps",
        _("What is unknown"),
        (
            Asked(
                "path",
                _("Which value"),
                _("Its name in the call, for instance mailbox or windows.0.opens_on."),
            ),
            Asked("what", _("What is unknown")),
            Asked("source", _("Where it was looked for")),
        ),
        says=_("While something is unknown the call cannot be published: take it away once you know."),
        rows="gaps",
        one=_("Unknown value"),
        named="path",
    ),
    Section(
        "choices",
        _("Choices about warnings"),
        (
            Asked("about", _("The question"), kind="question"),
            Asked("text", _("What was decided"), kind="long"),
            Asked("reason", _("Why"), kind="long"),
        ),
        says=_("Each warning of the check needs a recorded choice before publication."),
        rows="choices",
        one=_("Choice"),
        named="text",
    ),
)
BY_CODE = {section.code: section for section in SECTIONS}


def label_of(path: str) -> str:
    """What the pages call the value at ``path`` of a call; the path itself where no page asks for it."""
    told = {each.path: each.label for section in SECTIONS if not section.rows for each in section.asked}
    told |= {section.rows: section.title for section in SECTIONS if section.rows}
    leading = [each for each in told if f"{path}.".startswith(f"{each}.")]
    return str(told[max(leading, key=len)]) if leading else path
