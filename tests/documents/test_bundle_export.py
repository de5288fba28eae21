"""The bundle as its reader gets it: rows and files agree, nothing masked can be found, nothing half written stays."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import bundle_case as case
import pytest

from jdneg.documents.bundle import Bundle, BundleInput, plan_bundle
from jdneg.documents.bundle_verify import verify_bag
from jdneg.documents.bundle_write import BundleWritten, write_bundle
from jdneg.domain.conduct.findings import Finding
from jdneg.domain.messages import info
from jdneg.domain.records.exhibit import Exhibit
from jdneg.errors import BadChoice, DiskFailed, OutputExists, VaultBroken

PROFILES = ("lawyer", "association")


def plan(profile: str, **more: object) -> tuple[Bundle, case.Vault]:
    given, vault = case.make_input(profile, **more)
    return plan_bundle(given, vault.open), vault


def write(tmp_path: Path, profile: str, *, as_zip: bool = False, **more: object) -> BundleWritten:
    bundle, vault = plan(profile, **more)
    return write_bundle(bundle, tmp_path / "out", as_zip=as_zip, open_original=vault.open)


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


@pytest.mark.parametrize("profile", PROFILES)
def test_each_row_of_the_catalogue_is_a_file_and_each_file_a_row(tmp_path: Path, profile: str) -> None:
    out = write(tmp_path, profile)
    listed = [row["文件"] for row in rows(out.path / "02-证据目录.csv")]
    there = sorted(one.relative_to(out.path).as_posix() for one in (out.path / "data").rglob("*") if one.is_file())
    assert sorted(listed) == there
    page = (out.path / "02-证据目录.html").read_text(encoding="utf-8")
    assert all(f">{row['编号']}</td>" in page for row in rows(out.path / "02-证据目录.csv"))


def test_the_catalogue_says_what_is_known_and_leaves_the_rest_blank(tmp_path: Path) -> None:
    found = {row["编号"]: row for row in rows(write(tmp_path, "lawyer").path / "02-证据目录.csv")}
    assert list(found) == ["1-1", "2-1", "4-1", "4-2", "6-1"]
    assert (found["1-1"]["页数"], found["2-1"]["页数"], found["6-1"]["页数"]) == ("2", "1", "【待填】")
    assert found["4-2"]["页数"] == "—（时长 1:23）"
    assert found["4-2"]["证明目的"] == "反映 2026-11-20 22:30 的电话联系及其内容"
    assert found["2-1"]["证明目的"] == "证明4月10日还款"
    assert found["1-1"]["原件存放处"] == "京东APP→合同"
    assert found["6-1"]["证明目的"] == '\'=HYPERLINK("http://x")'


def test_originals_are_copied_byte_for_byte(tmp_path: Path) -> None:
    out = write(tmp_path, "lawyer")
    _, vault = case.make_case()
    for row in rows(out.path / "02-证据目录.csv"):
        assert (out.path / row["文件"]).read_bytes() == vault.files[row["原文件 SHA-256"]]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")
@pytest.mark.parametrize("profile", PROFILES)
def test_both_commands_of_the_readme_pass(tmp_path: Path, profile: str) -> None:
    out = write(tmp_path, profile)
    readme = (out.path / "00-说明-README.txt").read_text(encoding="utf-8")
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        assert f"sha256sum -c {name}" in readme
        done = subprocess.run(["sha256sum", "-c", "--strict", name], cwd=out.path, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    assert out.manifest_sha256 in readme


@pytest.mark.parametrize("profile", PROFILES)
def test_the_reference_program_accepts_it(tmp_path: Path, profile: str) -> None:
    pytest.importorskip("bagit")
    out = write(tmp_path, profile)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(out.path)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("as_zip", [False, True])
@pytest.mark.parametrize("profile", PROFILES)
def test_a_new_bundle_verifies(tmp_path: Path, profile: str, as_zip: bool) -> None:
    report = verify_bag(write(tmp_path, profile, as_zip=as_zip).path)
    assert (report.result, report.problems) == ("ok", ())


@pytest.mark.parametrize("as_zip", [False, True])
def test_nobody_masked_can_be_found_in_an_association_bundle(tmp_path: Path, as_zip: bool) -> None:
    out = write(tmp_path, "association", as_zip=as_zip)
    if as_zip:
        with zipfile.ZipFile(out.path) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
    else:
        found = {str(one): one.read_bytes() for one in out.path.rglob("*") if one.is_file()}
    everything = "\n".join(found) + "\n".join(content.decode("utf-8") for content in found.values())
    squeezed = everything.replace(" ", "").replace("-", "")
    for secret in case.SECRETS:
        assert secret not in everything
        assert secret.replace(" ", "").replace("-", "") not in squeezed
    assert "赵小川" in everything
    assert "95118" in everything
    assert out.third_parties == ()


def test_people_of_contacts_that_stay_at_home_are_masked_too(tmp_path: Path) -> None:
    file, _ = case.make_case()
    alone = replace(file, contacts=file.contacts[:1])
    out = write(tmp_path, "association", file=alone, elsewhere=file.contacts[1:])
    assert case.AUNT not in (out.path / "03-时间线.csv").read_text(encoding="utf-8-sig")


def test_what_cannot_be_masked_is_withheld_and_listed(tmp_path: Path) -> None:
    out = write(tmp_path, "association")
    found = {row["记录号"]: row for row in rows(out.path / "withheld.csv")}
    assert set(found) == {"E1", "E2", "E4", "E5", "C9"}
    assert all(row["原因"] for row in found.values())
    masked = (out.path / "data/4-1_20261118_文字材料.txt").read_text(encoding="utf-8")
    assert masked.startswith("【某某金融】欧***您好")


def test_the_lawyers_bundle_is_complete_and_names_who_is_in_it(tmp_path: Path) -> None:
    out = write(tmp_path, "lawyer")
    assert out.third_parties == ("姨妈欧阳兰芝",)
    assert case.AUNT in (out.path / "03-时间线.csv").read_text(encoding="utf-8-sig")
    assert {row["记录号"] for row in rows(out.path / "withheld.csv")} == {"C9"}


def test_drafts_stay_at_home_and_letters_go_as_sent(tmp_path: Path) -> None:
    out = write(tmp_path, "lawyer")
    assert [one.name for one in (out.path / "06-函件").iterdir()] == ["T1_账务异议函_草稿原文.md"]
    letter = (out.path / "06-函件/T1_账务异议函_草稿原文.md").read_text(encoding="utf-8")
    assert letter.startswith("> 草稿原文（寄出时另存的成品未附）\n\n# 异议函\n请勿再联系欧阳兰芝")
    assert not any("不得外传".encode() in one.read_bytes() for one in out.path.rglob("*") if one.is_file())


def test_the_timeline_shows_when_things_were_written_down_and_the_users_own_lapses(tmp_path: Path) -> None:
    found = rows(write(tmp_path, "lawyer").path / "03-时间线.csv")
    sms = next(row for row in found if row["记录号"] == "C2")
    assert (sms["时间"], sms["记录时间"], sms["间隔"]) == ("2026-11-18", "2026-11-21 09:00", "3 天后")
    assert sms["标记"] == "时间为约数、没有具体时刻、转述、导入、时钟为人工设定、更正过"
    events = [row["事件"] for row in found]
    assert "一期到期 1,900.00 元（L1），到 2026-05-20 才付清" in events
    assert events.count("一期到期 1,900.00 元（L1），至制作日未付") == 6
    assert "本人承诺：11月15日前还500元（未履行）" in events


def test_a_findings_reason_may_hold_messages_and_is_masked_once_in_words(tmp_path: Path) -> None:
    rule = {"zh": "规则", "en": "rule"}
    inner = info("bundle.noted", text=f"提到{case.AUNT}")
    finding = Finding(
        rule="x.y", level="law", contact="C1", result="review", confidence="low", quote=None,
        in_force_from=dt.date(2026, 1, 1), reason=info("bundle.with_number", number=inner), clears_if=rule,
    )  # fmt: skip
    row = rows(write(tmp_path, "association", findings=(finding,)).path / "04-发现.csv")[0]
    assert (row["理由"], row["什么情况可以排除"]) == ("号码 本人记录：提到欧***", "规则")


def test_findings_carry_their_level_and_result_and_review_is_no_breach(tmp_path: Path) -> None:
    out = write(tmp_path, "lawyer")
    found = rows(out.path / "04-发现.csv")
    assert [(row["规则层级"], row["结果"], row["证据"]) for row in found] == [
        ("行业自律", "需核实", "4-2"),
        ("法律", "违反", "4-1"),
    ]
    for page in ("01-摘要.html", "04-发现.html"):
        assert "“需核实”不等于违规" in (out.path / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("as_zip", [False, True])
def test_the_same_case_and_date_give_the_same_bytes(tmp_path: Path, profile: str, as_zip: bool) -> None:
    one, two = (write(tmp_path / name, profile, as_zip=as_zip) for name in ("a", "b"))
    assert one.tagmanifest_sha256 == two.tagmanifest_sha256
    if as_zip:
        assert one.path.read_bytes() == two.path.read_bytes()


def test_both_languages_have_every_text(tmp_path: Path) -> None:
    for profile in PROFILES:
        out = write(tmp_path / profile, profile, lang="en")
        assert (out.path / "01-摘要.html").read_text(encoding="utf-8").startswith('<!DOCTYPE html>\n<html lang="en">')


def test_an_empty_case_makes_a_bundle_too(tmp_path: Path) -> None:
    given, vault = case.make_input("lawyer", file=case.CaseFile(), findings=(), verifications=(), withdrawn=())
    out = write_bundle(plan_bundle(given, vault.open), tmp_path, as_zip=False, open_original=vault.open)
    assert verify_bag(out.path).result == "ok"
    assert rows(out.path / "02-证据目录.csv") == []


def test_a_profile_must_be_one_of_ours() -> None:
    with pytest.raises(BadChoice):
        plan("public")


@pytest.mark.parametrize("as_zip", [False, True])
def test_what_is_there_is_never_written_over(tmp_path: Path, as_zip: bool) -> None:
    first = write(tmp_path, "lawyer", as_zip=as_zip)
    with pytest.raises(OutputExists):
        write(tmp_path, "lawyer", as_zip=as_zip)
    assert verify_bag(first.path).result == "ok"


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_changed_original_leaves_nothing_behind(tmp_path: Path, as_zip: bool) -> None:
    bundle, vault = plan("lawyer")
    key = next(one.sha256 for one in bundle.payload if one.sha256)
    vault.files[key] = b"changed"
    with pytest.raises(VaultBroken):
        write_bundle(bundle, tmp_path, as_zip=as_zip, open_original=vault.open)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file, no folder")
    with pytest.raises(DiskFailed):
        write(tmp_path, "lawyer")


@pytest.mark.parametrize(
    "name",
    [
        "../../x",
        "..",
        "/etc/passwd",
        "CON.pdf",
        "a\nb\x00c.pdf",
        "汉" * 200 + ".pdf",
        "x\udcff.pdf",
        "\u202egpj.exe",
        " . ",
        "%0A.pdf",
        "~root",
        "-rf",
    ],
)
def test_hostile_names_stay_inside_the_bundle(tmp_path: Path, name: str) -> None:
    given, vault = case.make_input("lawyer")
    loan = replace(given.file.loans[0], record=replace(given.file.loans[0].record, lender=name))
    exhibit = case.stored("E1", Exhibit(sha256=vault.add(b"%PDF"), name=name, size=4, supports=("L1",)))
    file = replace(given.file, loans=(loan,), exhibits=(exhibit,))
    bundle = plan_bundle(replace(given, file=file), vault.open)
    out = write_bundle(bundle, tmp_path / "out", as_zip=False, open_original=vault.open)
    assert verify_bag(out.path).result == "ok"
    made = list((out.path / "data").rglob("*"))
    assert len(made) == 1
    assert len(made[0].name.encode()) < 200
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out"]


def test_records_and_custody_are_data(tmp_path: Path) -> None:
    out = write(tmp_path, "lawyer")
    records = json.loads((out.path / "meta/records.json").read_text(encoding="utf-8"))["records"]
    assert {one["id"]: one["clock"] for one in records}["C2"] == "set"
    lines = [json.loads(line) for line in (out.path / "meta/custody.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["exhibit"] for line in lines] == ["E1", "E2", "E3", "E4", "E5"]
    assert lines[0]["original_name"] == case.HOSTILE_NAME


def test_planning_reads_no_original_but_pdfs() -> None:
    given, vault = case.make_input("lawyer")
    opened: list[str] = []

    def spy(sha256: str) -> object:
        opened.append(sha256)
        return vault.open(sha256)

    plan_bundle(given, spy)
    assert opened == [given.file.exhibits[0].record.sha256]


@pytest.mark.slow
def test_a_large_original_passes_through_in_pieces(tmp_path: Path) -> None:
    """300 MB, mostly holes: the process must not grow by anything like it."""
    import hashlib
    import resource

    big, digest = tmp_path / "big.mp4", hashlib.sha256()
    with big.open("wb") as out:
        out.truncate(300 << 20)
    for _ in range(300):
        digest.update(b"\0" * (1 << 20))
    record = Exhibit(sha256=digest.hexdigest(), name="big.mp4", size=300 << 20)
    given: BundleInput = case.make_input("lawyer")[0]
    given = replace(given, file=case.CaseFile(exhibits=(case.stored("E1", record),)), findings=())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for as_zip in (False, True):
        bundle = plan_bundle(given, lambda _: big.open("rb"))
        out_path = write_bundle(bundle, tmp_path / "out", as_zip=as_zip, open_original=lambda _: big.open("rb")).path
        assert verify_bag(out_path).result == "ok"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 << 10
