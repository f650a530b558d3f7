"""What a browser calls itself, in two words: "Chrome · Android". Nothing else of it is kept."""

import re

BROWSERS = (
    ("MicroMessenger", "微信"),
    ("HuaweiBrowser", "Huawei Browser"),
    ("MiuiBrowser", "Mi Browser"),
    ("VivoBrowser", "vivo Browser"),
    ("HeyTapBrowser", "OPPO Browser"),
    ("UCBrowser", "UC"),
    ("QQBrowser", "QQ"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
PROGRAM = re.compile(r"[A-Za-z][\w.-]{0,30}")


def device_words(user_agent: str) -> str:
    """The browser and the system; of a program its name; empty when it says nothing that is known."""
    browser = next((word for mark, word in BROWSERS if mark in user_agent), "")
    system = next((word for mark, word in SYSTEMS if mark in user_agent), "")
    if not browser and (program := PROGRAM.match(user_agent)) and not user_agent.startswith("Mozilla"):
        browser = program.group(0)
    return " · ".join(word for word in (browser, system) if word)
