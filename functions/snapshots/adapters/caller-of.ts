import { type Principal } from '../../../shared/platform/http/call.ts';

/** Who calls, and the one location that the key may count at, if it is bound to one. */
export const callerOf = ({ name, locationId }: Principal) => ({
  actor: name,
  ...(locationId !== undefined && { boundTo: locationId }),
});
