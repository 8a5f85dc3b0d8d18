/**
 * The code of the exception of an order whose promise moved further than its channel tolerates. It keeps no process from going on: what is
 * there is shipped while the rest is late.
 */
export const promiseMovedCode = 'promise-moved';
