import { eventually } from '../../shared/testing/eventually.ts';

/** What the fixture shop says of an order. */
export interface ShopOrder {
  readonly state: string;
  readonly token?: string;
}

const headers = { 'x-api-key': 'open', 'content-type': 'application/json' };

/** A customer of the fixture shop. */
export class ShopClient {
  private readonly apiUrl: string;

  constructor(apiUrl: string) {
    this.apiUrl = apiUrl;
  }

  async create(id: string): Promise<number> {
    return (await this.post('/orders', { id })).status;
  }

  /** Waits until the order has come to a state. */
  async until(id: string, state: string): Promise<ShopOrder> {
    return eventually(
      async () => {
        const response = await fetch(`${this.apiUrl}/orders/${id}`, { headers });
        const order = (await response.json()) as ShopOrder;
        return order.state === state ? order : undefined;
      },
      { what: `order ${id} ${state}`, deadlineMs: 20_000 },
    );
  }

  async answer(token: string): Promise<number> {
    return (await this.post('/answers', { token })).status;
  }

  private post(path: string, body: object): Promise<Response> {
    return fetch(this.apiUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
  }
}
