import { settingOf } from '../../../domain/connector-needs.ts';
import { type Connection } from '../../../domain/connection.ts';
import { needs } from '../needs.ts';

/** An element: its name, and its text or what is in it; attributes after a blank, as they are. */
export type Xml = readonly [name: string, content: string | readonly Xml[]];

const escaped = (text: string): string =>
  text.replace(/[<>&"']/g, (character) => `&#${character.codePointAt(0) ?? 32};`);

const written = ([name, content]: Xml): string => {
  const inner = typeof content === 'string' ? escaped(content) : content.map(written).join('');
  return `<${name}>${inner}</${name.split(' ')[0] ?? name}>`;
};

/** A feed of one message about an order: Amazon's envelope around it. Source: amzn-envelope.xsd of the Selling on Amazon XML guide. */
export function envelope(
  { channel }: Pick<Connection, 'channel'>,
  messageType: string,
  content: readonly Xml[],
): string {
  const schema =
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="amzn-envelope.xsd"';
  const header: Xml = [
    'Header',
    [
      ['DocumentVersion', '1.01'],
      ['MerchantIdentifier', settingOf(channel, needs, 'sellerId')],
    ],
  ];
  const message: Xml = [
    'Message',
    [
      ['MessageID', '1'],
      [messageType, content],
    ],
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written([`AmazonEnvelope ${schema}`, [header, ['MessageType', messageType], message]])}`;
}
