"""What Slack takes as blocks in messages, dialogs and the Home tab, with its limits."""

from typing import Any

from bot.playground.slack.shapes import (
    Check,
    MisshapenError,
    flag,
    listing,
    number,
    of_ten,
    one_of,
    record,
    seconds,
    string,
    tagged,
    units,
)

Json = dict[str, Any]

HEAVIEST = 13_200
"""Characters of all texts of a message together; above, Slack answers `msg_blocks_too_long`."""

ID = string(255)


def plain(most: int) -> Check:
    return tagged({"plain_text": record({"text": string(most)}, {"emoji": flag})})


def text(most: int) -> Check:
    mrkdwn = record({"text": string(most)}, {"verbatim": flag})
    return tagged({"plain_text": record({"text": string(most)}, {"emoji": flag}), "mrkdwn": mrkdwn})


STYLE = record({}, dict.fromkeys(("bold", "italic", "strike", "code"), flag))
CONFIRM = record(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
OPTION = record({"text": plain(75), "value": string(150)}, {"description": plain(75)})

INLINE = tagged(
    {
        "text": record({"text": string(40_000)}, {"style": STYLE}),
        "user": record({"user_id": ID}, {"style": STYLE}),
        "usergroup": record({"usergroup_id": ID}, {"style": STYLE}),
        "channel": record({"channel_id": ID}, {"style": STYLE}),
        "emoji": record({"name": ID}, {"unicode": ID, "style": STYLE}),
        "broadcast": record({"range": one_of("here", "channel", "everyone")}, {"style": STYLE}),
        "link": record({"url": string(3000)}, {"text": string(3000), "style": STYLE, "unsafe": flag}),
        "date": record(
            {"timestamp": number, "format": string(255)}, {"url": string(3000), "fallback": string(3000)}
        ),
    }
)
SECTION = record({"elements": listing(INLINE, 1000)})
QUOTED = record({"elements": listing(INLINE, 1000)}, {"border": number})
RICH = tagged(
    {
        "rich_text_section": SECTION,
        "rich_text_quote": QUOTED,
        "rich_text_preformatted": QUOTED,
        "rich_text_list": record(
            {"elements": listing(tagged({"rich_text_section": SECTION}), 1000), "style": ID},
            {"indent": number, "offset": number, "border": number},
        ),
    }
)

BUTTON = record(
    {"text": plain(75), "action_id": ID},
    {
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "url": string(3000),
        "accessibility_label": string(75),
    },
)
SELECT = record(
    {"options": listing(OPTION, 100), "action_id": ID},
    {"placeholder": plain(150), "initial_option": OPTION, "confirm": CONFIRM},
)
PEOPLE = record({"action_id": ID}, {"placeholder": plain(150), "initial_user": ID, "confirm": CONFIRM})
MOMENT = record({"action_id": ID}, {"initial_date_time": seconds, "confirm": CONFIRM})
LINES = record(
    {"action_id": ID},
    {
        "initial_value": string(3000, 0),
        "multiline": flag,
        "min_length": number,
        "max_length": number,
        "placeholder": plain(150),
    },
)

FILES = record({"action_id": ID}, {"filetypes": listing(ID, 100), "max_files": of_ten})

CHOSEN = {"static_select": SELECT, "users_select": PEOPLE, "datetimepicker": MOMENT, "file_input": FILES}
ACTION = tagged({"button": BUTTON, "static_select": SELECT})
NAMED: dict[str, Check] = {"block_id": ID}
SHOWN: dict[str, Check] = {
    "header": record({"text": plain(150)}, NAMED),
    "section": record(
        {},
        {"text": text(3000), "fields": listing(text(2000), 10), "accessory": ACTION, "expand": flag, **NAMED},
    ),
    "context": record({"elements": listing(text(2000), 10)}, NAMED),
    "divider": record({}, NAMED),
    "actions": record({"elements": listing(ACTION, 25)}, NAMED),
    "rich_text": record({"elements": listing(RICH, 1000)}, NAMED),
}
INPUT = record(
    {"label": plain(2000), "element": tagged({"plain_text_input": LINES, **CHOSEN})},
    {"hint": plain(2000), "optional": flag, "dispatch_action": flag, **NAMED},
)

MESSAGE = listing(tagged(SHOWN), 50, 0)
MODAL_BLOCKS = listing(tagged({**SHOWN, "input": INPUT}), 100, 0)
ABOUT: dict[str, Check] = {"callback_id": string(255, 0), "private_metadata": string(3000, 0)}
VIEW = tagged(
    {
        "modal": record(
            {"title": plain(24), "blocks": MODAL_BLOCKS},
            {
                "submit": plain(24),
                "close": plain(24),
                "clear_on_close": flag,
                "notify_on_close": flag,
                **ABOUT,
            },
        ),
        "home": record({"blocks": listing(tagged(SHOWN), 100, 0)}, ABOUT),
    }
)


def check_blocks(blocks: Any) -> None:
    """Raises `MisshapenError` for blocks that no message may have."""
    MESSAGE(blocks, "/blocks")
    _check_ids(blocks)


def check_view(view: Any) -> None:
    """Raises `MisshapenError` for what is no dialog and no Home tab."""
    VIEW(view, "/view")
    _check_ids(view["blocks"])
    inputs = any(block["type"] == "input" for block in view["blocks"])
    if inputs and "submit" not in view:
        raise MisshapenError("/view/submit: needed where there are inputs")


def too_heavy(blocks: list[Json]) -> bool:
    """Whether all texts together are more than a message takes."""
    return sum(map(units, strings(blocks))) > HEAVIEST


def strings(value: Any) -> list[str]:
    """Every text that a block shows."""
    if isinstance(value, list):
        return [found for inner in value for found in strings(inner)]
    if not isinstance(value, dict):
        return []
    shown = value.get("text", value.get("fallback"))
    inner = [strings(inner) for name, inner in value.items() if name not in {"confirm", "options"}]
    return [*([shown] if isinstance(shown, str) else []), *(found for part in inner for found in part)]


def _check_ids(blocks: list[Json]) -> None:
    """Block ids differ in a surface, action ids in a block."""
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(ids) != len(set(ids)):
        raise MisshapenError("/blocks: block_id is there twice")
    for place, block in enumerate(blocks):
        elements = block.get("elements", []) if block["type"] == "actions" else []
        actions = [element["action_id"] for element in elements]
        if len(actions) != len(set(actions)):
            raise MisshapenError(f"/blocks/{place}: action_id is there twice")
