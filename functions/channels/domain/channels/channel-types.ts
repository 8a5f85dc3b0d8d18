import { type ChannelType, channelTypes } from '../../../../shared/contracts/network/channel-types.ts';
import { type ChannelsPorts } from '../../ports.ts';
import { type ConnectorNeeds, noNeeds } from '../connector-needs.ts';
import { type Connector } from '../connector.ts';

/** What a type of channel can do and must be told. */
export interface ChannelTypeView extends Omit<ConnectorNeeds, 'credentialFaults'> {
  readonly type: ChannelType;
  readonly abilities: string[];
}

/** Every type of channel, with what it can do and must be told. */
export const listChannelTypes = (ports: Pick<ChannelsPorts, 'connectorOf'>): { types: ChannelTypeView[] } => ({
  types: channelTypes.map((type) => {
    const connector = ports.connectorOf(type);
    const { credentialFaults: _, ...needs } = connector.needs ?? noNeeds;
    return { type, abilities: abilitiesOf(connector), ...needs };
  }),
});

const abilitiesOf = ({ takeIn, poll, tell, availability, listings, check }: Connector): string[] =>
  Object.entries({ webhooks: takeIn, polling: poll, tell, availability, listings, check }).flatMap(([name, ability]) =>
    ability === undefined ? [] : [name],
  );
