"""The six steps of answering a letter, and what the answer deals with."""

from __future__ import annotations

from jdneg.blocks import Block, Bullets, Heading, Paragraph, Table
from jdneg.domain.correspondence.answering import AnswerPlan, PlanTexts, Step
from jdneg.domain.messages import Message
from jdneg.i18n import pick, say, t
from jdneg.result import Result
from jdneg.views.words import label, minute


def plan_page(plan: AnswerPlan, texts: PlanTexts, fraud: Message | None) -> Result:
    """``letter plan``; ``fraud`` is a line on whether it looks like one."""
    said = {name: pick(text) for name, text in texts.steps}
    points = [pick(one) for one in texts.points.get(plan.kind or "", ())]
    command = plan.next.command if plan.next else None
    data = {
        "letter": plan.letter, "class": plan.kind, "class_guessed": plan.guessed, "due": plan.due,
        "steps": [_json(one, said[one.id]) for one in plan.steps], "points": points,
        "next": f"jdneg {command}" if command else None,
    }  # fmt: skip
    blocks: list[Block] = [Heading(t("paper.plan_title", id=plan.letter)), Paragraph(_class_line(plan))]
    blocks += [Paragraph(t("paper.plan_due", day=plan.due))] if plan.due else []
    blocks.append(Table((t("paper.step"), label("state"), ""), tuple(_row(one, said[one.id]) for one in plan.steps)))
    blocks += [Heading(t("paper.plan_points"), 2), Bullets(tuple(points))] if points else []
    blocks += [Paragraph(say(fraud))] if fraud else []
    blocks += [Paragraph(t("today.next", command=f"jdneg {command}"), strong=True)] if command else []
    return Result(data, tuple(blocks))


def _class_line(plan: AnswerPlan) -> str:
    if plan.kind is None:
        return t("paper.class_unknown")
    name = t(f"word.letter_{plan.kind}")
    return t("paper.plan_class_guessed" if plan.guessed else "paper.plan_class", name=name)


def _row(step: Step, said: str) -> tuple[str, ...]:
    lacks = t("paper.plan_lacks", items=", ".join(label(one) for one in step.lacks)) if step.lacks else ""
    done = minute(step.at) if step.state == "done" and step.at else t(f"paper.step_{step.state}")
    return said, done, lacks


def _json(step: Step, said: str) -> dict[str, object]:
    return {
        "step": step.id, "state": step.state, "at": step.at, "text": said, "missing": list(step.lacks),
        "command": f"jdneg {step.command}" if step.command else None,
    }  # fmt: skip
