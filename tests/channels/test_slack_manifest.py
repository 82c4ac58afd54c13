"""The app asks for exactly the rights that the code uses."""

import re
from pathlib import Path

from bot.channels.slack import reading
from bot.playground.slack.local import SCOPES
from handlers.agent import filing
from handlers.views import asking

ROOT = Path(__file__).parents[2]
MANIFEST = (ROOT / "slack-manifest.yaml").read_text()
CODE = "\n".join(path.read_text() for path in (ROOT / "bot/channels/slack").glob("*.py"))

CHANNELS = ("channels", "groups")
METHODS = {
    "apps_connections_open": set[str](),  # by the app token
    "auth_test": set[str](),
    "chat_delete": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {f"{kind}:history" for kind in CHANNELS},
    "conversations_info": {f"{kind}:read" for kind in CHANNELS},
    "conversations_members": {f"{kind}:read" for kind in CHANNELS},
    "conversations_replies": {f"{kind}:history" for kind in CHANNELS},
    "files_completeUploadExternal": {"files:write"},
    "files_getUploadURLExternal": {"files:write"},
    "files_info": {"files:read"},
    "usergroups_users_list": {"usergroups:read"},
    "users_info": {"users:read"},
    "views_open": set[str](),
    "views_publish": set[str](),
    "views_update": set[str](),
}
ROOMS = {name: {f"{name.partition('_')[0]}s:read"} for name in reading.ROOMS}
EVENTS = {
    **ROOMS,
    "app_home_opened": set[str](),
    "member_joined_channel": {f"{kind}:read" for kind in CHANNELS},
    "member_left_channel": {f"{kind}:read" for kind in CHANNELS},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
}


def items(key: str) -> list[str]:
    """The list under a key of the manifest."""
    found = re.search(rf"^( *){key}:\n((?:\1 +- .*\n)+)", MANIFEST, re.MULTILINE)
    assert found, key
    return [re.sub(r" *#.*", "", line).strip(" -") for line in found[2].splitlines()]


def test_the_code_calls_only_the_methods_listed_here() -> None:
    assert set(re.findall(r"client\.(\w+_\w+)", CODE)) == METHODS.keys()


def test_the_manifest_asks_for_the_scopes_of_methods_events_and_commands() -> None:
    needed = set[str]().union(*METHODS.values(), *EVENTS.values(), {"commands"})

    assert set(items("bot")) == needed
    assert needed == SCOPES


def test_the_manifest_asks_for_the_events_that_are_heard() -> None:
    assert items("bot_events") == sorted(EVENTS)


def test_the_manifest_knows_the_desks_commands() -> None:
    assert re.findall(r"command: (\S+)", MANIFEST) == ["/desk", "/ticket", "/tickets"]


def test_the_manifest_knows_the_desks_shortcuts() -> None:
    """Each is something that an agent can do by a command of the same name."""
    shortcuts = re.findall(r"type: (\w+).*\n +callback_id: (\S+)", MANIFEST)
    assert shortcuts == [
        ("global", filing.COMMAND[1:]),
        ("message", filing.HERE[1:]),
        ("message", asking.TICKET[1:]),
    ]


def test_the_manifest_switches_on_what_is_used() -> None:
    for line in ("home_tab_enabled: true", "socket_mode_enabled: true", "is_enabled: true"):
        assert line in MANIFEST
