// What Sanad's Slack app offers beside its messages; held equal to slack-manifest.yaml by a test.

/** Slash commands, with what may follow. */
export const COMMANDS = [
  { command: "/desk", hint: "language" },
];

/** What the menu of a message offers, by callback id. */
export const MESSAGE_SHORTCUTS = [];
