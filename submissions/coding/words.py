"""Where Chinese words begin and end, as jieba sees them."""

from __future__ import annotations

import logging
import re
import tempfile
import warnings
from functools import lru_cache
from typing import Protocol

_HAN_RUN = re.compile("[\u3400-\u9fff]+")

_TREATY_TERMS = [
    "信通技术",
    "网络犯罪",
    "缔约国",
    "会员国",
    "司法协助",
    "双重犯罪",
    "特设委员会",
    "毒罪办",
    "网络使能",
    "网络依赖性",
    "电子证据",
    "数字证据",
    "流量数据",
    "内容数据",
    "服务提供者",
    "利益攸关方",
    "能力建设",
    "儿童色情",
    "未遂",
    "引渡",
    "可采性",
    "保留意见",
    "定罪",
    "总则",
    "应急小组",
    "应对",
    "供资",
    "缔约方会议",
    "信息通信技术",
]


class _Tokenizer(Protocol):
    tmp_dir: str | None

    def initialize(self) -> None: ...
    def add_word(self, word: str) -> None: ...
    def lcut(self, sentence: str, *, HMM: bool) -> list[str]: ...


@lru_cache(maxsize=1)
def _tokenizer() -> _Tokenizer:
    """A tokenizer of our own, made at first use; its cache lives in a folder that is removed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    tokenizer: _Tokenizer = jieba.Tokenizer()
    with tempfile.TemporaryDirectory(prefix="jieba-") as folder:
        tokenizer.tmp_dir = folder
        tokenizer.initialize()
    for term in _TREATY_TERMS:
        tokenizer.add_word(term)
    return tokenizer


def word_boundaries(text: str) -> frozenset[int]:
    """The offsets at which a Chinese word begins or ends; other characters are not looked at.

    >>> sorted(word_boundaries("缔约国应引渡"))
    [0, 3, 4, 6]
    """
    found: set[int] = set()
    for run in _HAN_RUN.finditer(text):
        position = run.start()
        found.add(position)
        for word in _tokenizer().lcut(run.group(), HMM=False):
            position += len(word)
            found.add(position)
    return frozenset(found)
