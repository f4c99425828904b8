"""The topics of a passage: those of its section, and those of what it takes a position on.

The rules follow how secretariat staff file a passage: under the section it stands in, and under
each other topic that it speaks to in earnest. What it touches in passing adds no topic.
"""

from __future__ import annotations

from corpus.codebook import Codebook
from submissions.coding.context import Context
from submissions.coding.model import Suggestion, Unit

_ELSEWHERE = frozenset({"process", "implementation", "final"})
"""A passage that speaks of nothing else belongs there, whatever its section."""

_IN_PASSING = {
    "cooperation.information_sharing": frozenset({"objectives", "assistance", "structure"}),
    "cooperation.evidence_sharing": frozenset({"objectives", "procedure", "structure"}),
    "cooperation.cross_border_access": frozenset({"structure"}),
    "general.jurisdiction": frozenset({"objectives", "offences", "cooperation"}),
    "general.untoc_uncac": frozenset({"structure"}),
    "general.expert_group": frozenset({"structure"}),
    "procedure.powers": frozenset({"objectives"}),
    "prevention.partnerships": frozenset({"assistance"}),
    "safeguards.proportionality": frozenset({"cooperation", "objectives"}),
    "scope.cyber_enabled": frozenset({"structure"}),
    "scope.evidence_any_crime": frozenset({"structure"}),
    "scope.core_only": frozenset({"objectives"}),
    "assistance.capacity": frozenset({"prevention"}),
}
"""Issues that do not add their topic in a section on one of these, if the passage has others."""


def passage_topics(
    codebook: Codebook,
    context: Context,
    named: tuple[str, ...],
    unit: Unit,
    suggestions: tuple[Suggestion, ...],
) -> tuple[str, ...]:
    """Topic keys in the codebook's order; ``named`` are those whose words the passage uses."""
    section = _section(context, unit, suggestions)
    issues = {one.issue for one in suggestions}
    spoken = {_topic(issue, section) for issue in issues}
    if spoken and spoken <= _ELSEWHERE:
        found = spoken
    else:
        earnest = {_topic(issue, section) for issue in issues if not _passing(issue, section)}
        found = (earnest or spoken) | _kept(section, spoken)
        if unit.text.rstrip().endswith(("：", ":")):
            found |= {topic for topic in named if topic == "offences"}
    return tuple(topic.key for topic in codebook.topics if topic.key in found)


def _section(context: Context, unit: Unit, suggestions: tuple[Suggestion, ...]) -> frozenset[str]:
    """The topics that the place of a passage gives it."""
    section = frozenset(context.heading_topics)
    introduced = frozenset(context.lead_in_topics)
    if "structure" in introduced:
        return frozenset({"structure"})
    if "offences" in introduced:
        section |= {"offences"}
    chapters = any(one.issue.startswith("structure.") for one in suggestions)
    prose = unit.kind == "paragraph" and not unit.lead_ins
    if prose and suggestions and not chapters and context.chapter is None:
        section -= {"structure"}
    return section


def _topic(issue: str, section: frozenset[str]) -> str:
    """The topic an issue is filed under: aims stated in another section belong to that section."""
    topic = issue.partition(".")[0]
    if topic == "objectives" and section and not section & {"objectives", "scope", "process"}:
        return "cooperation" if "cooperation" in section else min(section)
    return topic


def _passing(issue: str, section: frozenset[str]) -> bool:
    return bool(_IN_PASSING.get(issue, frozenset()) & section)


def _kept(section: frozenset[str], spoken: set[str]) -> frozenset[str]:
    """Of a section on several topics, those that the passage speaks to."""
    names = section - {"structure"}
    if len(names) > 1 and spoken:
        kept = (section & spoken) | (section & {"structure", "scope"})
        return kept or frozenset({_topic("objectives.", section)})
    return section
