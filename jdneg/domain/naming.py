"""The fixed words of a contact, with the Chinese names people know them by."""

from __future__ import annotations

CHANNELS = {
    "call": "call", "sms": "sms", "chat": "chat", "email": "email", "social": "social", "visit": "visit",
    "letter": "letter", "电话": "call", "短信": "sms", "聊天": "chat", "邮件": "email", "电子邮件": "email",
    "公众号": "social", "社交": "social", "微信": "chat", "微博": "social", "上门": "visit", "函件": "letter",
    "信函": "letter",
}  # fmt: skip
TO_WHOM = {
    "me": "me", "family": "family", "employer": "employer", "other": "other",
    "我": "me", "本人": "me", "家人": "family", "单位": "employer", "其他": "other",
}  # fmt: skip
RESULTS = {
    "breach": "breach", "review": "review", "cannot_tell": "cannot_tell",
    "违反": "breach", "需核实": "review", "无法判断": "cannot_tell",
}  # fmt: skip
