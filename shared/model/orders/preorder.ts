/** That an order waits for a launch: found by its time, so that its hold is released then. */
export interface Preorder {
  readonly orderId: string;
  readonly holdId: string;
  /** RFC 3339. */
  readonly until: string;
}
