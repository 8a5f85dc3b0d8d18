/** Request and response payload of a synchronous invocation (AWS: 6 MB). */
export const payloadLimitBytes = 6 * 1024 * 1024;

/** Payload of an asynchronous invocation (AWS: 1 MB since October 2025). */
export const asyncPayloadLimitBytes = 1024 * 1024;

/** Invocations of one account that run at once, where no function reserves its own (AWS default). */
export const accountConcurrency = 1000;
