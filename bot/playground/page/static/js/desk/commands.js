// What Sanad's Slack app offers beside its messages; held equal to slack-manifest.yaml by a test.

/** Slash commands, with what may follow. */
export const COMMANDS = [
  { command: "/desk", hint: "language | help" },
  { command: "/ticket", hint: "4829-1372" },
  { command: "/tickets", hint: "[find WORDS]" },
];

/** What is offered anywhere, by callback id. */
export const GLOBAL_SHORTCUTS = [
  { callback: "file_ticket", title: "File for a customer" },
];

/** What the menu of a message offers. */
export const MESSAGE_SHORTCUTS = [
  { callback: "ticket", title: "Ticket" },
  { callback: "file_for_this", title: "File for this customer" },
];
