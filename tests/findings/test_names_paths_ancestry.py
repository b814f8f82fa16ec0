from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.findings.ancestry import Ancestry
from auditor.findings.fingerprint import place_fingerprint, value_fingerprint
from auditor.findings.names import blank, hide
from auditor.findings.paths import is_generated, is_test_or_example, matches
from auditor.model.blob import Origin
from auditor.model.finding import Span
from auditor.model.view import CommitInfo

from .conftest import match, rule


def commit(oid: str, *parents: str) -> CommitInfo:
    return CommitInfo(oid, parents, "n", "e", "n", "e", datetime(2024, 1, 1, tzinfo=UTC), "s")


def test_ancestry_follows_all_parents_and_knows_short_ids() -> None:
    reach = Ancestry(
        lambda: [commit("aa1"), commit("bb1", "aa1"), commit("cc1"), commit("dd1", "bb1", "cc1"), commit("dd2", "gone")]
    )
    assert reach("dd1") == frozenset({"dd1", "bb1", "cc1", "aa1"})
    assert reach("bb") == frozenset({"bb1", "aa1"})
    assert reach("dd") is None
    assert reach("zz") is None


@pytest.mark.parametrize(
    "path",
    [
        "tests/a.py",
        "src/test/java/A.java",
        "spec/models/user_spec.rb",
        "app/x.test.ts",
        ".env.example",
        "docs/setup.md",
        "README.md",
        "vendor/cache/acme-1.2.tar.gz",
        "ui/node_modules/left-pad/index.js",
        "hieradata/vagrant_credentials.yaml",
        "app/remote/MockVirologyTestingApi.kt",
        "keys.example/saml.key",
        "src/ssl/localhost.key",
        "db/sample_data/campaign.json",
        "app/services/hmrc/mock_data/one.json.erb",
        "app/true_layer/sample_data.rb",
        "config/environments/test.rb",
        ".yarn/releases/yarn-4.12.0.cjs",
        "charts/app/charts/postgresql-16.tgz",
        "helm_deploy/app/charts/redis-17.15.2.tgz",
        "app/services/tax/mock_interface_response_service.rb",
        "app/target/pacts/consumer-provider.json",
        "integration/example_payloads/application.xml",
        "src/Gov.Levy.UnitTests/Services/WhenICreateACode.cs",
        "src/integrationTest/java/Callback.java",
        "LedgerApiTests/Contracts/Data/candidates.json",
        "example-db/initdb.d/30-insert-data.sql",
        "scripts/non_live_seeding/seed_users.sql",
        "scripts/seed_test_users.sql",
        "playwright_tests_new/api/users.ts",
        "test_codecept/conf.js",
    ],
)
def test_tests_examples_and_documentation_are_known_by_their_names(path: str) -> None:
    assert is_test_or_example(path)


@pytest.mark.parametrize(
    "path",
    [
        "src/app.py",
        "latest/a.py",
        "contest.py",
        "config/production.yml",
        "attest/x.go",
        "inspect.rb",
        "vendors.py",
        "mockery.kt",
        "charts/app/values.yaml",
        "data.rb",
        "src/unittested/a.cs",
        "sample-tracking/app.py",
        "test-and-trace/app.py",
        "contest_results/app.py",
        "LATESTS/a.cs",
    ],
)
def test_ordinary_code_is_not(path: str) -> None:
    assert not is_test_or_example(path)


def test_globs_are_those_of_gitignore() -> None:
    assert matches("a/b/.env", ["*.env", ".env"])
    assert matches("deploy/live/x.tf", ["deploy/**"])
    assert not matches("other/deploy.txt", ["/deploy/**"])
    assert not matches("x", [])


def test_a_hidden_name_shows_stars() -> None:
    found = match(oid="ref:refs/heads/abcd-x", origin=Origin.REF_NAME, span=Span(11, 15))
    assert hide([found], {"acme-key": rule()})("refs/heads/abcd-x") == "refs/heads/****-x"


@given(st.text(min_size=1), st.data())
def test_blanking_removes_exactly_the_span(text: str, data: st.DataObject) -> None:
    size = len(text.encode("utf-8", "replace"))
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))
    clean = text.encode("utf-8", "replace").decode()
    assert blank(clean, [Span(start, end)]).encode("utf-8", "replace").count(b"****") >= 1


@given(st.text(), st.text(), st.integers(0, 9))
def test_fingerprints_have_one_shape(rule_id: str, path: str, ordinal: int) -> None:
    name = place_fingerprint(rule_id.encode("utf-8", "replace").decode(), path.encode("utf-8", "replace").decode(), ordinal)
    assert name.startswith("loc-")
    assert len(name) == len(value_fingerprint("0" * 64)) == 24


@pytest.mark.parametrize("path", ["package-lock.json", "a/yarn.lock", "dist/app.min.js", "dist/app.bundle.mjs.map", "go.sum"])
def test_files_that_programs_write_are_known(path: str) -> None:
    assert is_generated(path)
    assert not is_generated(path + ".txt")
