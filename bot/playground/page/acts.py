"""What a person at the page can do, as JSON, and how it is done."""

from typing import Annotated, Any, Literal, Protocol

from pydantic import Field, TypeAdapter, ValidationError

from bot.core.heard import Value
from bot.core.mistakes import FileError
from bot.playground.furniture import Language
from bot.playground.page.desk_acts import DeskAct
from bot.playground.page.phone_acts import PhoneAct
from bot.playground.page.uploads import Uploads
from bot.playground.stage import Stage
from bot.playground.walk import Whither

Json = dict[str, Any]

SENSELESS, IMPOSSIBLE = 400, 409


class RefusedError(Exception):
    """It cannot be done; the words say why, and `status` is the HTTP status that says so."""

    def __init__(self, words: str, status: int) -> None:
        super().__init__(words)
        self.status = status


class Playground(Protocol):
    """Where it is done."""

    @property
    def stage(self) -> Stage:
        """The desk of the moment."""

    @property
    def uploads(self) -> Uploads:
        """What the visitor chose to send."""

    async def fresh(self, policy: str, language: Language) -> None:
        """Begin anew."""


class OnPhone(Value):
    """A customer does something."""

    on: Literal["phone"]
    who: int
    act: PhoneAct

    async def done(self, playground: Playground) -> Json:
        await self.act.by(playground.stage.customers[self.who], playground.uploads)
        return {}


class InGroup(Value):
    """A customer adds the bot to a group, and writes there."""

    on: Literal["group"]
    who: int
    text: str = ""

    async def done(self, playground: Playground) -> Json:
        person, group = playground.stage.customers[self.who], playground.stage.groups[self.who]
        if not group.has_bot:
            await group.adds_bot(person)
        if self.text:
            await group.says(person, self.text)
        return {}


class OnDesk(Value):
    """An agent does something; `answered` tells whether the bot reacted in time, where it must."""

    on: Literal["desk"]
    who: str
    act: DeskAct

    async def done(self, playground: Playground) -> Json:
        stage = playground.stage
        answered = await self.act.by(stage.agents[self.who], stage.slack, playground.uploads)
        return {"answered": answered is None or answered.ok}


class Fresh(Value):
    """Everything begins anew with a policy, and cards in a language."""

    on: Literal["fresh"]
    policy: str
    language: Language

    async def done(self, playground: Playground) -> Json:
        await playground.fresh(self.policy, self.language)
        return {}


class OnBot(Value):
    """The bot is cut off like by a failing machine, or started again on the same database."""

    on: Literal["bot"]
    do: Literal["kill", "start"]

    async def done(self, playground: Playground) -> Json:
        bot = playground.stage.bot
        await (bot.kill() if self.do == "kill" else bot.start())
        return {}


class OnWire(Value):
    """A platform goes down, or comes back."""

    on: Literal["telegram", "slack"]
    down: bool

    async def done(self, playground: Playground) -> Json:
        stage = playground.stage
        cut = stage.cut_telegram if self.on == "telegram" else stage.cut_slack
        await cut(down=self.down)
        return {}


class OnTime(Value):
    """Desk time sets off to somewhere, or goes no further."""

    on: Literal["time"]
    to: Whither | Literal["here"]

    async def done(self, playground: Playground) -> Json:
        walker = playground.stage.walker
        if self.to == "here":
            walker.halts()
        else:
            walker.sets_off(self.to)
        return {}


Act = OnPhone | InGroup | OnDesk | Fresh | OnBot | OnWire | OnTime
Anything: TypeAdapter[Act] = TypeAdapter(Annotated[Act, Field(discriminator="on")])


async def do(playground: Playground, wanted: str) -> Json:
    """Do what the JSON text says. Raises RefusedError."""
    try:
        doing = Anything.validate_json(wanted)
    except ValidationError as error:
        raise RefusedError(error.errors()[0]["msg"], SENSELESS) from None
    try:
        return await doing.done(playground)
    except (LookupError, AssertionError, RuntimeError, FileError) as error:
        # What a platform's own client would not let anybody do.
        raise RefusedError(str(error), IMPOSSIBLE) from None
