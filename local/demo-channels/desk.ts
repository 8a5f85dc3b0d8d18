import { type IncomingMessage, type ServerResponse } from 'node:http';
import { orderIdOf } from '../../shared/kernel/ids.ts';
import { type LocalServer, openServerFrom } from '../servers.ts';
import { type Stall } from './stall.ts';

/** Where the desk is, or a little above it where that port is taken. */
const firstPort = 3100;
const newestOrders = 20;

/** What the desk has done for somebody. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Where everybody can look at what the markets of the demo show, buy there, and take one down. */
export interface Desk {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Opens the desk. @param place has a buyer order at a market; gives the market's id of the order */
export async function openDesk(stalls: readonly Stall[], place: (stall: Stall) => Promise<string>): Promise<Desk> {
  const server: LocalServer = await openServerFrom(firstPort);
  server.serve((request, response) => {
    void answer(request, stalls, place).then(
      ({ status, body }) => send(response, status, body),
      (error: unknown) => send(response, 500, { detail: error instanceof Error ? error.message : String(error) }),
    );
  });
  return { url: server.url, close: () => server.close() };
}

const send = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body, null, 2)}\n`);

async function answer(
  { method = '', url = '/' }: IncomingMessage,
  stalls: readonly Stall[],
  place: (stall: Stall) => Promise<string>,
): Promise<Answer> {
  const [channelId = '', what, id] = new URL(url, 'http://desk').pathname.slice(1).split('/').map(decodeURIComponent);
  if (channelId === '') return { status: 200, body: { markets: stalls.map(summaryOf) } };
  const stall = stalls.find((one) => one.channelId === channelId);
  if (stall === undefined) return missing(`There is no market ${channelId}: GET / lists them.`);
  if (method === 'GET') return look(stall, what, id);
  if (method !== 'POST') return { status: 405, body: { detail: 'The desk takes GET and POST.' } };
  if (what === 'down' || what === 'up') return turn(stall, what === 'down');
  if (what !== 'orders') return missing(`Nothing is done by POST ${url}.`);
  const externalId = await place(stall);
  return { status: 201, body: { channelId, externalId, orderId: orderIdOf(channelId, externalId) } };
}

const missing = (detail: string): Answer => ({ status: 404, body: { detail } });

const summaryOf = (stall: Stall) => ({
  channelId: stall.channelId,
  url: stall.market.url,
  isDown: stall.isDown,
});

function look(stall: Stall, what: string | undefined, id: string | undefined): Answer {
  if (what === undefined)
    return { status: 200, body: { ...summaryOf(stall), shows: stall.shelf(), orders: stall.newest(newestOrders) } };
  const order = what === 'orders' && id !== undefined ? stall.order(id) : undefined;
  return order === undefined
    ? missing(`${stall.channelId} has nothing of an order ${id ?? ''}.`)
    : { status: 200, body: order };
}

function turn(stall: Stall, isOff: boolean): Answer {
  if (stall.turn(isOff)) return { status: 200, body: summaryOf(stall) };
  return { status: 409, body: { detail: `Crossdock never calls ${stall.channelId}: there is nothing to take down.` } };
}
