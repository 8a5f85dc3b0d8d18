import { audit, oversoldNow, tellStory } from './acts/ending.ts';
import { fulfill } from './acts/fulfillment.ts';
import { lookFurther } from './acts/look-further.ts';
import { buildNetwork } from './acts/network.ts';
import { takeOrder } from './acts/order.ts';
import { receiveGoods } from './acts/receive.ts';
import { takeBack } from './acts/return.ts';
import { allIsTold } from './acts/told.ts';
import { rerouteToWarehouse, routeToStore } from './acts/routing.ts';
import { setScene, strike } from './scene.ts';
import { type Server } from './server.ts';
import { type Teller } from './teller.ts';

/**
 * Tells the story of one order on a server, from its stock to its refund, and holds the server to every step of it.
 * @throws StoryBroken with the first expectation that did not hold
 */
export async function tellDemo(server: Pick<Server, 'url' | 'api'>, teller: Teller): Promise<void> {
  const scene = await setScene(server, teller);
  try {
    const oversoldBefore = await oversoldNow(scene);
    teller.title('One order, two channels, three places: from stock to refund');
    await buildNetwork(scene);
    await receiveGoods(scene);
    const orderId = await takeOrder(scene);
    const first = await routeToStore(scene, orderId);
    const second = await rerouteToWarehouse(scene, orderId, first);
    await fulfill(scene, orderId, second);
    await takeBack(scene, orderId);
    await tellStory(scene, orderId);
    await allIsTold(scene, orderId);
    await audit(scene, oversoldBefore);
    await lookFurther(scene, orderId);
  } finally {
    await strike(scene);
  }
}
