"""A borrower's whole case by flags alone: the command lines are fixed, and the end is a bundle that verifies."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest
from cli_world import Run
from command_world import FINDING, SAMPLES, WRITTEN, codes, journal

from jdneg.commands.table import TABLE

CASE = """
init --no-input
loan add --lender 重庆京东盛际小额贷款有限公司 --kind microlender --product 金条 --principal 20000 --rate 0.05%/day \
    --start 2026-03-10 --term 12 --due-day 10 --method equal-payment
evidence add 合同.pdf --for L1 --original "京东APP→合同"
log-call L1 --at 昨晚9点半 --number 95118 --agent 工号8812 --said "再不还就打电话到你单位" --i-said "请书面发我明细" \
    --result 挂断 --next "周二14:00" --recording rec.m4a
claim add L1 --at 2026-11-20 --total 16480.55 --principal 14200 --interest 612 --penalty 1668.55 --source sms
pay L1 1900 --at 2026-04-10
verify L1 --as-of 2026-11-20
check
budget set --income 6200 --rent 1800 --food 1500
plan
plan compare
negotiate open L1 --goal "延长24期"
negotiate offer G1 --months 24 --waive penalty
negotiate accept G1 --offer 1 --oral
letter draft dispute --loan L1 -o 异议函.docx
complain draft --to platform --loan L1 -o 投诉.docx
export bundle --profile lawyer -o out/
bundle verify out/bundle-2026-11-21-lawyer
import sms sms.xml --all --commit
undo
contact list --last 20
doctor
"""
FOUND = {"check"}  # a threat was logged: exit 1


def lines() -> list[list[str]]:
    return [shlex.split(line) for line in CASE.replace("\\\n", "").strip().splitlines()]


@pytest.fixture
def sms(here: Path) -> Path:
    sample = SAMPLES / "sms_calls" / "shruggietech" / "minimal_sms.xml"
    if not sample.exists():
        pytest.skip("the samples folder is not beside the project")
    (here / "sms.xml").write_bytes(sample.read_bytes())
    return here


def test_the_case_runs_as_it_is_written(run: Run, sms: Path, lang: str) -> None:
    for words in lines():
        ran = run(*words)
        assert ran.code == (1 if words[0] in FOUND else 0), (words, ran.out, ran.err)
        assert ran.out or words[0] == "check", words
    bag = sms / "out" / "bundle-2026-11-21-lawyer"
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--quiet", "--strict", "-c", manifest], cwd=bag, check=True)
    assert (sms / "异议函.docx").read_bytes()[:2] == b"PK" and (sms / "投诉.docx").read_bytes()[:2] == b"PK"


def test_the_case_as_json(run: Run, sms: Path, lang: str) -> None:
    """Every answer is the envelope; the ids follow one another; what is written can be undone by name."""
    made = []
    for words in lines():
        ran = run(*words, "--json")
        body = ran.json
        assert ran.err == "", words
        assert body["schema"] == "jdneg/1" and body["exit_code"] == ran.code and not body["errors"]
        assert body["status"] == ("findings" if ran.code == 1 else "ok")
        verb = words[1:2] if words[1:2] and words[1] in TABLE[words[0]].entries else []
        assert body["command"] == " ".join([words[0], *verb])
        if body["data"].keys() >= WRITTEN:
            made.append((body["data"]["id"], body["data"]["batch"]))
            assert body["data"]["undo"] == f"jdneg undo {body['data']['batch']}"
            assert all(set(one) == FINDING for one in body["data"]["findings"])
    assert [one for one, _ in made] == ["L1", "E1", "C1", "D1", "Y1", "M1", "G1", "G1", "G1", "T1", "K1"]
    assert [batch for _, batch in made] == [f"B{number}" for number in range(2, 13)]


def test_each_write_of_the_case_can_be_undone_and_done_again(run: Run, sms: Path, world: Path) -> None:
    """Backwards to an empty journal and forwards again: the live records are the same as before."""
    for words in lines()[:16]:
        run(*words)
    kinds = [("loan", "loans"), ("contact", "contacts"), ("claim", "claims"), ("payment", "payments")]
    kinds += [("evidence", "exhibits"), ("negotiate", "cases"), ("letter", "letters"), ("complain", "complaints")]

    def live() -> dict[str, object]:
        return {noun: run(noun, "list", "--json", code=0).data[key] for noun, key in kinds}

    before, size = live(), len(journal(world))
    for _ in range(11):
        run("undo", code=0)
    assert all(not rows for rows in live().values())
    assert run("undo", "--json", code=2).json["errors"][0]["code"] == "nothing_to_undo"
    for _ in range(11):
        run("redo", code=0)
    assert live() == before
    assert run("redo", "--json", code=2).json["errors"][0]["code"] == "nothing_to_undo"
    assert len(journal(world)) > size  # nothing is ever taken out
    assert run("doctor", code=0)


def test_the_gate_speaks_while_nothing_is_in_writing(run: Run, sms: Path) -> None:
    for words in lines()[:13]:
        run(*words)
    accepted = run("negotiate", "accept", "G1", "--offer", "1", "--oral", "--json", code=0)
    assert "talks.gate_oral" in codes(accepted) or any("gate" in code for code in codes(accepted))
