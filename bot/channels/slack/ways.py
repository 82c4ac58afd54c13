"""Links to messages of the desk: drawn without the workspace address, which is filled in on sending."""

from typing import Any

from bot.core.shown import Way

Json = dict[str, Any]

UNPLACED = "desk:"


def link(way: Way) -> Json:
    """The link as it is drawn."""
    where = f"{way.thread.channel}/p{way.thread.ts.replace('.', '')}"
    return {"type": "link", "url": f"{UNPLACED}{where}", "text": way.text}


def placed(drawn: Any, workspace: str) -> Any:
    """What was drawn, with links into the workspace at this address; plain words while none is known."""
    if isinstance(drawn, list):
        return [placed(inner, workspace) for inner in drawn]
    if not isinstance(drawn, dict):
        return drawn
    url = drawn.get("url")
    if not (isinstance(url, str) and url.startswith(UNPLACED)):
        return {name: placed(inner, workspace) for name, inner in drawn.items()}
    if not workspace:
        return {"type": "text", "text": drawn["text"]}
    return {**drawn, "url": f"{workspace.rstrip('/')}/archives/{url.removeprefix(UNPLACED)}"}
