"""The topics a passage is filed under."""

import pytest

from submissions.coding import Coder, Unit


@pytest.mark.parametrize(
    ("unit", "topics"),
    [
        (Unit("应确保技术中立。", "paragraph", heading_path=("范围",)), ("scope", "general")),
        (Unit("略。", "paragraph", heading_path=("国际合作",)), ("cooperation",)),
        (Unit("略。", "paragraph"), ()),
        (Unit("应加强国际合作。", "paragraph", heading_path=("国际合作",)), ("cooperation",)),
        (Unit("应加强国际合作。", "paragraph"), ("objectives",)),
        (
            Unit("必须保持开放、包容和透明的进程。", "paragraph", heading_path=("目标",)),
            ("process",),
        ),
        (
            Unit("应规定司法协助。", "paragraph", heading_path=("国际合作与技术援助",)),
            ("cooperation",),
        ),
        (
            Unit("(a) 供应链；", "item", "(a)", ("范围",), ("应涵盖与以下方面有关的犯罪：",)),
            ("scope", "offences"),
        ),
        (
            Unit("• 导言。", "item", "•", ("一般方法和范围",), ("公约应包括以下章节：",)),
            ("structure",),
        ),
    ],
)
def test_topics_come_from_the_section_and_from_the_issues(
    coder: Coder, unit: Unit, topics: tuple[str, ...]
) -> None:
    assert coder.code(unit).topics == topics
