const mark = '?sent=';

/** A topic that keeps when its message was signed, for orders that do not say themselves how new they are. */
export const topicSent = (topic: string, sentAt: Date | undefined): string =>
  sentAt === undefined ? topic : `${topic}${mark}${sentAt.toISOString()}`;

/** What was kept so; `undefined` when nothing was. */
export const sentAtOf = (topic: string): string | undefined => topic.split(mark)[1];
