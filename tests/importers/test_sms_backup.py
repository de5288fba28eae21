from __future__ import annotations

import codecs
import datetime as dt
from pathlib import Path

import pytest

from jdneg.domain.dates import SHANGHAI
from jdneg.domain.records.contact import Contact
from jdneg.errors import BadForeignFile, FileMissing
from jdneg.importers.base import Announced, Candidate, Row, RowError, Skipped
from jdneg.importers.sms_backup import FORMAT, SmsBackup

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "sms_calls"
HEADER = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
HEADER += '<?xml-stylesheet type="text/xsl" href="sms.xsl"?>\n'
AT = 1795267843463  # 2026-11-21 21:30:43.463 +08:00


def sms(body: str = "您好", date: object = AT, kind: object = 1, address: str = "95118", more: str = "") -> str:
    told = f'address="{address}" date="{date}" type="{kind}" body="{body}"'
    return f'<sms protocol="0" subject="null" read="1" {told} {more}/>'


def backup(*messages: str, count: object = 1) -> str:
    return HEADER + f'<smses count="{count}" type="full">\n' + "\n".join(messages) + "\n</smses>\n"


def read(path: Path, data: str | bytes) -> list[Row]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(SmsBackup().extract(path))


def contacts(rows: list[Row]) -> list[Contact]:
    return [row.record for row in rows if isinstance(row, Candidate)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sms-20261122.xml"


def test_a_message_that_came_in(file: Path) -> None:
    (row,) = read(
        file, backup(sms("【京东金融】请还款", more='contact_name="(Unknown)" readable_date="Dec 2, 2017 06:49:27"'))
    )
    assert isinstance(row, Candidate)
    record = row.record
    assert (record.channel, record.direction, record.number, record.sender) == ("sms", "in", "95118", None)
    assert (record.said, record.i_said, record.to_whom) == ("【京东金融】请还款", None, "me")
    assert record.happened_at == dt.datetime(2026, 11, 21, 21, 30, 43, tzinfo=SHANGHAI)
    assert str(record.happened_at) == "2026-11-21 21:30:43+08:00"
    assert row.source.row == 1
    assert row.source.format == FORMAT
    assert len(row.source.file_sha256) == 64
    assert "95118" not in row.key


def test_a_message_that_went_out_is_the_borrowers(file: Path) -> None:
    (record,) = contacts(read(file, backup(sms("请出示授权", kind=2, more='contact_name="客服"'))))
    assert (record.direction, record.said, record.i_said, record.sender) == ("out", None, "请出示授权", "客服")


def test_seconds_and_milliseconds(file: Path) -> None:
    rows = read(file, backup(sms(date=AT), sms(date=AT // 1000)))
    assert len({record.happened_at for record in contacts(rows)}) == 1


@pytest.mark.parametrize(
    "date", ["", "bad", "null", "0", "-5", "1e12", "１２３", "99999999999999999999", "999999999999999", "1"]
)
def test_an_absurd_date_costs_one_row(file: Path, date: str) -> None:
    rows = read(file, backup(sms("一"), sms("二", date=date), sms("三")))
    assert [record.said for record in contacts(rows)] == ["一", "三"]
    (error,) = [row for row in rows if isinstance(row, RowError)]
    assert (error.row, error.column, error.reason.code) == (2, "date", "importing.bad_date")


def test_what_was_never_sent_is_skipped(file: Path) -> None:
    rows = read(file, backup(*(sms(kind=kind) for kind in (1, 2, 3, 4, 5, 6, 7))))
    assert [type(row).__name__ for row in rows] == ["Candidate"] * 2 + ["Skipped"] * 4 + ["RowError"]
    assert [row.reason.facts["state"] for row in rows if isinstance(row, Skipped)] == [
        "draft",
        "outbox",
        "failed",
        "queued",
    ]


def test_an_empty_message_is_still_a_contact(file: Path) -> None:
    assert [record.said for record in contacts(read(file, backup(sms(""), sms("null"))))] == [None, None]


def test_hidden_number(file: Path) -> None:
    assert contacts(read(file, backup(sms(address="null"))))[0].number is None


def test_emoji_markup_and_escapes_are_kept_as_they_are(file: Path) -> None:
    body = "&#55357;&#56832;[bold]还款[/bold] :smile: &#27;[2J\x1b[31m =1+1 ../../x &lt;b&gt;&#10;{0}"
    (record,) = contacts(read(file, backup(sms(body))))
    assert record.said == "😀[bold]还款[/bold] :smile: \x1b[2J\x1b[31m =1+1 ../../x <b>\n{0}"


def test_a_pair_split_by_the_reading_of_the_file(file: Path) -> None:
    for pad in range(40):
        filler = "x" * ((1 << 16) - len(backup(sms(""))) - 60 + pad)
        (record,) = contacts(read(file, backup(sms(filler + "&#55357;&#56832;" * 8))))
        assert record.said == filler + "😀" * 8


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + backup(sms("逾期"), sms("还款")).encode(),
        backup(sms("逾期"), sms("还款")).encode("utf-16"),
        backup(sms("逾期"), sms("还款")).encode("gb18030"),
        backup(sms("逾期"), sms("还款")).replace("UTF-8", "GB18030").encode("gb18030"),
    ],
    ids=["utf-8-sig", "utf-16", "gb18030", "gb18030-declared"],
)
def test_encodings(file: Path, data: bytes) -> None:
    assert [record.said for record in contacts(read(file, data))] == ["逾期", "还款"]


def test_one_damaged_byte_costs_one_row(file: Path) -> None:
    data = backup(sms("逾期一"), sms("逾期二"), sms("逾期三")).encode().replace("二".encode(), b"\xe4\xba")
    rows = read(file, data)
    assert [record.said for record in contacts(rows)] == ["逾期一", "逾期三"]
    assert [(row.row, row.reason.code) for row in rows if isinstance(row, RowError)] == [(2, "importing.bad_bytes")]


@pytest.mark.parametrize("cut", ["</smses>", "三", "date=", "<sms"])
def test_a_file_that_breaks_off_keeps_what_came_before(file: Path, cut: str) -> None:
    whole = backup(sms("一"), sms("二"), sms("三"))
    start = whole.rindex(cut)
    rows = read(file, whole[:start])
    said = [record.said for record in contacts(rows)]
    assert said == (["一", "二", "三"] if cut == "</smses>" else ["一", "二"])
    assert isinstance(rows[-1], RowError)
    assert (rows[-1].row, rows[-1].reason.code) == (len(said) + 1, "importing.broken_xml")
    assert rows[-1].breaks_off


def test_cut_within_a_character(file: Path) -> None:
    data = backup(sms("一"), sms("二二")).encode()
    rows = read(file, data[: data.rindex("二".encode()) + 2])
    assert [record.said for record in contacts(rows)] == ["一"]
    assert isinstance(rows[-1], RowError)


BOMB = """<?xml version="1.0"?>
<!DOCTYPE smses [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<smses count="1"><sms address="1" date="1795267843463" type="1" body="&c;"/></smses>"""
OUTSIDE = """<!DOCTYPE smses [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<smses><sms address="1" date="1795267843463" type="1" body="&x;"/></smses>"""


@pytest.mark.parametrize("data", [BOMB, OUTSIDE, '<!DOCTYPE smses SYSTEM "http://example.com/x.dtd"><smses/>'])
def test_document_types_and_entities_are_refused(file: Path, data: str) -> None:
    with pytest.raises(BadForeignFile) as raised:
        read(file, data)
    assert raised.value.facts["reason"].code == "importing.has_doctype"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("", "importing.not_xml"),
        ("hello", "importing.not_xml"),
        ("<calls count='1'><call/></calls>", "importing.not_sms_backup"),
        (b"\x00\xff\x00PK", "importing.not_xml"),
        ("<html><sms/></html>", "importing.not_sms_backup"),
    ],
)
def test_other_files_are_refused(file: Path, data: str | bytes, code: str) -> None:
    with pytest.raises(BadForeignFile) as raised:
        read(file, data)
    assert raised.value.facts["reason"].code == code  # type: ignore[attr-defined]


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        list(SmsBackup().extract(tmp_path / "none.xml"))
    with pytest.raises(BadForeignFile):
        list(SmsBackup().extract(tmp_path))


def mms(parts: str = "", box: int = 1, address: str = "10690000", addrs: str = "", more: str = "") -> str:
    return (
        f'<mms date="{AT}" msg_box="{box}" address="{address}" m_type="132" contact_name="(Unknown)" {more}>'
        f"<parts>{parts}</parts><addrs>{addrs}</addrs></mms>"
    )


def test_a_picture_message(file: Path) -> None:
    parts = (
        '<part seq="-1" ct="application/smil" text="&lt;smil/&gt;"/><part ct="text/plain" text="第一段"/>'
        '<part ct="image/png" text="null" data="not-valid-base64!!"/>'
        '<part ct="text/plain; charset=utf-8" text="第二段"/>'
    )
    (row,) = read(file, backup(mms(parts, more='sub="主题"')))
    assert isinstance(row, Candidate)
    assert row.record.said == "主题\n第一段\n第二段"
    assert row.attachments == 1
    assert contacts(read(file, backup(mms())))[0].said is None


def test_the_sender_of_a_group_message(file: Path) -> None:
    addrs = '<addr address="13800138000" type="137"/><addr address="13900139000" type="151"/>'
    (record,) = contacts(read(file, backup(mms(address="13800138000~13900139000", addrs=addrs))))
    assert record.number == "13800138000"


def test_count_is_not_believed(file: Path) -> None:
    for count in (0, 2, 99, "many", "", "-5", "９"):
        assert len(contacts(read(file, backup(sms("一"), sms("二"), count=count)))) == 2


def test_a_count_above_what_is_there_is_told(file: Path) -> None:
    assert read(file, backup(sms(), count=999))[-1] == Announced(999)
    assert read(file, backup(count=5)) == [Announced(5)]
    for count in (0, 1, 2, "many", ""):
        assert not any(isinstance(row, Announced) for row in read(file, backup(sms("一"), sms("二"), count=count)))
    broken = read(file, backup(sms(), count=9)[:-20])
    assert [type(row).__name__ for row in broken][-1] == "RowError"  # which tells more


def test_keys_tell_messages_apart(file: Path) -> None:
    rows = read(
        file,
        backup(
            sms("一"),
            sms("一", date=AT + 1000),
            sms("一", address="95119"),
            sms("二"),
            sms("一", kind=2),
            sms("一", address="+86 95118"),
        ),
    )
    keys = [row.key for row in rows if isinstance(row, Candidate)]
    assert len(set(keys)) == 5
    assert keys[0] == keys[5]
    slots = [row.slot for row in rows if isinstance(row, Candidate)]
    assert slots[0] == slots[3]


def test_a_large_file_is_read_as_a_stream(file: Path) -> None:
    """Rows come out before the file is read to its end: the broken end is met after them."""
    data = backup(*(sms(f"第{n}条" + "x" * 200, date=AT + n) for n in range(2000)))
    file.write_text(data[:-5], encoding="utf-8")
    rows = SmsBackup().extract(file)
    assert isinstance(next(rows), Candidate)
    assert sum(isinstance(row, Candidate) for row in rows) == 1999


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples folder is not beside the project")
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("shruggietech/minimal_sms.xml", {"Candidate": 1}),
        ("shruggietech/minimal_mms.xml", {"Candidate": 1}),
        ("shruggietech/edge_cases.xml", {"Candidate": 4}),
        ("shruggietech/mixed.xml", {"Candidate": 3, "Skipped": 1}),
        ("shruggietech/malformed.xml", {"RowError": 1}),
        ("devadvance/empty.xml", {}),
        ("devadvance/sample_small.xml", {"Candidate": 7}),
        ("devadvance/sample_mms.xml", {"Candidate": 4}),
        ("devadvance/corrupt_attachments.xml", {"Candidate": 2}),
    ],
)
def test_samples(name: str, found: dict[str, int]) -> None:
    rows = list(SmsBackup().extract(SAMPLES / name))
    kinds = [type(row).__name__ for row in rows]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == found


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples folder is not beside the project")
@pytest.mark.parametrize(
    ("name", "broken"),
    [("devadvance/sms_and_mms.xml", [50]), ("devadvance/sms_small.xml", []), ("mobilecombackup/sms-test.xml", [])],
)
def test_every_message_of_a_sample_is_accounted_for(name: str, broken: list[int]) -> None:
    """The first of them breaks off within its fiftieth message."""
    path = SAMPLES / name
    text = path.read_text(encoding="utf-8")
    rows = list(SmsBackup().extract(path))
    assert len(rows) == text.count("<sms ") + text.count("<mms ")
    assert [row.row for row in rows if isinstance(row, RowError)] == broken
    assert all("smil" not in (record.said or "") for record in contacts(rows))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples folder is not beside the project")
def test_a_sample_of_calls_is_refused() -> None:
    path = SAMPLES / "shruggietech" / "minimal_calls.xml"
    with pytest.raises(BadForeignFile):
        list(SmsBackup().extract(path))
