"""Numbers of persons: generated ones pass, one wrong digit does not, and test ranges are set apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.detection.checkdigits import MOD23_LETTERS, icao_check, luhn
from auditor.detection.validation import VALIDATORS, Context, Verdict
from auditor.detection.validators import (
    health_number,
    national_id_eu,
    nino,
    payment_card,
    police_reference,
    school_number,
    tax_reference,
)
from auditor.detection.validators.bank_account import is_iban, is_sample_iban, is_sort_code
from auditor.detection.validators.driving_licence import is_driver_number, is_published_sample
from auditor.detection.validators.identity_us import is_itin, is_ssn
from auditor.detection.validators.travel_document import card_line_fits, is_specimen, passport_line_fits


def whole(text: str) -> str:
    """Take the seam out, which keeps invented numbers from being found in this file."""
    return text.replace("\u00a6", "")


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def verdict(name: str, value: str, groups: dict[str, bytes] | None = None) -> Verdict:
    raw = value.encode()
    return VALIDATORS[name](raw, Context(raw, 0, len(raw), groups or {})).verdict


def test_nino_follows_hmrc_prefixes() -> None:
    assert nino.has_issued_prefix(whole("HK 72 91 ¦53 B"))
    for prefix in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ", "QQ", "OO", "DA", "AO", "FY", "MW"):
        assert not nino.has_issued_prefix(prefix + "729153B"), prefix
    assert not nino.has_issued_prefix("HK729153E")


@pytest.mark.parametrize("number", ["AB123456C", "JA111111A", "CB987654A", "AB121212C", "AA 00 00 00 A", "AB112233A", "PA302010C"])
def test_nino_that_people_invent_is_a_sample(number: str) -> None:
    assert verdict("nino", number) is Verdict.INVALID
    assert verdict("nino-sample", number) is Verdict.VALID


@given(digits(9))
def test_nhs_number_has_one_right_check_digit_at_most(body: str) -> None:
    right = [digit for digit in "0123456789" if health_number.check_digit_fits(body + digit)]
    assert len(right) <= 1


@given(st.sampled_from("4678"), digits(8))
def test_nhs_number_in_the_issued_range_is_a_patients(first: str, rest: str) -> None:
    for digit in "0123456789":
        number = first + rest + digit
        found = health_number.holder(number)
        assert found in {None, health_number.Holder.NHS, health_number.Holder.TEST}
        if found:
            assert health_number.check_digit_fits(number)


@pytest.mark.parametrize("number", ["943 476 5919", "9000000009", "999 000 0018", "4010232137"])
def test_numbers_of_test_ranges_are_no_patients(number: str) -> None:
    assert verdict("nhs-number", number) is Verdict.INVALID
    assert verdict("nhs-test-number", number) is Verdict.VALID


@pytest.mark.parametrize("number", ["2147483648", "1400000000", "0123456789", "5000000000"])
def test_numbers_that_only_look_like_patients(number: str) -> None:
    assert health_number.holder(number) is None


def test_chi_number_begins_with_a_birth_date() -> None:
    number = next(n for n in (f"070138532{d}" for d in range(10)) if health_number.check_digit_fits(n))
    assert health_number.holder(number) is health_number.Holder.CHI


@given(digits(9))
def test_utr_has_one_first_digit(rest: str) -> None:
    right = [first for first in "0123456789" if tax_reference.is_utr(first + rest)]
    assert len(right) == (0 if len(set(rest)) == 1 else 1)
    assert all(tax_reference.is_utr("123" + first + rest) for first in right)


def test_hmrc_references_with_a_letter() -> None:
    assert tax_reference.is_agent_reference(whole("TARN¦0000001"))
    assert not tax_reference.is_agent_reference("AARN0000001")
    body = "IT00000123456"
    assert tax_reference.is_subscription_reference("X" + tax_reference.mod23_letter(body) + body)
    assert not tax_reference.is_employer_reference("000/AB123")


@given(digits(7))
def test_vat_numbers_pass_by_either_rule_and_public_bodies_are_nobody(body: str) -> None:
    passing = [f"{body}{check:02}" for check in range(97) if tax_reference.is_vat_number(f"{body}{check:02}")]
    assert len(passing) in ({0} if body == "0000000" else {1, 2})
    assert not tax_reference.is_vat_number("GBGD" + body)


@given(digits(9))
def test_upn_letter_fits_only_once(serial: str) -> None:
    rest = "801" + serial
    right = [letter for letter in MOD23_LETTERS if school_number.is_upn(letter + rest)]
    assert right == [school_number.upn_check_letter(rest)]
    assert not school_number.is_upn(school_number.upn_check_letter("000" + serial) + "000" + serial)


def test_uln_of_the_published_example() -> None:
    assert school_number.is_uln(whole("9276308¦686"))
    assert not school_number.is_uln("9276308687")


def test_driver_number_has_a_date_and_a_padded_name() -> None:
    assert is_driver_number(whole("PATEL712204¦RK9AB"))
    assert is_driver_number(whole("LEE99853159¦S99YX"))
    assert not is_driver_number("PATEL714404RK9AB")
    assert not is_driver_number("PATEL702304RK9AB")
    assert is_published_sample("MORGA657054SM9IJ")


@given(st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=9, max_size=9), st.integers(0, 8))
def test_passport_line_needs_all_its_digits(number: str, place: int) -> None:
    born, until, optional = "850420", "291130", "<" * 14
    line = f"{number}{icao_check(number)}GBR{born}{icao_check(born)}F{until}{icao_check(until)}{optional}<"
    line += str(icao_check(line[0:10] + line[13:20] + line[21:43]))
    assert passport_line_fits(line)
    wrong = str((int(line[9]) + 1 + place) % 10)
    assert wrong == line[9] or not passport_line_fits(line[:9] + wrong + line[10:])


def test_specimens_are_known() -> None:
    assert is_specimen("L898902C36UTO7408122F1204159ZE184226B<<<<<10")
    assert card_line_fits("7408122F1204159UTO<<<<<<<<<<<6")
    assert verdict("mrz-card", "7408122F1204159UTO<<<<<<<<<<<6") is Verdict.INVALID


@given(digits(15))
def test_card_of_an_issuer_with_a_right_digit(body: str) -> None:
    number = next("4" + body[1:] + d for d in "0123456789" if luhn("4" + body[1:] + d))
    assert payment_card.is_card_number(number)
    assert not payment_card.is_card_number("9" + number[1:])


@pytest.mark.parametrize(
    "number", ["4242424242424242", "4111 1111 1111 1111", "378282246310005", "5105105105105100", "4000056655665556"]
)
def test_card_numbers_for_tests_are_known(number: str) -> None:
    assert verdict("payment-card", number) is Verdict.INVALID
    assert verdict("payment-card-test", number) is Verdict.VALID


def test_published_ibans_are_samples() -> None:
    assert is_iban("GB29 NWBK 6016 1331 9268 19")
    assert is_sample_iban("DE89 3704 0044 0532 0130 00")
    assert not is_iban("GB29NWBK60161331926818")


def test_sort_code_is_no_date() -> None:
    assert is_sort_code("40-63-77")
    assert not is_sort_code("23-09-04")
    assert not is_sort_code("00-00-00")
    assert verdict("sort-code-account", "40-63-77", {"account": b"12345678"}) is Verdict.INVALID


@given(digits(2), st.integers(1, 9_999_999))
def test_pnc_letter_fits_only_once(year: str, serial: int) -> None:
    right = [letter for letter in MOD23_LETTERS if police_reference.is_pnc_id(f"{year}/{serial}{letter}")]
    assert right == [police_reference.pnc_check_letter(year, str(serial))]


def test_american_numbers() -> None:
    assert is_ssn(whole("417-82-¦9363"))
    for number in ("078-05-1120", "000-12-3456", "666-12-9363", "900-82-9363", "417-00-9363", "123-45-6789", "444-55-6666"):
        assert not is_ssn(number), number
    assert is_itin(whole("917-82-¦9363"))
    assert not is_itin("917-12-9363")


SEAMED = {
    "de-steuer-id": "86095¦742719",
    "fr-nir": "25508¦1416802538",
    "it-codice-fiscale": "RSSMR¦A85T10A562S",
    "es-dni": "12345¦678Z",
    "nl-bsn": "11122¦2333",
    "pl-pesel": "44051¦401359",
    "be-national-number": "85073¦003328",
    "fi-hetu": "13105¦2-308T",
    "se-personnummer": "81121¦89876",
    "ie-pps": "12345¦67T",
    "at-svnr": "12370¦10180",
    "cz-rodne-cislo": "71031¦92745",
    "ro-cnp": "16306¦15123457",
    "bg-egn": "75231¦69263",
    "hr-oib": "33392¦005961",
    "baltic-code": "37605¦030299",
    "pt-nif": "12345¦6789",
    "no-fodselsnummer": "01010¦750160",
    "gr-amka": "01013¦099997",
}
KNOWN = {name: whole(number) for name, number in SEAMED.items()}


@pytest.mark.parametrize(("name", "number"), KNOWN.items())
def test_documented_numbers_of_other_states_pass(name: str, number: str) -> None:
    assert national_id_eu.CHECKS[name](number)


@pytest.mark.parametrize(("name", "number"), KNOWN.items())
@pytest.mark.parametrize("by", [1, 3, 7])
def test_a_changed_digit_fails(name: str, number: str, by: int) -> None:
    place = len(number) - 3 if number[-3].isdigit() else len(number) - 2
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert not national_id_eu.CHECKS[name](wrong)
    assert verdict(name, wrong) is Verdict.INVALID
