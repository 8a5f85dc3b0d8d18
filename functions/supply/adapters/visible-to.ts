import { type Principal } from '../../../shared/platform/http/call.ts';
import { type SupplyPorts } from '../ports.ts';

/** The ports as a caller sees them: to a key that is bound to a location, the purchase orders of other locations are not there. */
export function visibleTo({ locationId }: Principal, ports: SupplyPorts): SupplyPorts {
  if (locationId === undefined) return ports;
  return {
    ...ports,
    purchaseOrder: async (reference) => {
      const order = await ports.purchaseOrder(reference);
      return order?.location === locationId ? order : undefined;
    },
  };
}
