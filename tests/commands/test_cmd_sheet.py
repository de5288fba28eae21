"""``verify -o``: the printable sheet in every format, its figures those of the answer, its words never obeyed."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from cli_world import Run
from command_world import GOLD, codes, failed
from xlsx_world import Workbook, read

GOLDEN = Path(__file__).parent / "golden"
FORMULA = '=HYPERLINK("http://x.example","点这里")'
CLAIM = [
    "claim",
    "add",
    "L1",
    "--at",
    "2026-11-20",
    "--total",
    "16480.55",
    "--principal",
    "14200",
    "--interest",
    "612",
]
SHEETS = {"zh": ("L1 核对", "L1 主张"), "en": ("L1 check", "L1 claims")}


@pytest.fixture
def whole(run: Run, here: Path) -> Run:
    """L1 with two claims that contradict one another, three payments, a contract, overdue terms."""
    loan = [FORMULA if one == "金条" else one for one in GOLD]
    run(*loan, "--penalty-factor", "1.5", "--agency", "某某催收", "--received", "19800", code=0)
    run("evidence", "add", "合同.pdf", "--for", "L1", code=0)
    run("claim", "add", "L1", "--at", "2026-09-20", "--total", "15900", "--principal", "14000", "--interest", "600",
        "--penalty", "1300", "--source", "app", code=0)  # fmt: skip
    run(*CLAIM, "--penalty", "1668.55", "--source", "sms", code=0)
    for amount, at in (("1900", "2026-04-10"), ("1000.55", "2026-06-15 20:30"), ("500", "2026-10-15")):
        run("pay", "L1", amount, "--at", at, "--via", "=1+1", code=0)
    return run


def sheet(run: Run, name: str, *more: str) -> Path:
    ran = run("verify", "L1", "--as-of", "2026-11-20", "-o", name, *more)
    assert ran.code == 1, ran.err
    return Path(name)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sheet_reads_so(whole: Run, lang: str) -> None:
    """The whole text but the rule book's version, which each change of a rule moves."""
    made = sheet(whole, "sheet.md", "--lang", lang).read_text("utf-8")
    made = re.sub(r"[0-9a-f]{12}(?=[.。]\n\Z)", "VERSION", made)
    golden = GOLDEN / f"sheet.{lang}.md"
    if os.environ.get("JDNEG_GOLDEN") == "update":
        golden.write_text(made, encoding="utf-8")
    assert made == golden.read_text("utf-8")


@pytest.mark.parametrize("ending", ["md", "html", "docx", "xlsx"])
def test_every_format_is_written_once(whole: Run, here: Path, ending: str, lang: str) -> None:
    path = sheet(whole, f"核对表.{ending}")
    content = path.read_bytes()
    assert failed(whole("verify", "L1", "-o", path.name, "--json", code=2)) == "output_exists"
    assert path.read_bytes() == content
    assert {one.suffix for one in here.iterdir()} == {".pdf", ".m4a", f".{ending}"}


def test_an_unknown_ending_is_refused(whole: Run, here: Path) -> None:
    assert failed(whole("verify", "L1", "-o", "a.pdf", "--json", code=2)) == "unknown_format"


def test_the_answer_names_the_file_and_stays_the_same_otherwise(whole: Run) -> None:
    plain = whole("verify", "L1", "--as-of", "2026-11-20", "--json").data
    filed = whole("verify", "L1", "--as-of", "2026-11-20", "-o", "a.xlsx", "--json").data
    assert filed.pop("path") == "a.xlsx" and filed == plain


def figures(book: Workbook, name: str) -> dict[str, tuple[Decimal | None, ...]]:
    """The comparison by line: claimed, computed, difference; None where a hyphen stands."""
    first = book.row_of(name, "项目" if "核对" in name else "Component") + 1
    found = {}
    for line, part in enumerate(("principal", "interest", "penalty", "fee", "total"), first):
        cells = [book.sheets[name].get(f"{column}{line}") for column in "BCD"]
        found[part] = tuple(
            None if cell is None or cell.text else book.fen(name, f"{column}{line}")
            for column, cell in zip("BCD", cells, strict=True)
        )
    return found


def test_calculated_anew_the_workbook_says_what_verify_says(whole: Run, lang: str) -> None:
    sheet(whole, "a.xlsx")
    book, name = read(Path("a.xlsx")), SHEETS[lang][0]
    answer = whole("verify", "L1", "--as-of", "2026-11-20", "--json").data
    for one in answer["components"]:
        wanted = tuple(
            None if one[key] is None else Decimal(one[key]) for key in ("claimed", "computed", "difference")
        )
        assert figures(book, name)[one["name"]] == wanted
    assert len(book.formulas()) > 100
    for place, ref, cell in book.formulas():
        assert abs(book.value(place, ref) - cell.number) < 1e-5


def test_a_changed_rate_runs_through(whole: Run) -> None:
    """The formulas are live: a lawyer who changes one figure sees all that follows from it."""
    sheet(whole, "a.xlsx")
    book, before = read(Path("a.xlsx")), read(Path("a.xlsx"))
    ledger = next(name for name in book.sheets if "ledger" in name)
    line = max(int(ref[1:]) for ref, one in book.sheets[ledger].items() if ref[0] == "E" and one.number is not None)
    book.sheets[ledger][f"E{line}"].number *= 2
    (part,) = [
        one for one in ("interest", "penalty") if figures(book, "L1 check")[one] != figures(before, "L1 check")[one]
    ]
    rise = figures(book, "L1 check")[part][1] - figures(before, "L1 check")[part][1]
    assert rise == figures(book, "L1 check")["total"][1] - figures(before, "L1 check")["total"][1] > 0


def test_a_changed_payment_and_principal_run_through(whole: Run) -> None:
    """No base and no balance is a constant: what is paid or lent changes what runs on after it."""
    sheet(whole, "a.xlsx")
    before = read(Path("a.xlsx"))
    ledger, schedule, payments = (
        next(name for name in before.sheets if part in name) for part in ("ledger", "schedule", "payments")
    )
    bases = [ref for ref, one in before.sheets[ledger].items() if ref[0] == "D" and (one.formula or one.number)]
    assert bases and all(before.sheets[ledger][ref].formula for ref in bases)
    old = figures(before, "L1 check")
    for place, ref, more in ((payments, "C3", 100.0), (schedule, "G3", -100.0)):
        book = read(Path("a.xlsx"))
        book.sheets[place][ref].number += more
        new = figures(book, "L1 check")
        # Less lent bears less interest, so that more of the next payment is principal.
        assert old["principal"][1] - 110 < new["principal"][1] <= old["principal"][1] - 100
        assert new["interest"][1] + new["penalty"][1] < old["interest"][1] + old["penalty"][1]
        assert new["total"][1] == sum(new[part][1] for part in ("principal", "interest", "penalty", "fee"))


def test_what_the_user_typed_is_never_a_formula(whole: Run) -> None:
    sheet(whole, "a.xlsx")
    book = read(Path("a.xlsx"))
    assert FORMULA in book.texts() and "=1+1" in book.texts()
    assert not any("HYPERLINK" in cell.formula for _, _, cell in book.formulas())
    assert sheet(whole, "b.html").read_text("utf-8").count("http://x.example") == 1


def test_the_same_records_give_the_same_bytes(whole: Run) -> None:
    assert sheet(whole, "a.xlsx").read_bytes() == sheet(whole, "b.xlsx").read_bytes()


def test_paid_between_two_claims_is_summed_by_the_sheet(whole: Run) -> None:
    sheet(whole, "a.xlsx")
    book = read(Path("a.xlsx"))
    assert book.fen("L1 claims", "K4") == Decimal("500.00") and book.fen("L1 claims", "J4") == Decimal("580.55")


def test_a_loan_without_claims_or_overdue_terms_has_a_sheet_too(gold: Run, here: Path) -> None:
    gold("verify", "L1", "--as-of", "2026-11-20", "-o", "a.xlsx", code=0)
    computed = figures(read(Path("a.xlsx")), "L1 check")
    assert computed["penalty"] == (None, None, None) and computed["total"] == (None, None, None)
    assert computed["principal"][1] == Decimal("20000.00")


@pytest.mark.slow
def test_a_spreadsheet_calculates_it_the_same(whole: Run, here: Path) -> None:
    """LibreOffice, where it is there with its Calc: from the formulas alone, our values taken out of the file."""
    office = os.environ.get("SOFFICE") or shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    without_values(sheet(whole, "a.xlsx"), Path("bare.xlsx"))
    where = f"-env:UserInstallation={(here / 'office').as_uri()}"
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    command = [office, where, "--headless", "--convert-to", kind, "--outdir", str(here), "bare.xlsx"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    found = [*here.glob("bare*.csv")]
    if not found:
        pytest.skip(f"LibreOffice has no Calc here: {done.stderr.strip()[-80:]}")
    rows = {row[0]: row[1:4] for row in csv.reader(found[0].read_text("utf-8").splitlines()) if len(row) > 3}
    components = whole("verify", "L1", "--as-of", "2026-11-20", "--json").data["components"]
    assert len([one for one in components if one["computed"] is not None]) == 5
    for one in components:
        for cell, key in zip(rows[one["name"]], ("claimed", "computed", "difference"), strict=True):
            assert (None if one[key] is None else Decimal(one[key])) == (
                None if cell == "-" else Decimal(cell.replace(",", ""))
            )


def without_values(source: Path, target: Path) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", old.read(name)))


# --- what is needed to be sure


def test_each_paper_is_there_or_says_how_to_ask(whole: Run) -> None:
    papers = {one["paper"]: one for one in whole("verify", "L1", "--json").data["papers"]}
    assert list(papers) == ["contract", "disbursement", "schedule", "payments", "fees", "authority", "assignment"]
    assert papers["contract"] == {"paper": "contract", "state": "present", "exhibit": "E1", "ask_with": None}
    assert papers["assignment"]["state"] == "not_needed"
    for one in papers.values():
        if one["state"] == "missing":
            words = one["ask_with"].split()[1:]
            assert words[:2] == ["letter", "draft"] and whole(*words, code=0).out
    assert {name for name, one in papers.items() if one["state"] == "missing"} == {
        "disbursement", "schedule", "payments", "fees", "authority",
    }  # fmt: skip


def test_what_the_user_says_a_file_is_counts_before_its_name(gold: Run, here: Path) -> None:
    (here / "合同之外.txt").write_text("流水")
    gold("evidence", "add", "合同之外.txt", "--for", "L1", "--as", "放款凭证", code=0)
    papers = {one["paper"]: one for one in gold("verify", "L1", "--json").data["papers"]}
    assert papers["disbursement"]["exhibit"] == "E1" and papers["contract"]["state"] == "missing"
    again = gold("evidence", "add", "合同之外.txt", "--for", "L1", "--as", "contract", "--json", code=0)
    assert again.data["record"]["paper"] == "contract"
    assert failed(gold("evidence", "add", "合同.pdf", "--as", "photo", "--json", code=2)) == "bad_choice"


# --- claims over time


def test_contradictions_are_told_where_claims_are_shown(whole: Run, lang: str) -> None:
    listed = whole("claim", "list", "L1", "--json", code=0)
    told = ["claim.principal_rose", "claim.payment_not_seen"]
    assert codes(listed) == told == [one["code"] for one in listed.data["contradictions"]]
    assert [one["change"] for one in listed.data["steps"]] == [None, "580.55"]
    assert [one["code"] for one in whole("verify", "L1", "--json").data["contradictions"]] == told


def test_a_day_knows_only_the_claims_up_to_it(whole: Run) -> None:
    early = whole("verify", "L1", "--as-of", "2026-10-01", "--json").data
    assert [one["id"] for one in early["claims"]] == ["D1"] and early["components"][4]["claimed"] == "15900.00"
    assert whole("claim", "list", "--as-of", "2026-10-01", "--json").data["contradictions"] == []
    assert failed(whole("claim", "list", "L9", "--json", code=3)) == "not_found"


def test_a_total_in_a_message_is_only_proposed(gold: Run, lang: str) -> None:
    words = ["--at", "2026-11-20 10:12", "--text", "您的欠款合计16480.55元，请今日结清", "--json"]
    ran = gold("log-sms", "L1", *words, code=0)
    (told,) = [one for one in ran.json["messages"] if one["code"] == "claim.proposed"]
    assert gold("claim", "list", "--json").data["claims"] == []
    command = next(line for line in [told["text"]] if "jdneg claim add" in line).partition("jdneg ")[2].split()
    gold(*command, code=0)
    (claim,) = gold("claim", "list", "--json").data["claims"]
    assert (claim["total"], claim["at"], claim["contact"], claim["source"]) == ("16480.55", "2026-11-20", "C1", "sms")
    again = gold("log-sms", "L1", *words, code=0)
    assert "claim.proposed" not in codes(again)
    out = gold("log-sms", "L1", "--out", *words, code=0)
    nobody = gold("log-sms", *words, code=0)
    assert "claim.proposed" not in codes(out) + codes(nobody)


# --- in a bundle


def test_the_bundle_has_the_workbook_in_its_own_language_and_masks_it(whole: Run, here: Path) -> None:
    whole(
        "log-call",
        "L1",
        "--at",
        "2026-11-20 15:00",
        "--to-whom",
        "family",
        "--third-party",
        "王小明",
        "--said",
        "x",
        code=0,
    )
    whole("claim", "add", "L1", "--at", "2026-11-21", "--total", "16500", "--note", "王小明", code=0)
    for profile in ("lawyer", "association"):
        whole("export", "bundle", "--profile", profile, "-o", "out", code=0)
        bag = here / "out" / f"bundle-2026-11-21-{profile}"
        book = read(bag / "05-债务核对.xlsx")
        assert "L1 核对" in book.sheets and not any("jdneg letter" in one for one in book.texts())
        assert "05-债务核对.html|xlsx" in (bag / "00-说明-README.txt").read_text("utf-8")
        assert not any("王小明" in one for one in book.texts()) or profile == "lawyer"
        whole("bundle", "verify", str(bag), code=0)
