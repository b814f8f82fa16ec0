"""What the tests in a browser look for: violations, faint text, requests, messages, markup that is not valid."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# A shape beside or behind a text (the number of a blocker, a tick) makes axe give up on everything around it: it is told to leave
# such shapes out. The signs themselves, and whatever axe still gives up on (cells scrolled out of sight), are measured here: their
# colour against the first opaque background on the way up, 4.5 to 1 at least whatever their size.
CONTRAST = {
    "ignoreUnicode": True,
    "ignoreLength": True,
    "ignorePseudo": True,
    "boldValue": 700,
    "boldTextPt": 14,
    "largeTextPt": 18,
    "contrastRatio": {"normal": {"expected": 4.5}, "large": {"expected": 3}},
    "pseudoSizeThreshold": 0,
}
TOO_FAINT = """given_up => {
  const parse = text => { const found = text.match(/[\\d.]+/g).map(Number); return found.length < 4 ? [...found, 1] : found; };
  const linear = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(linear);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
  const below = (node, own) => { let back = own;
    for (let at = node; back[3] < 1 && at; at = at.parentElement) back = parse(getComputedStyle(at).backgroundColor);
    return back[3] < 1 ? [255, 255, 255] : back; };
  const faint = [];
  const measure = (node, side) => {
    const style = getComputedStyle(node, side);
    const [high, low] = [light(parse(style.color)), light(below(node, parse(style.backgroundColor)))].sort((a, b) => b - a);
    const ratio = (high + 0.05) / (low + 0.05);
    if (!(ratio >= 4.5)) faint.push([node.outerHTML.slice(0, 120), side || "", ratio.toFixed(2)]);
  };
  for (const selector of given_up) measure(document.querySelector(selector));
  for (const node of document.querySelectorAll("body *")) for (const side of ["::before", "::after"]) {
    const content = getComputedStyle(node, side).content;
    if (/[^"\\s]/.test(content.replace(/^(none|normal)$/, "")) && node.checkVisibility()) measure(node, side);
  }
  return faint;
}"""


def problems(page: Page, axe: str) -> list[Any]:
    """Everything that axe reports, with nothing let through that it could not decide."""
    page.evaluate(axe)
    page.evaluate("options => axe.configure({checks: [{id: 'color-contrast', options}]})", CONTRAST)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    undecided = {one["id"]: [node["target"][0] for node in one["nodes"]] for one in found["incomplete"]}
    faint = page.evaluate(TOO_FAINT, undecided.pop("color-contrast", []))
    return [*((one["id"], one["nodes"][0]["html"]) for one in found["violations"]), *undecided, *faint]


Opener = Callable[..., "Seen"]


class Seen:
    """A page that was opened, and what it said and asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.messages: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(str(error)))


def until(page: Page, condition: str) -> None:
    """Wait for a condition; Playwright's own waiting evaluates strings in the page, which its policy forbids."""
    deadline = time.monotonic() + 5
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, condition
        page.wait_for_timeout(50)


def opening_seconds(browser: Browser, path: Path) -> float:
    """How long the page's own thread works until the page is loaded: what it takes on a machine that does nothing else."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(path.as_uri())
    assert page.locator("h1").is_visible()
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    page.close()
    return float(metrics["TaskDuration"])


def html_problems(html_validate: Path, path: Path, folder: Path) -> list[tuple[str, str, int]]:
    """What html-validate says of a page."""
    config = folder / ".htmlvalidate.json"
    rules = {
        "no-trailing-whitespace": "off",
        "void-style": "off",
        "long-title": "off",
        "wcag/h32": "off",
        "no-inline-style": "error",
    }
    config.write_text(
        json.dumps({"root": True, "extends": ["html-validate:recommended", "html-validate:document"], "rules": rules})
    )
    command = [str(html_validate), "--config", str(config), "-f", "json", str(path)]
    output = folder / "messages.json"
    with output.open("wb") as file:  # a pipe would cut what it says at 64 KiB
        subprocess.run(command, check=False, stdout=file)
    return [(one["ruleId"], one["message"], one["line"]) for page in json.loads(output.read_text()) for one in page["messages"]]
