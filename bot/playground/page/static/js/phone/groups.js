// Messages of one side that follow each other stand close; the last one has the tail. Albums are one message.

const CLOSE = 5 * 60_000;

export function grouped(messages) {
  const joined = messages.reduce(join, []);
  return joined.map((message, place) => ({ ...message, last: !follows(message, joined[place + 1]) }));
}

/** The pictures of an album come as messages of their own, and are shown as one. */
function join(shown, message) {
  const before = shown.at(-1);
  if (!message.group || before?.group !== message.group) return [...shown, { ...message, files: files(message) }];
  before.files.push(...files(message));
  before.text ||= message.text;
  before.taken &&= message.taken;
  return shown;
}

function files(message) {
  return message.file ? [message.file] : [];
}

function follows(message, next) {
  return next && next.from_bot === message.from_bot && new Date(next.at) - new Date(message.at) < CLOSE;
}
