/** What the processes capability needs of the world: the state machines. */
export interface ProcessPorts {
  /** Starts an execution under a name; one that was started under it before is the same. */
  start(name: string, input: Readonly<Record<string, unknown>>): Promise<void>;
  /** Tells a waiting execution that it is so. A token whose wait is over is no error: somebody was faster. */
  succeed(taskToken: string, output: Readonly<Record<string, unknown>>): Promise<void>;
  /** Tells a waiting execution that it went another way. */
  fail(taskToken: string, error: string, cause: string): Promise<void>;
  /** Tells a waiting execution that there was a sign of life. */
  heartbeat(taskToken: string): Promise<void>;
}
