import { type Clock } from '../../shared/kernel/time.ts';
import { type CommitChanges } from '../../shared/model/changes.ts';
import { type EntityIds, type Entities } from '../../shared/model/entities.ts';
import { type Location } from '../../shared/model/network/network.ts';
import { type AuditedItem } from '../../shared/model/stock/audited.ts';
import { type Subject } from '../../shared/model/stock/identity.ts';
import { type StockException } from '../../shared/model/stock/stock-exception.ts';

/** What a second look is for. */
export interface LookAgain {
  /** What the suspects are about; every subject names a SKU. */
  readonly subjects: readonly Subject[];
  /** True when units that are held are in question: then all holds are read. */
  readonly holds: boolean;
  /** True once time is over: then nothing more is read. */
  readonly isOver?: (() => boolean) | undefined;
}

/** What the auditor needs of the world. */
export interface AuditPorts {
  readonly clock: Clock;
  /** Everything the identities speak of, in any order and as a stream. */
  everything(): AsyncIterable<AuditedItem>;
  /**
   * What the identities say about some SKUs, consistently: their counters first (a pool of a hot SKU as the sum of
   * its stripes: the store finds them again for a change), then the orders, fulfillment orders, holds, transfers and
   * exceptions that concern them.
   */
  again(look: LookAgain): AsyncIterable<AuditedItem>;
  /** Every location, consistently. */
  locations(): Promise<readonly Location[]>;
  /** Exceptions about findings that are not resolved. */
  openFindings(): AsyncIterable<StockException>;
  exception(exceptionId: string): Promise<StockException | undefined>;
  order(id: EntityIds['order']): Promise<Entities['order'] | undefined>;
  report(id: EntityIds['auditReport']): Promise<Entities['auditReport'] | undefined>;
  commit: CommitChanges;
  /** Lets transactions in flight end, and indexes follow, before the next look. */
  pause(): Promise<void>;
}
