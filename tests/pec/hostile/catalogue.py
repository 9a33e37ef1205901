"""The thirty-seven hostile inputs, and where each gets its verdict: one place to find them all.

An entry names tests as ``path::test_name``, the path beneath ``tests/``. Whoever adds a test for a number
adds its name; ``test_catalogue.py`` holds the names to the files.
"""

from __future__ import annotations

_FORGED = "pec/hostile/test_forged_mails.py"
_HEAVY = "pec/hostile/test_heavy_mails.py"

INPUTS: dict[int, str] = {
    1: "a daticert.xml without S/MIME",
    2: "a forged daticert.xml inside a genuine anomaly envelope",
    3: "a daticert.xml attached by the sender of a late message",
    4: "certified mail inside later certified mail",
    5: "certified mail forwarded by ordinary mail, or its bare original",
    6: "genuine certified mail to somebody else, uploaded again",
    7: "a seal of a made-up authority with the provider's name",
    8: "a certificate of another address, policy or authority of the same root",
    9: "one byte changed in the certification data or in an attachment",
    10: "Subject, X-Trasporto or Date changed",
    11: "two daticert.xml, three parts, two sealed parts, none",
    12: "a Date header before the deadline, a certified time after it",
    13: "a provider's certificate expired today, valid then",
    14: "the same identifier twice, the same file twice, a new form",
    15: "receipts, bounces, absence notes, spam",
    16: "billion laughs, quadratic entities, outer entities, 200,000 levels",
    17: "UTF-16, double date, unknown kind, bad zone, no such day, stray text",
    18: "twenty thousand encoded words in the subject",
    19: "twenty thousand open brackets in the address",
    20: "1500 multiparts or 3000 messages inside each other",
    21: "a hundred thousand parts",
    22: "a message of a hundred megabytes",
    23: "unknown charset, invalid UTF-8, broken base64, no boundary",
    24: "names with folders, turned text, 300 characters, two extensions",
    25: "winmail.dat, message/partial, .msg, .rar, .7z, .docx",
    26: "zip bomb, overlapping zip, zip in zip",
    27: "a PDF that unpacks to gigabytes",
    28: "a hundred thousand form fields",
    29: "pages and fields that contain themselves",
    30: "a PDF with JavaScript, launch, open action, embedded file, XFA",
    31: "shadow attacks on a signed PDF",
    32: "p7m nested twenty deep, huge, a thousand signers",
    33: "a signature of an unknown, expired or revoked authority, weak, not qualified",
    34: "a valid signature of somebody who is not the legal representative",
    35: "Modulo B without identity document, or with another person's",
    36: "the antivirus test file in mail, zip, p7m, base64 p7m",
    37: "IMAP: new UIDVALIDITY, cut connection, moved mail, one mail in two folders",
}


def _in(file: str, *names: str) -> list[str]:
    return [f"{file}::{name}" for name in names]


CATALOGUE: dict[int, list[str]] = {
    1: _in(_FORGED, "test_a_daticert_without_a_seal_is_ordinary_mail_without_a_date"),
    2: _in(_FORGED, "test_a_forged_daticert_inside_a_genuine_anomaly_envelope_gives_no_date"),
    3: _in(_FORGED, "test_a_daticert_attached_by_the_sender_of_a_late_message_changes_no_date"),
    4: _in(_FORGED, "test_certified_mail_inside_later_certified_mail_has_the_outer_date"),
    5: _in(
        _FORGED,
        "test_certified_mail_forwarded_by_ordinary_mail_has_no_date",
        "test_certified_mail_attached_as_any_file_has_no_date",
        "test_a_bare_original_without_its_envelope_has_no_date",
    ),
    6: _in(_FORGED, "test_a_genuine_message_to_somebody_else_names_its_addressees")
    + _in("employers/test_placing.py", "test_a_message_to_another_address_waits"),
    7: _in(_FORGED, "test_a_seal_of_a_made_up_authority_with_the_providers_name_is_untrusted"),
    8: _in(
        _FORGED,
        "test_a_certificate_that_is_not_a_providers_is_untrusted",
        "test_another_authority_under_the_same_root_is_untrusted",
    ),
    9: _in(_FORGED, "test_one_byte_changed_below_the_seal_is_altered"),
    10: _in(_FORGED, "test_a_forged_header_changes_nothing_and_is_told"),
    11: _in(
        _FORGED,
        "test_no_daticert_in_its_place_or_two_wait_for_a_person",
        "test_three_parts_beneath_one_seal_wait_for_a_person",
        "test_two_sealed_parts_in_one_message_have_no_date",
    ),
    12: _in(_FORGED, "test_an_early_date_header_over_a_late_daticert_is_late")
    + _in(
        "employers/test_from_the_mail.py",
        "test_the_next_second_is_late_though_the_office_read_both_on_the_same_monday",
    ),
    13: _in(_FORGED, "test_a_certificate_that_has_expired_since_was_good_then"),
    14: _in(
        _FORGED,
        "test_the_same_message_with_other_headers_keeps_its_identifier",
        "test_a_new_form_of_the_same_employer_has_another_identifier",
    )
    + _in(
        "records/test_taking_in.py",
        "test_the_same_bytes_twice_are_one_message",
        "test_the_same_certified_message_in_other_bytes_is_linked_and_not_registered_again",
    )
    + _in("employers/test_receiving.py", "test_a_second_message_is_a_second_version_of_the_same_expression"),
    15: _in(_HEAVY, "test_what_is_no_submission_is_told_apart_and_kept")
    + _in("employers/test_receiving.py", "test_what_is_no_submission_never_becomes_one"),
    16: _in(
        _HEAVY,
        "test_a_daticert_that_declares_anything_waits_for_a_person",
        "test_a_daticert_two_hundred_thousand_levels_deep_waits_for_a_person",
    ),
    17: _in(
        _HEAVY,
        "test_a_daticert_with_two_meanings_waits_for_a_person",
        "test_a_daticert_in_wide_characters_waits_for_a_person",
    ),
    18: _in(_HEAVY, "test_a_subject_of_twenty_thousand_encoded_words_is_refused_at_once"),
    19: _in(_HEAVY, "test_twenty_thousand_open_brackets_in_the_address_are_passed_over"),
    20: _in(
        _HEAVY,
        "test_parts_inside_parts_without_end_are_cut_off",
        "test_a_nest_inside_a_genuine_envelope_keeps_its_date",
    ),
    21: _in(_HEAVY, "test_a_hundred_thousand_parts_are_cut_off"),
    22: _in(
        _HEAVY,
        "test_a_message_of_a_hundred_megabytes_is_read",
        "test_a_message_of_a_hundred_megabytes_takes_bounded_memory",
        "test_a_message_above_the_limit_of_size_is_unreadable",
    ),
    23: _in(_HEAVY, "test_what_is_encoded_wrongly_gives_what_can_be_had"),
    24: _in(_HEAVY, "test_a_dangerous_name_is_shown_clean_and_kept_as_it_came"),
    25: _in(
        _HEAVY,
        "test_a_format_that_is_not_admitted_is_kept_as_it_came",
        "test_a_part_of_a_message_is_kept_as_a_file",
    ),
    26: _in(_HEAVY, "test_the_reader_opens_no_archive_and_judges_no_virus")
    + _in(
        "records/test_files.py",
        "test_an_archive_in_an_archive_is_kept_and_stays_closed",
        "test_an_archive_beyond_the_limits_is_a_note_and_stops_nothing",
        "test_overlapping_entries_are_not_read",
    ),
    27: _in("pec/paper/test_look.py", "test_a_page_that_unpacks_to_hundreds_of_megabytes_costs_itself_alone"),
    28: _in("pec/test_forms.py", "test_more_than_two_thousand_fields")
    + _in("pec/forms/test_hostile.py", "test_a_hundred_thousand_fields"),
    29: _in("pec/test_forms.py", "test_fields_that_contain_themselves")
    + _in("pec/paper/test_look.py", "test_pages_that_contain_themselves"),
    30: _in("pec/test_forms.py", "test_what_else_a_file_carries_is_flagged_and_its_fields_are_read")
    + _in(
        "pec/paper/test_danger.py",
        "test_a_danger_is_found_though_no_page_leads_to_it",
        "test_any_danger_is_reason_enough_to_show_images_only",
    ),
    31: _in(
        "records/test_signed_files.py",
        "test_a_form_refilled_after_it_was_signed_says_what_was_signed",
    )
    + _in("employers/test_signed_filings.py", "test_a_form_that_was_tampered_with_waits_for_a_person")
    + _in(
        "pec/signatures/test_attacks.py",
        "test_what_is_shown_later_is_not_what_was_signed",
        "test_a_signature_drawn_over_a_field_is_a_change",
        "test_a_signature_that_is_written_over_covers_nothing",
        "test_other_byte_ranges_never_pass",
        "test_something_beside_the_signature_in_its_gap_is_refused",
    )
    + _in(
        "pec/signatures/test_signing_in_turn.py",
        "test_a_value_put_back_does_not_make_the_one_between_sign_it",
        "test_a_field_hidden_or_made_another_is_changed",
        "test_whatever_the_order_who_counts_has_signed_every_value_of_the_content",
    ),
    32: _in(
        "pec/signatures/test_unwrapping.py",
        "test_ten_layers_are_taken_off",
        "test_more_layers_are_too_deep",
        "test_fifty_signers_are_read_and_a_thousand_are_not",
    ),
    33: _in(
        "pec/signatures/test_signers.py",
        "test_an_issuer_that_nobody_knows",
        "test_an_authority_that_is_not_listed",
        "test_expired_at_the_moment",
        "test_sha_1_is_stated_and_never_good",
        "test_a_small_key_is_stated_and_never_good",
    )
    + _in("pec/signatures/test_revocations.py", "test_revoked_before")
    + _in("employers/test_signing.py", "test_each_doubt_about_the_certificate_is_said"),
    34: _in(
        "employers/test_signing.py",
        "test_somebody_else_is_refused_only_when_that_is_proven",
        "test_a_delegate_signs_by_leave_of_the_legal_representative",
    ),
    35: _in(
        "employers/test_criteria.py",
        "test_a_delegate_brings_delegation_and_identity_copy",
    )
    + _in(
        "employers/test_receiving.py",
        "test_a_delegate_without_delegation_is_told_so",
        "test_a_delegate_with_delegation_and_copy_leaves_the_copy_to_a_person",
    ),
    36: _in(
        "records/test_viruses.py",
        "test_a_virus_is_found_and_named",
        "test_an_infected_message_is_kept_registered_and_waits_for_a_person",
    )
    + _in("records/test_signed_files.py", "test_a_virus_in_a_signed_file_is_found_in_any_wrapping")
    + _in(_HEAVY, "test_the_reader_opens_no_archive_and_judges_no_virus"),
    37: _in(
        "records/test_fetching.py",
        "test_a_connection_cut_half_way_goes_on_where_it_stopped",
        "test_new_numbers_bring_no_message_twice",
        "test_a_message_moved_to_another_folder_by_the_staff_is_not_taken_twice",
        "test_the_same_mail_in_two_folders_is_one_message",
    )
    + _in("records/test_fetching_daily.py", "test_a_reconciliation_counts_and_fetches_what_is_missing"),
}
