"""The themed activities of an invented club: during some of its sessions, with some of those who came."""

from collections.abc import Sequence
from datetime import timedelta

from ccmp.demo.chance import Chance
from clubs.entries import ActivityEntry, SessionEntry
from clubs.enums import Theme

THEMES = {
    Theme.DROWNING: 12, Theme.TRAFFIC: 10, Theme.FIRE: 9, Theme.ABUSE_PREVENTION: 8, Theme.BULLYING: 8, Theme.DISEASE: 7,
    Theme.FOOD: 7, Theme.HYGIENE: 8, Theme.FEELINGS: 8, Theme.PARENTING: 8, Theme.VIDEO_CALL: 8, Theme.PLAY: 7,
}  # fmt: skip
TITLES = {
    Theme.DROWNING: ("防溺水“六不”", "水边救援怎么喊人"),
    Theme.TRAFFIC: ("过马路走斑马线", "坐摩托要戴头盔"),
    Theme.FIRE: ("灭火器怎么用", "家里的插座安全吗"),
    Theme.ABUSE_PREVENTION: ("身体红绿灯", "勇敢说不"),
    Theme.BULLYING: ("被欺负了告诉谁", "我们不当旁观者"),
    Theme.DISEASE: ("洗手七步法", "换季防感冒"),
    Theme.FOOD: ("辣条里有什么", "喝开水"),
    Theme.HYGIENE: ("刷牙的正确姿势", "自己的毛巾自己用"),
    Theme.FEELINGS: ("我的情绪小怪兽", "写给自己的信"),
    Theme.PARENTING: ("隔代教育怎么做", "怎样和孩子通电话"),
    Theme.VIDEO_CALL: ("和爸爸妈妈视频", "周末亲情连线"),
    Theme.PLAY: ("拔河比赛", "六一游园"),
}
ABOUT_EVERY = 15  # sessions


def invent_activities(chance: Chance, sessions: Sequence[SessionEntry]) -> list[ActivityEntry]:
    """About two a month, each within a session to which somebody came."""
    fitting = [session for session in sessions if session.attended and session.closed_at]
    held = chance.some_of(range(len(fitting)), round(len(fitting) / ABOUT_EVERY))
    return [_activity(chance, fitting[number]) for number in sorted(held)]


def _activity(chance: Chance, session: SessionEntry) -> ActivityEntry:
    theme = chance.weighted(THEMES)
    with_parents = theme in (Theme.PARENTING, Theme.VIDEO_CALL)
    return ActivityEntry(
        id=chance.id_at(session.made_at),
        village_code=session.village_code,
        made_at=session.made_at,
        theme=theme,
        title=chance.one_of(TITLES[theme]),
        held_at=session.opened_at + timedelta(minutes=chance.between(5, 12)),
        minutes=min(chance.between(7, 16) * 5, _length(session) - 12),
        children=len(session.attended) + session.visitors,
        adults=chance.between(6, 22) if with_parents else chance.between(0, 4),
    )


def _length(session: SessionEntry) -> int:
    return int(((session.closed_at or session.opened_at) - session.opened_at).total_seconds() // 60)
