import { type Principal } from '../../../shared/platform/http/call.ts';
import { type HoldsPorts } from '../ports.ts';

/** The ports as a caller sees them: to a key that is bound to a channel, the holds of other channels are not there. */
export function visibleTo({ channelId }: Principal, ports: HoldsPorts): HoldsPorts {
  if (channelId === undefined) return ports;
  return {
    ...ports,
    hold: async (holdId) => {
      const hold = await ports.hold(holdId);
      return hold?.channelId === channelId ? hold : undefined;
    },
  };
}
