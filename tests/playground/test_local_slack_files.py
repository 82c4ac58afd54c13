"""Files in the local Slack: announced, uploaded, shared some time later, and given out to the bot only."""

import json
from typing import Any

import aiohttp

from bot.playground.slack import LocalSlack
from bot.playground.slack.local import SCOPES
from bot.playground.slack.shelf import Shelf

ALL = SCOPES | {"files:read", "files:write"}
NAME = "لقطة الشاشة.png"
BEARER = {"Authorization": "Bearer xoxb-local"}


async def call(slack: LocalSlack, method: str, **arguments: Any) -> dict[str, Any]:
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{slack.url}/api/{method}", json=arguments, headers=BEARER) as answer,
    ):
        return dict(await answer.json())


async def post(url: str, content: bytes) -> int:
    async with aiohttp.ClientSession() as http, http.post(url, data=content) as answer:
        return answer.status


async def test_an_upload_is_seen_some_time_after_it_is_complete() -> None:
    async with LocalSlack(scopes=ALL) as slack:
        slack.shelf.holds = True
        slack.channel("C1", name="support")
        announced = await call(slack, "files.getUploadURLExternal", filename=NAME, length=4)
        assert await post(announced["upload_url"], b"12345") == 400
        assert await post(announced["upload_url"], b"1234") == 200
        files = json.dumps([{"id": announced["file_id"], "title": NAME}])
        assert (await call(slack, "files.completeUploadExternal", files=files, channel_id="C1"))["ok"]

        told = await call(slack, "files.info", file=announced["file_id"])
        assert told["file"]["shares"] == {}
        slack.shelf.share()
        shown = await slack.sees("C1", lambda message: bool(message.raw.get("files")))
        told = await call(slack, "files.info", file=announced["file_id"])
        assert told["file"]["shares"]["private"]["C1"][0]["ts"] == shown.ts
        assert told["file"]["name"] == NAME
        assert "bot_id" not in shown.raw


async def test_whoever_lacks_the_token_is_asked_to_sign_in() -> None:
    async with LocalSlack(scopes=ALL) as slack, aiohttp.ClientSession() as http:
        slack.channel("C1", name="support")
        agent = slack.agent("U1", "agent", channels=["C1"])
        posted = await agent.sends("C1", NAME, b"\x89PNG\r\n\x1a\nand so on")
        address = posted.raw["files"][0]["url_private_download"]
        async with http.get(address) as answer:
            assert answer.content_type == "text/html"
        async with http.get(address, headers=BEARER) as answer:
            assert await answer.read() == b"\x89PNG\r\n\x1a\nand so on"
            assert answer.content_type == "image/png"

        slack.lose(posted.raw["files"][0]["id"])
        gone = await call(slack, "files.info", file=posted.raw["files"][0]["id"])
        assert gone["error"] == "file_deleted"


def test_only_the_announced_length_is_taken() -> None:
    shelf = Shelf("http://local")
    file, address = shelf.announce("U1", "a.txt", 3)

    assert not shelf.take(address.rpartition("/")[2], b"ab")
    assert shelf.take(address.rpartition("/")[2], b"abc")
    assert shelf.contents[file] == b"abc"
