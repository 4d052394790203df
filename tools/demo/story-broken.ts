/** The story did not go as the rules say: one sentence for the reader, no stack trace. */
export class StoryBroken extends Error {}
