"""The fixed words of flags, with the Chinese names people know them by."""

from __future__ import annotations

KINDS = {
    "bank": "bank", "consumer_finance": "consumer_finance", "microlender": "microlender", "private": "private",
    "unknown": "unknown", "银行": "bank", "消费金融": "consumer_finance", "小贷": "microlender",
    "小额贷款": "microlender", "民间": "private", "个人": "private", "不知道": "unknown",
}  # fmt: skip
METHODS = {
    "equal-payment": "equal-payment", "equal-principal": "equal-principal", "interest-only": "interest-only",
    "bullet": "bullet", "daily": "daily", "flat-fee": "flat-fee", "等额本息": "equal-payment",
    "等额本金": "equal-principal", "先息后本": "interest-only", "利随本清": "bullet", "一次性还本付息": "bullet",
    "随借随还": "daily", "按日计息": "daily", "分期手续费": "flat-fee", "等本等费": "flat-fee",
}  # fmt: skip
BASES = {
    "act/365": "act/365", "act/360": "act/360", "act/act": "act/act", "30/360": "30/360",
    "365": "act/365", "360": "act/360",
}  # fmt: skip
BASES_OF_PENALTY = {
    "overdue_principal": "overdue_principal", "overdue_instalment": "overdue_instalment", "balance": "balance",
    "逾期本金": "overdue_principal", "逾期应还": "overdue_instalment", "未还余额": "balance",
}  # fmt: skip
ROLES = {"assignee": "assignee", "guarantor": "guarantor", "受让人": "assignee", "担保人": "guarantor"}
LETTER_CLASSES = {
    "account": "account", "transaction": "transaction", "loan": "loan", "feedback": "feedback",
    "账户": "account", "交易": "transaction", "借款": "loan", "贷款": "loan", "反馈": "feedback",
}  # fmt: skip
REFUSALS = {
    "compliance": "compliance", "risk": "risk", "internal-lag": "internal-lag", "authority": "authority",
    "cs-unable": "cs-unable", "cs-overload": "cs-overload", "合规": "compliance", "规定不允许": "compliance",
    "风控": "risk", "内部未同步": "internal-lag", "内部延迟": "internal-lag", "无权限": "authority",
    "没有权限": "authority", "客服不会": "cs-unable", "客服处理不了": "cs-unable", "客服忙": "cs-overload",
    "人手不足": "cs-overload", "排队": "cs-overload", "转主管": "authority",
}  # fmt: skip
WAYS = {
    "sms": "sms", "email": "email", "chat": "chat", "social": "social", "app": "app", "post": "post", "hand": "hand",
    "other": "other", "短信": "sms", "邮件": "email", "微信": "chat", "聊天": "chat", "公众号": "social",
    "微博": "social", "站内信": "app", "邮寄": "post", "快递": "post", "ems": "post", "挂号信": "post",
    "当面": "hand", "送达": "hand", "其他": "other",
}  # fmt: skip
CLAIM_SOURCES = {
    "sms": "sms", "call": "call", "letter": "letter", "app": "app", "statement": "statement", "chat": "chat",
    "other": "other", "短信": "sms", "电话": "call", "函件": "letter", "账单": "statement", "聊天": "chat",
}  # fmt: skip
PROBLEMS = {
    "account": "account", "payment": "payment", "credit": "credit", "investment": "investment", "账户": "account",
    "支付": "payment", "信贷": "credit", "借款": "credit", "理财": "investment", "投资": "investment",
}  # fmt: skip
PARTS = {"principal": "principal", "interest": "interest", "penalty": "penalty", "fee": "fee", "本金": "principal",
         "利息": "interest", "罚息": "penalty", "违约金": "penalty", "费用": "fee"}  # fmt: skip
EVERY = {"due": "due", "month": "month", "quarter": "quarter", "每期": "due", "按月": "month", "按季": "quarter"}
PAPERS = {
    "contract": "contract", "disbursement": "disbursement", "schedule": "schedule", "payments": "payments",
    "fees": "fees", "authority": "authority", "assignment": "assignment", "settlement": "settlement",
    "合同": "contract", "放款凭证": "disbursement", "还款计划": "schedule", "还款记录": "payments", "费用表": "fees",
    "授权": "authority", "债权转让通知": "assignment", "结清证明": "settlement",
}  # fmt: skip
