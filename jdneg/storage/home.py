"""The home folder: private from the first moment, with a note for whoever finds it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from jdneg.storage.files import atomic_write
from jdneg.storage.store import Store

_NOTE = """\
This folder is the private journal of jdneg. journal.jsonl is the truth and only ever grows: please do not edit it.
vault/ holds the originals of evidence, drafts/ a call that is not logged yet; cache/ can be deleted at any time;
journal.head is how a journal that was cut short is noticed. To keep it safe, copy the whole folder.

这个文件夹是 jdneg 的私人日志。journal.jsonl 是原始记录，只增不改，请不要手工修改。
vault/ 保存证据原件；drafts/ 是还没有记入的通话；cache/ 可以随时删除；
journal.head 用来发现日志被截短。备份时请复制整个文件夹。
"""


def create_home(store: Store, config: Mapping[str, str], created_by: str) -> None:
    """Make folder, settings and journal; what is there already is left as it is."""
    store.create(config["timezone"], created_by)
    if not (store.home / "config.json").exists():
        write_config(store.home, config)
    if not (store.home / "README.txt").exists():
        atomic_write(store.home / "README.txt", _NOTE.encode())


def write_config(home: Path, config: Mapping[str, str]) -> None:
    text = json.dumps(dict(config), ensure_ascii=False, indent=2, sort_keys=True)
    atomic_write(home / "config.json", (text + "\n").encode())
