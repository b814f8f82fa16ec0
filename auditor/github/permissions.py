"""The permissions that questions need, in GitHub's words for fine-grained tokens and Apps; docs/github.md has the same table."""

from __future__ import annotations

from typing import Final

METADATA: Final = "“Metadata: read”"
CONTENTS: Final = "“Contents: read”"
ADMINISTRATION: Final = "“Administration: read”"
ALERTS_ON_SECRETS: Final = "“Secret scanning alerts: read”"
ALERTS_ON_DEPENDENCIES: Final = "“Dependabot alerts: read”"
ALERTS_ON_CODE: Final = "“Code scanning alerts: read”"
WEBHOOKS: Final = "“Webhooks: read”"
SECRETS: Final = "“Secrets: read”"
DEPENDABOT_SECRETS: Final = "“Dependabot secrets: read”"
ACTIONS: Final = "“Actions: read”"
ISSUES: Final = "“Issues: read”"
PULL_REQUESTS: Final = "“Pull requests: read”"
MEMBERS: Final = "“Members: read” of the organisation"
CUSTOM_PROPERTIES: Final = "“Custom properties: read” of the organisation"
OWNER: Final = "a token of an owner of the organisation with “Members: read”"
ORGANISATION: Final = "“Administration: read” of the organisation"
