"""What a name, a line and the characters of a value tell, each apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.detection import judge_lines, judge_names, judge_values
from auditor.detection.validation import VALIDATORS, Context, Verdict
from auditor.model.levels import Confidence

HASH = "$apr1$Zr3v¦Lw9T$xK2mN5bHs7Rq8Zr3vLw9T/".replace("¦", "").encode()


@pytest.mark.parametrize(
    "name", ["passwordLabel", "PASSWORD_RESET_URL", "password_hash_algorithm", "LABEL_PASSWORD", "forgot_password", "Outcome.PASS"]
)
def test_names_about_a_password_are_told_from_names_of_one(name: str) -> None:
    assert judge_names.is_about(name)


@pytest.mark.parametrize(
    "name", ["password", "db.password2", "MYSQL_ROOT_PASSWORD", "clientSecret", "password_confirmation", "colour"]
)
def test_names_of_a_password_are_not_about_one(name: str) -> None:
    assert not judge_names.is_about(name)


def test_the_whole_name_is_read_back_from_a_part() -> None:
    assert judge_names.whole_name(b'spring.datasource.password="', b"password") == "spring.datasource.password"
    assert judge_names.whole_name(b"nothing here ", b"password") == ""


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (b'put("password", "', True),
        (b"env('DB_PASSWORD', '", True),
        (b"{'Authorization': 'Basic password_removed', '", False),
        (b'"password": self.password, "', False),
        (b'password = "', True),
    ],
)
def test_a_comma_joins_name_and_value_only_between_arguments(before: bytes, expected: bool) -> None:  # noqa: FBT001  a column of cases
    part = b"PASSWORD" if b"PASSWORD" in before else b"password"
    assert judge_names.is_argument(before, part) is expected


@pytest.mark.parametrize(
    "line", [b"password: swordfish", b"  - MYSQL_PASSWORD=swordfish", b"export PGPASSWORD=swordfish # for now"]
)
def test_a_setting_gives_one_name_one_value(line: bytes) -> None:
    assert judge_lines.is_setting(line)


@pytest.mark.parametrize("line", [b"password = find(user) or ask()", b"if password = other then", b"a: b, password: c"])
def test_code_is_no_setting(line: bytes) -> None:
    assert not judge_lines.is_setting(line)


@pytest.mark.parametrize(
    ("call", "expected"), [(b"config.get(", True), (b"os.getenv(", True), (b"Buffer.from(", False), (b"", False)]
)
def test_a_look_up_is_told_from_a_conversion(call: bytes, expected: bool) -> None:  # noqa: FBT001  a column of cases
    assert judge_lines.asks(call) is expected


@given(st.binary(min_size=10, max_size=40))
def test_whole_bytes_in_hex_are_not_spoiled_and_half_a_byte_is(raw: bytes) -> None:
    text = raw.hex()
    assert not judge_values.spoiled(text)
    if len(text) > 20:
        assert judge_values.spoiled(text[:-1])


@pytest.mark.parametrize(
    "text", ["c09761h99f39f79ae28eaaf8df20d7c9", "=2rgfqdg7xpzbq0nmj8l68gmuz", "Mlhekyjzr83fw1qr2cxbzky4jzr83f1q"]
)
def test_what_was_not_drawn_from_one_alphabet_is_spoiled(text: str) -> None:
    assert judge_values.spoiled(text)


def test_a_whole_keyboard_is_told_from_a_regular_expression() -> None:
    assert judge_values.keyboard_drawn("t8_)kj3v!au0!_i56#gre**mkg0&z1df%3bw(#5^#^5e_64!$_")
    assert not judge_values.keyboard_drawn(r"^(?=.*[A-Z])(?=.*[!@#$&*])(?=.*[0-9]).{8,}$")


@pytest.mark.parametrize(
    ("whole", "changed"),
    [
        ("AIza" + "Zk9" * 11 + "Zk", "AIza" + "Zk9" * 11),
        ("AKIA" + "Q7XW2MZ4" * 2, "AKIA" + "Q7XW2MZ8" * 2),
        ("BSA" + "kW3z" * 7, "BSA" + "kW3z" * 6),
        ("eu01xx" + "9f3c2b" * 5 + "NRAL", "eu01xx" + "9f3c2b" * 4 + "NRAL"),
        ("eu01xx" + "9f3c2b" * 6 + "-NRMA", "us01xx" + "9f3c2b" * 5 + "-NRMA"),
        ("9f3c2b1a-77d0-4e21-8c5b-0a1b2c3d4e5f", "9f3c2b1a-77d0-4e21-8c5b-0a1b2c3d4e"),
    ],
)
def test_a_mark_of_a_known_form_without_the_whole_of_it_is_told(whole: str, changed: str) -> None:
    assert not judge_values.misshapen(whole)
    assert judge_values.misshapen(changed)
    assert not judge_values.misshapen("kX4mw9TzRq7Lw2Vn")


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (b"YXBwOmhHNWtxMk12dg==", Verdict.UNKNOWN),  # app and a drawn password
        (b"dXNlcjpwYXNzd29yZA==", Verdict.INVALID),  # user:password
        (b"cmVxdWlyZWQ=", Verdict.INVALID),  # a word
    ],
)
def test_a_login_in_base64_is_read(value: bytes, verdict: Verdict) -> None:
    window = b"Authorization: Basic " + value
    assert VALIDATORS["basic-login"](value, Context(window, len(window) - len(value), len(window))).verdict is verdict


@pytest.mark.parametrize(
    ("line", "value", "confidence"),
    [
        (b"user:" + HASH, HASH, None),
        (b'"hash": "%s"' % HASH, HASH, Confidence.LOW),
    ],
)
def test_a_hash_counts_in_a_list_of_accounts(line: bytes, value: bytes, confidence: Confidence | None) -> None:
    start = line.find(value)
    assert VALIDATORS["hash-value"](value, Context(line, start, start + len(value))).confidence is confidence


def test_a_google_key_alone_on_its_line_is_doubted() -> None:
    value = b"AIza" + b"Sy0123456789"
    named = b"key: " + value
    assert VALIDATORS["named-token"](value, Context(value, 0, len(value))).confidence is Confidence.LOW
    assert VALIDATORS["named-token"](value, Context(named, 5, len(named))).confidence is None


def test_brackets_in_no_order_are_chosen_and_those_of_code_are_not() -> None:
    assert judge_values.tangled("m{{h}o)p${e]nob(ody")
    assert not any(map(judge_values.tangled, ("foo(bar[1],{a:2})", "params[:password].to_s)", "{{vault_password}}")))


@pytest.mark.parametrize(
    "value",
    [
        b"vault-token: ",
        b"users/reset_passwords#update",
        b"@password,",
        b"', b",
        b"http://127.0.0.1:9",
        b"https://example.org:8443/path",
    ],
)
def test_labels_ends_of_texts_and_addresses_are_no_values(value: bytes) -> None:
    assert judge_values.code_like(value)


def test_an_address_with_a_login_may_be_a_value() -> None:
    assert not judge_values.code_like(b"http://user:hunter2@example.org")


@pytest.mark.parametrize("text", ["q8Zr3vLw9fedcba", "gsk_Hid69Ui8HG76543210", "aB1cD2eF3gH4iJ5k", "sb_secret_aaaaaaaaaa"])
def test_characters_that_count_or_stand_still_were_made_up(text: str) -> None:
    assert judge_values.made_up(text)


@pytest.mark.parametrize("text", ["q8Zr3vLw9TxK2mN5bHs7", "3f2a9c81d07b64e5f1a2c3d4e5f60718", "kX4mw9Tz"])
def test_drawn_characters_were_not_made_up(text: str) -> None:
    assert not judge_values.made_up(text)


@pytest.mark.parametrize(
    ("before", "user"),
    [
        (b"user = app\npassword = ", b"app"),
        (b"username: app\n# of the service\npassword: ", b"app"),
        (b"title = app\npassword = ", b""),
        (b"user = find(id)\npassword = ", b""),
    ],
)
def test_the_user_stands_in_the_line_before(before: bytes, user: bytes) -> None:
    assert judge_lines.user_line(before) == user


def test_a_connection_has_a_host_and_a_user() -> None:
    assert judge_lines.is_connection_string(b"host=db user=app password=lamp dbname=x")
    assert not judge_lines.is_connection_string(b"if user == app and password == x:")


def test_a_service_has_a_key_and_so_has_a_record() -> None:
    assert judge_names.is_service_key("statuspage_key")
    assert not any(map(judge_names.is_service_key, ("primary_key", "partitionKey", "key", "id_key")))
