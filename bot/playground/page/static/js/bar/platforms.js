// The platforms by their own names, which are the same in every language.

export const PLATFORMS = { telegram: "Telegram", slack: "Slack" };
