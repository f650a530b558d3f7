"""Write docs/access.md: who may see and do what, from the table that the tests hold every address to.

python -m tools.access            write it
python -m tools.access --check    fail if it is not what the table says
"""

import sys
from collections import defaultdict
from pathlib import Path

from ccmp.walls.guarded import (
    GUARDED,
    Beyond,
    ByOwner,
    ByParent,
    ByPlace,
    ByPlaceOrGrant,
    ByPlaceOrParent,
    Guard,
    Open,
    OwnInReach,
    OwnOrByParent,
)
from tests.access.table import ROLES, TABLE
from tools.access_words import GROUPS, PAGES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "access.md"
NAMES = {
    "M": "童伴妈妈",
    "D": "儿童主任",
    "S": "乡镇督导员",
    "C": "县民政",
    "P": "部门办事员",
    "F": "基金会",
    "R": "研究人员",
    "A": "管理员",
    "U": "审计员",
    "-": "未登录",
}
NEAR = {"M": "本村", "D": "本村", "S": "本乡镇", "C": "本县", "P": "本部门的任务"}
REALMS = {
    "children": "在该村有任职，且职责需要看儿童档案",
    "grounds": "在该村有任职，且职责需要看健康依据（乡镇督导员不看）",
    "clubs": "在该村有任职；基金会看各村的开放时长",
    "phones": "乡镇督导员和县民政，在其辖区内",
    "entries": "县民政，在其辖区内",
}
HEAD = """# 谁能看什么、办什么 · Who may see and do what

<!-- written by `make access`; change tests/access/table.py, not this page -->

本页由测试所依据的总表生成：系统的每一个页面，都以每一种身份、对本村、同乡镇的另一个村和外县的村逐一试过；与表不符，测试就不通过。
This page is made from the table that a test holds every address to, as every role, for three villages. The API
answers as the pages do.

- **看**：能打开；后面写着能打开哪里的。没有写范围的是列表和一般页面：只列出本人辖区内的内容，没有辖区的人打开是空的。
  辖区外的儿童一律显示“没有找到”，与没有这名儿童一样。
- **办**：能做这件事。**＊**：身份允许打开或提交，但按当时的情形没有办成（例如任务已经完成）。
- **—**：不能。任职一结束，以上各项同一分钟失效。

| 身份 | 范围 |
|---|---|
| 童伴妈妈、儿童主任 | 所任职的村 |
| 乡镇督导员 | 本乡镇各村，审核，不登记 |
| 县民政 | 本县各村 |
| 部门办事员 | 只有派给本部门的任务，和任务写明披露的内容 |
| 基金会、研究人员、管理员、审计员 | 没有任何儿童的姓名 |
"""


def page() -> str:
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted({name for name, _method, _place in TABLE if not name.startswith("api:")}):
        groups[GROUPS.get(name.partition(":")[0], name.partition(":")[0])].append(name)
    parts = [HEAD]
    for title, names in groups.items():
        head = " | ".join(NAMES[role] for role in ROLES)
        rows = [f"| {PAGES.get(name, name)} | {' | '.join(cell(name, role) for role in ROLES)} |" for name in names]
        parts.append("\n".join([f"## {title}\n", f"| | {head} |", f"|---|{'---|' * len(ROLES)}", *rows, ""]))
    return "\n".join([*parts, wall()])


def cell(name: str, role: str) -> str:
    """What the answers come to: where this role may look, and where it may act."""
    looks = [
        place for (of, method, place), row in TABLE.items() if (of, method) == (name, "GET") and row[role] == "200"
    ]
    posts = {place: row[role] for (of, method, place), row in TABLE.items() if (of, method) == (name, "POST")}
    acts = [
        place for place, answer in posts.items() if has_acted(answer, role) and not is_the_same_for_all(name, place)
    ]
    stuck = not acts and any(answer == "409" for answer in posts.values())
    said = [f"看 {where(looks, role)}".strip()] if looks else []
    said += [f"办 {where(acts, role)}".strip()] if acts else []
    return "；".join(said) + ("＊" if stuck else "") or "—"


def has_acted(answer: str, role: str) -> bool:
    """Done, as the trail says it, or led on to the next page; who is not signed in is led to the door."""
    return answer.endswith("!") or (answer in ("201", "204", "302") and role != "-")


def is_the_same_for_all(name: str, place: str) -> bool:
    """A search, a language: nothing that is anybody's to do."""
    row = TABLE[name, "POST", place]
    return len({row[role] for role in ROLES if role != "-"}) == 1


def where(places: list[str], role: str) -> str:
    found = set(places)
    if "any" in found:
        return ""
    return "处处" if "other" in found else NEAR.get(role, "")


def wall() -> str:
    """What PostgreSQL itself keeps."""
    rows = [
        f"| `{label}` | {told(guard)} |" for label, guard in GUARDED.items() if not isinstance(guard, Open | Beyond)
    ]
    rows += [f"| {name} | {told(guard)} |" for name, guard in beyond().items()]
    left = [f"| `{label}` | {guard.why} |" for label, guard in GUARDED.items() if isinstance(guard, Open)]
    words = """## 第二道墙 · The second wall

以上是程序的规矩。万一程序有疏漏，数据库自己也只把下列各表中属于提问者辖区的行交出来；没有说明是谁在问，就一行也不给
（[0027](adr/0027-the-wall-stands-in-postgresql.md)）。

| 表 | 谁得到一行 |
|---|---|
"""
    more = "\n\n不按行把守的表，和理由 · Not guarded by rows, and why:\n\n| | |\n|---|---|\n"
    return words + "\n".join(rows) + more + "\n".join(left) + "\n"


def beyond() -> dict[str, Guard]:
    """The tables of changes are many, and all alike."""
    found = {label: guard for label, guard in GUARDED.items() if isinstance(guard, Beyond)}
    return {f"`{label.split('.')[0]}.…`": guard for label, guard in found.items()}


def told(guard: Guard) -> str:
    match guard:
        case ByPlace(realm=realm, columns=columns):
            return REALMS[realm] + ("；转出和转入两个村都看" if len(columns) > 1 else "")
        case ByParent(parent=parent):
            return f"与它所属的 `{parent}` 相同"
        case ByOwner(realm=realm):
            return f"本人；{REALMS[realm]}"
        case OwnInReach():
            return "本人，且仍在该村任职"
        case ByPlaceOrGrant(realm=realm):
            return f"{REALMS[realm]}；或任务派给了其所在部门"
        case ByPlaceOrParent(realm=realm, parent=parent):
            return f"{REALMS[realm]}；或与它所属的 `{parent}` 相同"
        case OwnOrByParent(parent=parent):
            return f"本人；或与它所属的 `{parent}` 相同"
        case Beyond():
            return "谁也得不到；只由数据库自己写入，越过墙的工作可读、可到期删除"
    return ""


def main() -> None:
    if "--check" in sys.argv[1:]:
        if PAGE.read_text(encoding="utf-8") != page():
            sys.exit("docs/access.md is not what tests/access/table.py says. Run `make access`.")
        return
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
