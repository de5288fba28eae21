"""What the tests of the commands share: flags typed again and again, and what every answer must have."""

from __future__ import annotations

from pathlib import Path

from cli_world import Ran

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"

GOLD = [
    *("loan", "add", "--lender", "重庆京东盛际小额贷款有限公司", "--kind", "microlender", "--product", "金条"),
    *("--principal", "20000", "--rate", "0.05%/day", "--start", "2026-03-10", "--term", "12", "--due-day", "10"),
    *("--method", "equal-payment"),
]
OLD = [
    *("loan", "add", "--lender", "某银行", "--kind", "bank", "--principal", "3000", "--rate", "12%/year"),
    *("--start", "2021-01-10", "--term", "3", "--due-day", "10", "--method", "equal-principal"),
]
THREAT = "再不还就打电话到你单位，让同事都知道"

WRITTEN = {"id", "ids", "batch", "record", "findings", "warnings", "undo"}
FINDING = {
    *("rule", "level", "contact", "result", "confidence", "quote", "in_force_from", "reason", "clears_if"),
}
ENVELOPE = {"schema", "command", "status", "exit_code", "data", "messages", "errors"}


def journal(home: Path) -> bytes:
    """The journal as it stands; nothing where there is none."""
    path = home / "journal.jsonl"
    return path.read_bytes() if path.exists() else b""


def files_below(home: Path) -> set[str]:
    """Every file of the home but the derived ones, which may come and go."""
    found = (path.relative_to(home) for path in home.rglob("*") if path.is_file())
    return {str(path) for path in found if path.parts[0] != "cache"}


def codes(ran: Ran) -> list[str]:
    """The codes of the messages, in their order."""
    return [one["code"] for one in ran.json["messages"]]


def failed(ran: Ran) -> str:
    """The code of the one error; the envelope must say the same everywhere."""
    body = ran.json
    assert set(body) == ENVELOPE
    assert body["status"] == "error" and body["exit_code"] == ran.code and body["data"] == {}
    (error,) = body["errors"]
    assert set(error) == {"code", "message", "details"} and error["message"].strip()
    code: str = error["code"]
    return code


def one_line(ran: Ran, lang: str) -> None:
    """An error for people: a single line on stderr, in their language, nothing on stdout, no traceback."""
    assert ran.out == ""
    (line,) = ran.err.splitlines()
    assert line.startswith("出错：" if lang == "zh" else "Error: ")
    assert "Traceback" not in line
    body = line.partition("：" if lang == "zh" else ": ")[2]
    assert any("\u4e00" <= one <= "\u9fff" for one in body) or lang == "en"
