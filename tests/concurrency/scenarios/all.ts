import { type Scenario } from '../scenario.ts';
import { buyers } from './buyers.ts';
import { cancellations } from './cancellations.ts';
import { holdRaces } from './holds.ts';
import { locations } from './locations.ts';
import { retries } from './retries.ts';
import { shares } from './shares.ts';

/** Every scenario. */
export const scenarios: readonly Scenario[] = [
  ...buyers,
  ...holdRaces,
  ...cancellations,
  ...retries,
  ...shares,
  ...locations,
];
