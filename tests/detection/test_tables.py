"""Tables of people: columns and values together, in every form they come in."""

from __future__ import annotations

import pytest

from auditor.detection import tables

PEOPLE = [
    ("Agnes", "Tremaine", "1974-08-19"),
    ("Bola", "Okonjo", "1981-03-02"),
    ("Cara", "Whitlock", "1969-11-30"),
    ("Dev", "Mistry", "1990-05-14"),
]
PEOPLE += [("Eva", "Novak", "1958-01-23"), ("Finn", "Hale", "1977-12-05")]


def rows(delimiter: str = ",", times: int = 1) -> str:
    return "\n".join(delimiter.join(row) for row in PEOPLE * times) + "\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimited_rows(delimiter: str) -> None:
    found = tables.find(delimiter.join(["first_name", "surname", "date_of_birth"]), "\n" + rows(delimiter), cut=False)
    assert found is not None
    assert str(found) == "about 6 rows with columns first_name, surname, date_of_birth"


def test_rows_are_rounded_and_a_cut_is_said() -> None:
    found = tables.find("Forename,Surname,DOB", "\n" + rows(times=210), cut=True)
    assert found is not None
    assert str(found).startswith("at least 1,200 rows")


def test_quoted_cells_with_commas() -> None:
    body = "".join(f'"{last}, {first}",{born},"1 High St, Leeds"\n' for first, last, born in PEOPLE)
    found = tables.find("name,dob,address", "\n" + body, cut=False)
    assert found is not None
    assert found.rows == 6


def test_markdown_table() -> None:
    body = "|---|---|---|\n" + "".join(f"| {first} | {last} | {born} |\n" for first, last, born in PEOPLE)
    found = tables.find("| First name | Surname | Date of birth |", "\n" + body, cut=False)
    assert found is not None
    assert found.rows == 6


def test_insert_statement() -> None:
    values = ",\n".join(f"({number}, '{first}', '{last}', '{born}')" for number, (first, last, born) in enumerate(PEOPLE))
    found = tables.find("INSERT INTO users (id, first_name, last_name, date_of_birth)", f" VALUES\n{values};\n", cut=False)
    assert found is not None
    assert found.rows == 6


def test_one_insert_for_each_row() -> None:
    columns = "INSERT INTO users (id, first_name, last_name, date_of_birth)"
    body = f";\n{columns} VALUES ".join(
        f"({number}, '{first}', '{last}', '{born}')" for number, (first, last, born) in enumerate(PEOPLE)
    )
    found = tables.find(columns, f" VALUES {body};\n", cut=False)
    assert found is not None
    assert found.rows == 6


def test_copy_of_postgresql() -> None:
    body = "".join(f"{number}\t{first}\t{last}\t{born}\n" for number, (first, last, born) in enumerate(PEOPLE))
    found = tables.find("COPY users (id, first_name, last_name, date_of_birth)", f" FROM stdin;\n{body}\\.\n", cut=False)
    assert found is not None
    assert found.rows == 6


def test_json_rows() -> None:
    objects = [f'{{"firstName": "{first}", "lastName": "{last}", "dob": "{born}"}}' for first, last, born in PEOPLE]
    found = tables.find("[" + objects[0], ",\n" + ",\n".join(objects[1:]) + "]", cut=False)
    assert found is not None
    assert found.rows == 6


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("first_name,surname,date_of_birth", "\n"),
        ("first_name,surname,date_of_birth", "\n" + rows().split("Cara", maxsplit=1)[0]),
        ("name,version,licence", "\n" + "react,18.2.0,MIT\nvue,3.1.0,MIT\nlit,2.0.0,MIT\nember,4.0.0,MIT\npreact,10.0.0,MIT\n"),
        ("def find(first_name, surname, dob):", "\n" + rows()),
        ("first_name,surname,date_of_birth", "\n" + "string,string,date\n" * 9),
        ("name,postcode,phone", "\n" + "x1(),y,z\n" * 9),
        ("country name,country code,dialling code", "\n" + "France,FR,33\nSpain,ES,34\nItaly,IT,39\nPeru,PE,51\nChile,CL,56\n"),
    ],
)
def test_what_is_no_table_of_people(header: str, body: str) -> None:
    assert tables.find(header, body, cut=False) is None


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("dateOfBirth", "birth"),
        ("NHS_NUMBER", "identifier"),
        ('"First Name"', "name"),
        ("parentEmail", "contact"),
        ("address_line_1", "address"),
        ("ethnic_group", "sensitive"),
        ("filename", ""),
        ("hostname", ""),
        ("version", ""),
    ],
)
def test_kinds_of_columns(column: str, kind: str) -> None:
    assert tables.kind_of(column) == kind
