"""The one exception root.

    AuditorError            exit 2   anything that stops the audit, with what to do next
    |- UsageError           exit 2   the command line or a setting is wrong
    |- ConfigurationError   exit 2   a configuration, rule, policy or openness file is wrong
    |- SourceError          exit 2   the target cannot be read
    |  `- GitError          exit 2   git is missing, too old, or failed
    |- OutputError          exit 2   a report cannot be written
    |- RemoteError          exit 2   a forge did not answer as needed
    `- InterruptionError    exit 130 the user stopped it

A message is one clear sentence: what, where. `hint` says what to do next. Neither holds a secret.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process promises to the shell, the same in every output format."""

    NOTHING_BLOCKS = 0
    NOT_YET = 1
    COULD_NOT_JUDGE = 2
    INTERRUPTED = 130


class AuditorError(Exception):
    """Root of every error that `auditor` raises on purpose."""

    exit_code = ExitCode.COULD_NOT_JUDGE

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the sentence and what to do next apart, so that each surface lays them out its own way."""
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Both sentences on one line."""
        return f"{self.message} {self.hint}".rstrip()


class UsageError(AuditorError):
    """The command line or a setting is wrong."""


class ConfigurationError(AuditorError):
    """A configuration, rule, policy or openness file is wrong."""


class SourceError(AuditorError):
    """The target cannot be read."""


class GitError(SourceError):
    """Git is missing, too old, or failed."""


class OutputError(AuditorError):
    """A report cannot be written."""


class RemoteError(AuditorError):
    """A forge did not answer as needed."""


class InterruptionError(AuditorError):
    """The user stopped the audit."""

    exit_code = ExitCode.INTERRUPTED
