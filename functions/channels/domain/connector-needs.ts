import { canonicalJson } from '../../../shared/kernel/json.ts';
import { type Channel } from '../../../shared/model/network/network.ts';

/** One thing that a channel of some type must or may be told. */
export interface Need {
  readonly required: boolean;
  /** What it is and where to find it, in a sentence. */
  readonly what: string;
  /** What counts where it is left out. */
  readonly default?: string;
  /** The only values that it may have. */
  readonly oneOf?: readonly string[];
  /** `url`: an address, https or on this machine. */
  readonly form?: 'url';
  /** It is required where this setting has, or is left out and means, this value. */
  readonly requiredWith?: { readonly setting: string; readonly value: string };
  /** It is required where the channel has no endpoint. */
  readonly orEndpoint?: true;
  /** It says where the channel is, or where its stock is told: what was acknowledged by another value says nothing of this one. */
  readonly place?: true;
}

/** What a type of channel needs to know before it can be spoken to. */
export interface ConnectorNeeds {
  /** By name in `channel.settings`; never a secret. */
  readonly settings: Readonly<Record<string, Need>>;
  /** By name in the channel's credentials. */
  readonly credentials: Readonly<Record<string, Need>>;
  /** Where several sets of credentials open the same API: one of them is needed, whole. */
  readonly credentialSets?: readonly (readonly string[])[];
  /** What is wrong with credentials that are there, by their names, in words that follow the name and have nothing of the value in them. */
  readonly credentialFaults?: (values: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
  /** The kind of endpoint that its channels may have; absent where they have none. */
  readonly endpoint?: 'webhook' | 'shopify';
  /** What the secret is that signs its webhooks; absent where nothing is signed by a secret. */
  readonly signing?: string;
}

/** Of a type that must be told nothing. */
export const noNeeds: ConnectorNeeds = { settings: {}, credentials: {} };

/** A setting of a channel, or what counts where it has none; empty when there is neither. */
export const settingOf = (
  { settings = {} }: { readonly settings?: Readonly<Record<string, string>> },
  needs: ConnectorNeeds,
  name: string,
): string => settings[name] ?? needs.settings[name]?.default ?? '';

/** Where a channel is and where its stock is told, as a text: the same as long as nothing of that changes. What is left out counts as its default. */
export const placeOfStock = (
  channel: Pick<Channel, 'endpoint' | 'settings' | 'stockByLocation'>,
  needs: ConnectorNeeds,
): string => {
  const names = Object.keys(needs.settings).filter((name) => needs.settings[name]?.place === true);
  const settings = Object.fromEntries(names.map((name) => [name, settingOf(channel, needs, name)]));
  return canonicalJson({ endpoint: channel.endpoint, settings, byLocation: channel.stockByLocation === true });
};
