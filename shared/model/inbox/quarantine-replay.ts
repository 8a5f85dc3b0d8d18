/** That everything in a channel's quarantine, or everything of one code, is to be mapped again: one at a time for each. */
export interface QuarantineReplay {
  readonly channelId: string;
  /** Absent: all codes. */
  readonly code?: string;
  /** What came into quarantine later is left. RFC 3339. */
  readonly askedAt: string;
  readonly askedBy: string;
  /** When it had gone over all; absent while it has not. */
  readonly doneAt?: string;
  readonly version: number;
  readonly updatedAt: string;
}
