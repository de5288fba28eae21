"""J5: "不能协商": the effort on one page, the terms asked for in writing, what to ask next, the file for outside."""

from __future__ import annotations

from pathlib import Path

from journey_world import On, Step, begin

TALKS = (
    'log-call L2 --case G1 --at "11月19日10点" --agent 工号3301 --wait 25m --said "规定不允许" --refusal compliance'
    ' --attitude "语气平和" --result 拒绝',
    'log-chat L2 --case G1 --at "11月20日15:20" --agent 在线客服07 --text "风控不通过，无法处理"',
    'log-call L2 --case G1 --at 今天9点 --agent 工号3302 --wait 12m30s --said "我没有权限，主管会回电" --refusal authority'
    ' --they-promise "主管回电@2026-11-24"',
)


def test_the_journey(step: Step, desk: Path, on: On) -> None:
    begin(step)
    step("negotiate open L2 --goal 停止计收手续费并分期 --problem credit")
    for one in TALKS:
        step(one)
    step("negotiate contact G1 --call C1,C3 --reply-by 2026-11-24 --ticket 2026112107")

    # 1: the effort
    effort = step("report negotiation G1 -o 协商经过.md")
    assert [one["id"] for one in effort["contacts"]] == ["C1", "C2", "C3"]
    assert (effort["waited_seconds"], effort["waits_noted"], effort["days"]) == (2250, 2, 3)
    assert effort["refusals"] == {"authority": 1, "compliance": 1}
    text = (desk / "协商经过.md").read_text(encoding="utf-8")
    assert "工号3301" in text and "语气平和" in text and "没有决定权" in text
    step("report negotiation G1", reads=True)

    # 2: the terms, in writing
    letter = step(
        "letter draft request-info --loan L2 --item contract,fees,calculation,statement,assignment -o 请求.docx"
    )
    assert (desk / "请求.docx").exists()
    step(f"letter sent {letter['id']} --at 今天 --via EMS")

    # 3: what was said is kept
    step("evidence add 聊天记录.html --for G1")

    # 4: triage
    assert (
        step("negotiate stuck G1 --reason authority --contact C3 --note 主管未回电")["record"]["stuck"][-1]["note"]
        == "主管未回电"
    )
    shown = step("negotiate show G1", reads=True)
    assert shown["state"] == "stuck" and shown["promises"][0]["contact"] == "C3"
    on("2026-11-26")
    kinds = {one["kind"]: one["state"] for one in step("today", reads=True)["items"]}
    assert kinds["reply"] == kinds["promise_theirs"] == "overdue" and "letter_answer" in kinds
    step("negotiate promise G1 --set 1 broken")

    # 5 to 7: outside
    step("complain draft --to xiaoxie --case G1 -o 投诉信.docx")
    bundle = step("export bundle --profile association --loan L2 -o out/")
    step(f"bundle verify {bundle['path']}", reads=True)

    # 9: an answer, and the end
    step("negotiate offer G1 --by lender --months 12 --monthly 150 --first-due 2026-12-20")
    assert step("negotiate show G1", reads=True)["state"] == "open"
    step("negotiate close G1 --rating 2 --outcome 只同意部分")
    outcomes = step("negotiate outcomes", reads=True)
    assert outcomes["lenders"][0]["ratings"] == [2]
    assert [one["who"] for one in outcomes["agents"]] == ["在线客服07", "工号3301", "工号3302"]
