/**
 * How long after its own time a change may be committed: a request ends in 29 seconds, a task in 59, and a sweep of holds that are over in 120
 * (`infra/capabilities/holds.ts`); nothing else moves a shelf with a time that is older. Within a place, times go back by no more than this.
 */
export const latenessSeconds = 120;
