import { inputsIn } from '../../fixtures/inputs.ts';
import { type PublishedCall } from './published-call.ts';

/** Elements of a segment by position, with texts in them. */
const elements = (...positions: readonly string[]) => [
  Object.fromEntries(positions.map((position) => [position, 'A'])),
];
const address = { N2: elements('01'), N3: elements('02'), N4: elements('04') };

/**
 * Sets of X12 that partners have sent each other: every segment and element of ours is one of theirs, or stands in the standard's dictionary.
 * A functional acknowledgement is in no recorded interchange.
 */
export const edi: readonly PublishedCall[] = [
  {
    call: 'X12',
    requests: inputsIn('edi').filter((file) => /_856[.]edi$|[/](855|856|945)[.]/.test(file)),
    documented: {
      source: 'https://www.stedi.com/edi/x12-004010',
      body: {
        '855': {
          BAK: elements('08', '09'),
          PO1: elements('03', '06', '07', '08', '09', '10', '11', '12', '13'),
          ACK: elements('02', '03', '04', '05'),
        },
        '856': address,
        '945': { ...address, N1: elements('03', '04'), MAN: elements('01', '02'), W12: elements('17', '18') },
        '997': {
          ...{ ST: elements('01', '02'), SE: elements('01', '02') },
          ...{ AK1: elements('01', '02'), AK2: elements('01', '02'), AK3: elements('01', '02', '03', '04') },
          ...{
            AK4: elements('01', '02', '03', '04'),
            AK5: elements('01', '02'),
            AK9: elements('01', '02', '03', '04', '05'),
          },
        },
      },
    },
  },
];
