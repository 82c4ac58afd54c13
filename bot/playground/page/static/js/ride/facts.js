// What the ride reads from everything that is seen; it waits for what really happens, not for clicks.

export function factsOf(state) {
  const [arabic, russian] = state.telegram.people;
  const channel = state.slack.channels[0];
  const cards = (channel?.messages ?? []).filter((message) => message.bot && message.blocks[0]?.type === "header");
  return { state, arabic, russian, channel, cards, first: cards[0], second: cards[1] };
}

/** Whether a phone's newest question offers this answer; what follows a dot in its key says what it is about. */
export function offers(person, key) {
  const last = person.messages.findLast((message) => message.from_bot && message.buttons.length);
  return Boolean(last?.buttons.flat().some((button) => `${button.data}.`.includes(`:${key}.`)));
}

export function botSaid(person) {
  return person.messages.filter((message) => message.from_bot);
}

/** Whether a card offers this verb as a button. */
export function has(card, verb) {
  return Boolean(card?.blocks.some((block) => block.type === "actions" && block.elements.some((one) => one.action_id === verb)));
}

/** What agents said under a card. */
export function agentsSaid(card) {
  return card?.replies.filter((reply) => !reply.bot) ?? [];
}

/** A dialog that only tells something is open before somebody. */
export function isTold(state) {
  return state.slack.agents.some(({ dialog }) => dialog && !dialog.blocks.some((block) => block.type === "input"));
}
