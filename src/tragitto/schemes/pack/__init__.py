"""A scheme as files: the frozen shapes a pack is read into, and the reading."""

from tragitto.schemes.pack.arrangements import (
    EnquirySpec,
    FilingSpec,
    HandOverSpec,
    LateExceptionSpec,
    ReviewSpec,
    TemplateSpec,
)
from tragitto.schemes.pack.calls import (
    CallSpec,
    ChoiceSpec,
    CriterionSpec,
    DateSpec,
    GapSpec,
    Paragraph,
    PrivacyPurposeSpec,
    PrivacySpec,
    PurposeSpec,
    RelatedSpec,
    WindowSpec,
)
from tragitto.schemes.pack.forms import FieldSpec, FormSpec, GroupSpec, OptionSpec
from tragitto.schemes.pack.journeys import JourneySpec, RequirementSpec, StageSpec, StepSpec, UseSpec
from tragitto.schemes.pack.reading import PackUnreadable, filled, paragraphs, read_pack, shipped_packs
from tragitto.schemes.pack.schemes import (
    AlternativeSpec,
    DutySpec,
    OrganisationSpec,
    ProfileSpec,
    RegionSpec,
    SchemeSpec,
)
from tragitto.schemes.pack.whole import Pack, WholeCall

__all__ = [
    "AlternativeSpec",
    "CallSpec",
    "ChoiceSpec",
    "CriterionSpec",
    "DateSpec",
    "DutySpec",
    "EnquirySpec",
    "FieldSpec",
    "FilingSpec",
    "FormSpec",
    "GapSpec",
    "GroupSpec",
    "HandOverSpec",
    "JourneySpec",
    "LateExceptionSpec",
    "OptionSpec",
    "OrganisationSpec",
    "Pack",
    "PackUnreadable",
    "Paragraph",
    "PrivacyPurposeSpec",
    "PrivacySpec",
    "ProfileSpec",
    "PurposeSpec",
    "RegionSpec",
    "RelatedSpec",
    "RequirementSpec",
    "ReviewSpec",
    "SchemeSpec",
    "StageSpec",
    "StepSpec",
    "TemplateSpec",
    "UseSpec",
    "WholeCall",
    "WindowSpec",
    "filled",
    "paragraphs",
    "read_pack",
    "shipped_packs",
]
