/** An error whose message is meant for the reader as it stands. */
export class SentenceError extends Error {}
