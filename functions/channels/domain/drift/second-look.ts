import { plusSeconds } from '../../../../shared/kernel/time.ts';
import { type PoolLook, type SecondLook } from '../../../../shared/model/channels/drift-run.ts';
import { type AvailabilityConnector } from '../availability-connector.ts';
import { type Connector } from '../connector.ts';

/** So long after its yes a channel may still be read as it was before, where its connector does not say how long. */
const usualSettlingSeconds = 60;
/** A sale has come to us this long after the channel was, or could have been, asked for its orders. */
const saleSeconds = 60;
/** What a pool says is recorded so long after it changed, nearly always within seconds. */
const newsSeconds = 60;

/** So long after its yes a channel may still be read as it was before, in seconds. */
export const settlesSecondsOf = ({
  settlesSeconds = usualSettlingSeconds,
}: Partial<NonNullable<AvailabilityConnector['read']>> = {}): number => settlesSeconds;

/** True of a look at what was not recorded. */
export const isPoolLook = (look: SecondLook): look is PoolLook => 'poolVersion' in look;

/** When what may pass is looked at again: by then a sale there has come to us, what it was told is shown, and what its pool said is recorded. */
export const looksAgainAt = (
  look: SecondLook,
  { poll, availability }: Pick<Connector, 'poll' | 'availability'>,
): string =>
  plusSeconds(
    look.seenAt,
    isPoolLook(look)
      ? newsSeconds
      : Math.max(saleSeconds + (poll?.everySeconds ?? 0), settlesSecondsOf(availability?.read)),
  );
