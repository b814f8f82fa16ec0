"""The published documents that checks stand on, each once: a check cites one of them with the section that says so.

The date is that of the version that was read, in full or in the part that is cited. A document whose text was not read is
marked as a reference only: it is where the rule comes from by all that others write, and nothing rests on it alone.
"""

from __future__ import annotations

from dataclasses import replace

from auditor.model.check import Source

_GDS_WAY = "https://gds-way.digital.cabinet-office.gov.uk"
_OPEN_GUIDANCE = "https://www.gov.uk/government/publications/open-source-guidance"
_NHS = "https://github.com/NHSDigital/software-engineering-quality-framework/blob/main"
_HOME_OFFICE = "https://engineering.homeoffice.gov.uk/standards"
_UKHO = "https://github.com/UKHO/docs/blob/main/software-engineering-policies"
_PUBLIC_CODE = "https://standard.publiccode.net/criteria"
_GITHUB = "https://docs.github.com/en"
_ONLY = " (reference only)"

AI_AND_OPEN_CODE = Source(
    "AI, open code and vulnerability risk in the public sector (GOV.UK)",
    date="2026-05-14",
    url="https://www.gov.uk/guidance/ai-open-code-and-vulnerability-risk-in-the-public-sector",
)
OPEN_OR_CLOSED = Source(
    "When code should be open or closed (GOV.UK)", date="2017-09-27", url=f"{_OPEN_GUIDANCE}/when-code-should-be-open-or-closed"
)
CODING_IN_THE_OPEN = Source(
    "Security considerations when coding in the open (GOV.UK)",
    date="2017-09-27",
    url=f"{_OPEN_GUIDANCE}/security-considerations-when-coding-in-the-open",
)
SERVICE_MANUAL = Source(
    "Making source code open and reusable (GOV.UK Service Manual)",
    url="https://www.gov.uk/service-manual/technology/making-source-code-open-and-reusable",
)
SERVICE_STANDARD = Source(
    "Service Standard, point 12: make new source code open (GOV.UK)",
    url="https://www.gov.uk/service-manual/service-standard/point-12-make-new-source-code-open",
)
CLOSED_TO_OPEN = Source(
    "How to open up closed code (Technology in government blog)",
    date="2018-02-19",
    url="https://technology.blog.gov.uk/2018/02/19/how-to-open-up-closed-code/",
)
ATRS = Source(
    "Publish a record of algorithmic tools using the ATRS (GOV.UK)",
    date="2025-02-07",
    url="https://www.gov.uk/guidance/publish-a-record-of-algorithmic-tools-using-the-atrs",
)
ACCESSIBILITY_LAW = Source(
    "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018",
    "regulation 8",
    "2018-09-23",
    "https://www.legislation.gov.uk/uksi/2018/952/contents/made",
)
OPEN_SOFTWARE_LICENCES = Source(
    "Open software licences (The National Archives)",
    url=(
        "https://www.nationalarchives.gov.uk/information-management/re-using-public-sector-information/"
        "uk-government-licensing-framework/open-government-licence/open-software-licences/"
    ),
)

CLOSED_ASSETS = Source(
    f"Making your service look like GOV.UK (GOV.UK Service Manual){_ONLY}",
    url="https://www.gov.uk/service-manual/design/making-your-service-look-like-govuk",
)

GDS_LICENSING = Source("The GDS Way: Licensing", date="2026-08-18", url=f"{_GDS_WAY}/manuals/licensing.html")
GDS_README = Source("The GDS Way: Writing READMEs", date="2026-07-22", url=f"{_GDS_WAY}/manuals/readme-guidance.html")
GDS_SOURCE_CODE = Source(
    "The GDS Way: How to store source code", date="2026-03-19", url=f"{_GDS_WAY}/standards/source-code/index.html"
)
GDS_GITHUB = Source("The GDS Way: Use GitHub", date="2026-07-22", url=f"{_GDS_WAY}/standards/source-code/use-github.html")
GDS_ACTIONS = Source(
    "The GDS Way: Using GitHub Actions and workflows",
    date="2026-04-22",
    url=f"{_GDS_WAY}/standards/source-code/using-github-actions.html",
)
GDS_GIT = Source("The GDS Way: Working with Git", date="2025-02-18", url=f"{_GDS_WAY}/standards/source-code/working-with-git.html")
GDS_DEPENDENCIES = Source(
    "The GDS Way: How to manage third party software dependencies",
    date="2026-04-29",
    url=f"{_GDS_WAY}/standards/tracking-dependencies.html",
)
GDS_CREDENTIALS = Source(
    "The GDS Way: How to store credentials", date="2025-02-18", url=f"{_GDS_WAY}/standards/storing-credentials.html"
)
GDS_SECRET_AUDITING = Source("The GDS Way: Secret Auditing", date="2026-04-21", url=f"{_GDS_WAY}/standards/secrets-auditing.html")
GDS_DISCLOSURE = Source(
    "The GDS Way: Vulnerability Disclosure and security.txt",
    date="2025-02-18",
    url=f"{_GDS_WAY}/standards/vulnerability-disclosure.html",
)

NHS_OPEN_SOURCE = Source(
    "NHS England software engineering quality framework: Open Source", date="2026-05-11", url=f"{_NHS}/practices/open-source.md"
)
NHS_SECURING = Source(
    "NHS England software engineering quality framework: Securing repositories",
    date="2026-05-11",
    url=f"{_NHS}/practices/securing-repositories.md",
)
NHS_ACTIONS = Source(
    "NHS England software engineering quality framework: GitHub Actions security best practices",
    date="2026-05-11",
    url=f"{_NHS}/practices/actions-best-practices.md",
)
NHS_PURGE = Source(
    "NHS England software engineering quality framework: Commit purge",
    date="2026-05-11",
    url=f"{_NHS}/practices/guides/commit-purge.md",
)
NHS_SECURITY = Source(
    "NHS England software engineering quality framework: Security", date="2026-05-11", url=f"{_NHS}/practices/security.md"
)
NHS_CHECKLIST = Source(
    "NHS England ways of working with GitHub: Open Code Checklist",
    date="2023-07-03",
    url="https://github.com/nhsengland/github-WoW/blob/main/docs/Open_Code_Checklist.md",
)
HOME_OFFICE_LICENSING = Source(
    "Home Office engineering standards: Open source licensing", "SEGAS-00004", "2025-08-27", f"{_HOME_OFFICE}/open-source-licensing"
)
HOME_OFFICE_SECRETS = Source(
    "Home Office engineering standards: Managing secrets", "SEGAS-00006", "2023-08-08", f"{_HOME_OFFICE}/managing-secrets"
)
UKHO_CHECKLIST = Source(
    "UK Hydrographic Office: Open Source Governance Checklist",
    date="2026-04-29",
    url=f"{_UKHO}/OpenSourceContribution/OpenSourceGovernanceChecklist.md",
)
UKHO_POLICY = Source(
    "UK Hydrographic Office: Open Source Contribution",
    date="2026-04-29",
    url=f"{_UKHO}/OpenSourceContribution/OpenSourceContributionPolicy.md",
)
CMS_CHECKLIST = Source(
    "CMS OSPO Outbound Review Checklist, tier 3 (US)",
    date="2026-01-28",
    url="https://github.com/DSACMS/repo-scaffolder/blob/main/tier3/checklist.md",
)
SHARE_IT_ACT = Source(
    "SHARE IT Act, Public Law 118-187 (US)", date="2024-12-23", url="https://www.govinfo.gov/link/plaw/118/public/187"
)

OSPS = Source("OSPS Baseline (OpenSSF)", date="2026-07-07", url="https://baseline.openssf.org/")
SCORECARD = Source("OpenSSF Scorecard checks", url="https://github.com/ossf/scorecard/blob/main/docs/checks.md")
REUSE = Source("REUSE Specification 3.3 (FSFE)", date="2024-11-14", url="https://reuse.software/spec-3.3/")
SPC_LICENCE = Source(
    "Standard for Public Code: Publish with an open license",
    date="2024-03-26",
    url=f"{_PUBLIC_CODE}/publish-with-an-open-license.html",
)
SPC_DOCUMENT = Source(
    "Standard for Public Code: Document the code", date="2024-03-26", url=f"{_PUBLIC_CODE}/document-the-code.html"
)
SPC_CONTRIBUTING = Source(
    "Standard for Public Code: Make contributing easy", date="2024-03-26", url=f"{_PUBLIC_CODE}/make-contributing-easy.html"
)
SPC_WELCOME = Source(
    "Standard for Public Code: Welcome contributors", date="2024-03-26", url=f"{_PUBLIC_CODE}/welcome-contributors.html"
)
SPC_MATURITY = Source(
    "Standard for Public Code: Document codebase maturity", date="2024-03-26", url=f"{_PUBLIC_CODE}/document-codebase-maturity.html"
)
SPC_HISTORY = Source(
    "Standard for Public Code: Maintain version control", date="2024-03-26", url=f"{_PUBLIC_CODE}/maintain-version-control.html"
)
SPC_FINDABLE = Source(
    "Standard for Public Code: Make the codebase findable", date="2024-03-26", url=f"{_PUBLIC_CODE}/make-the-codebase-findable.html"
)

GITHUB_RUNNERS = Source(
    "GitHub documentation: Adding self-hosted runners",
    url=f"{_GITHUB}/actions/how-tos/managing-self-hosted-runners/adding-self-hosted-runners",
)
GITHUB_SECURE_USE = Source("GitHub documentation: Secure use reference", url=f"{_GITHUB}/actions/reference/security/secure-use")
GITHUB_CODEOWNERS = Source(
    "GitHub documentation: About code owners",
    url=f"{_GITHUB}/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners",
)
CYBER_ESSENTIALS = Source(
    f"Cyber Essentials: requirements for IT infrastructure (NCSC){_ONLY}",
    url="https://www.ncsc.gov.uk/cyberessentials/resources",
)
PIP_INSTALL = Source(
    "pip documentation: pip install, finding packages",
    "warning on --extra-index-url",
    url="https://pip.pypa.io/en/stable/cli/pip_install/",
)
PUBLICCODE_YML = Source("publiccode.yml 0.7.0", url="https://yml.publiccode.tools/schema.core.html")
CODE_JSON = Source(
    "gov-codejson schema 2.0.0 (US)", url="https://github.com/DSACMS/gov-codejson/blob/main/schemas/schema-2.0.0.json"
)
CITATION = Source(
    "Citation File Format 1.2.0",
    date="2021-08-09",
    url="https://github.com/citation-file-format/citation-file-format/blob/main/schema.json",
)
SECURITY_INSIGHTS = Source("Security Insights specification 2.0 (OpenSSF)", url="https://github.com/ossf/security-insights-spec")
SECURITY_TXT = Source(
    f"RFC 9116: A File Format to Aid in Security Vulnerability Disclosure{_ONLY}",
    date="2022-04",
    url="https://www.rfc-editor.org/rfc/rfc9116",
)

NHS_OPEN_POLICY = Source("NHS Open Source Policy", url="https://github.com/nhsx/open-source-policy/blob/main/open-source-policy.md")
DEFRA_OPENING = Source(
    "Defra software development standards: Opening existing private code",
    url="https://defra.github.io/software-development-standards/guides/opening_private_code",
)
CLASSIFICATIONS = Source(
    "Government Security Classifications Policy (GOV.UK)",
    date="2024-08-05",
    url="https://www.gov.uk/government/publications/government-security-classifications",
)
UK_GDPR_9 = Source(
    "UK General Data Protection Regulation", "article 9", url="https://www.legislation.gov.uk/eur/2016/679/article/9"
)
UK_GDPR = Source(f"UK General Data Protection Regulation{_ONLY}", url="https://www.legislation.gov.uk/eur/2016/679/contents")


def cite(source: Source, section: str) -> Source:
    """Return the document with the section that a check rests on."""
    return replace(source, section=section)
