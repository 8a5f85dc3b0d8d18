import { awaitReturn as contract } from '../../../../shared/contracts/returns/tasks.ts';
import { taskHandler } from '../../../../shared/platform/tasks/task-handler.ts';
import { awsPorts } from '../../adapters/ports.ts';
import { awaitReturn } from '../../domain/await-return.ts';

/** Registers the return's process as waiting. */
export const build = (ports = awsPorts) => taskHandler(contract, (input, now) => awaitReturn(ports)({ ...input, now }));

export const handler = build();
