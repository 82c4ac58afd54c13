"""What a customer may expect, told in the chat whenever they ask."""

from handlers import expectations
from handlers.customer import conversation
from handlers.customer.commands import ShowMenu, ShowPolicy
from handlers.customer.talk import Talk


@conversation.does(ShowPolicy)
def show(talk: Talk, _command: ShowPolicy) -> None:
    """The policy of today, and the desk's own rules below it; then what was being asked, once more."""
    office = talk.unit.office
    talk.say(expectations.of_the_policy(office.policy))
    if own := expectations.of_the_desk(office.policy, office.desk):
        talk.say(own)
    if conversation.opened(talk):
        conversation.ask_again(talk)
    else:
        conversation.carry_out(talk, ShowMenu())
