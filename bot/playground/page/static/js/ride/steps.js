// The steps of the ride: where to look, what helps, and how it is seen that a step is done.

import { agentsSaid, botSaid, has, isTold, offers } from "./facts.js";
import { files, fills } from "./help.js";

const ARABIC = ".phone.first";
const RUSSIAN = ".phone:not(.first)";
const MAIN = ".pane:not(.thread, .app)";
const SIDE = ".pane.thread"; // covers the cards where there is no room beside them
const DIALOG = "dialog.modal[open]";

const onPhone = (phone) => `${phone} .message:last-child .buttons`;
const onCard = (part) => `${MAIN} .post.card ${part}`;

/**
 * `place` is what has to be in view (a phone by number, or the desk), `targets` the first of which is pointed
 * at that is there, `done` whether the step has happened; `help` does the typing.
 */
export const STEPS = [
  { key: "start", place: 0, targets: [`${ARABIC} .wide`], done: ({ arabic }) => botSaid(arabic).length > 0 },
  { key: "new", place: 0, targets: [onPhone(ARABIC)], done: ({ arabic, first }) => first || offers(arabic, "cancel") },
  {
    key: "describe",
    place: 0,
    targets: [`${ARABIC} .composer`],
    help: fills(`${ARABIC} .composer textarea`, "phone.example"),
    done: ({ arabic, first }) => first || offers(arabic, "urgent") || offers(arabic, "send"),
  },
  { key: "urgent", place: 0, targets: [onPhone(ARABIC)], done: ({ arabic, first }) => first || offers(arabic, "send") },
  { key: "send", place: 0, targets: [onPhone(ARABIC)], done: ({ first }) => first },
  { key: "claim", place: 2, targets: [onCard('[data-action="claim"]')], done: ({ first }) => !has(first, "claim") },
  { key: "thread", place: 2, targets: [onCard(".replies")], done: () => document.querySelector(".pane.thread:not([hidden])") },
  {
    key: "answer",
    place: 2,
    targets: [`${SIDE} .composer`, onCard(".replies")],
    help: fills(`${SIDE} .composer textarea`, "phone.example_answer"),
    done: ({ first, arabic }) => agentsSaid(first).some(({ text }) => botSaid(arabic).some((told) => told.text.includes(text))),
  },
  { key: "resolve", place: 2, targets: [DIALOG, onCard('[data-action="resolve"]'), `${SIDE} [data-action="resolve"]`], done: ({ first }) => !has(first, "resolve") },
  { key: "solved", place: 0, targets: [onPhone(ARABIC), ARABIC], done: ({ arabic }) => offers(arabic, "5") },
  { key: "rate", place: 0, targets: [onPhone(ARABIC)], done: ({ arabic }) => !offers(arabic, "5") },
  { key: "second", place: 1, targets: [RUSSIAN], help: files(), done: ({ second }) => second },
  {
    key: "time",
    place: 2,
    targets: ['#time [value="due"]'],
    done: ({ state }) => state.time?.walk && !state.time.walk.going && state.time.walk.halts.some((halt) => halt.things.some((thing) => thing.kind === "breach")),
  },
  { key: "why", place: 2, targets: [DIALOG, onCard("select"), `${SIDE} header button`], done: ({ state }) => isTold(state) },
];
