import { Ajv, type ValidateFunction } from 'ajv';
import * as z from 'zod';
import { inputBytes } from '../../fixtures/inputs.ts';
import { readX12 } from '../read-body.ts';

const headed = z.array(z.object({ heading: z.string(), body: z.unknown() }));
const example = z.object({ example: z.unknown() }).transform((one) => one.example);
const written = z.object({ _op: z.string(), body: z.unknown() }).transform((one) => one.body);
const sandboxed = z
  .object({ request: z.object({ parameters: z.object({ body: z.object({ value: z.unknown() }) }) }) })
  .transform(({ request }) => request.parameters.body.value);
const plain = z.union([sandboxed, written, example, z.unknown()]);

const jsonOf = (file: string): unknown => JSON.parse(inputBytes(file).toString());

const within = (value: unknown, name: string): unknown => z.record(z.string(), z.unknown()).parse(value)[name];

/** Bodies that a file of the real inputs has: `file`, taken out of the wrapping of its source, `file#.path.in.it`, or `file#heading` of a page. */
export function samplesOf(place: string): readonly unknown[] {
  const [file = '', heading] = place.split('#');
  if (file.endsWith('.edi')) return [readX12(inputBytes(file).toString())];
  if (heading === undefined) return [plain.parse(jsonOf(file))];
  if (heading.startsWith('.')) return [heading.slice(1).split('.').reduce(within, jsonOf(file))];
  return headed.parse(jsonOf(file)).flatMap((one) => (one.heading === heading ? [one.body] : []));
}

/** The validator of a JSON schema of the real inputs. */
export const validatorOf = (file: string): ValidateFunction =>
  new Ajv({ strict: false, allErrors: true }).compile(z.record(z.string(), z.unknown()).parse(jsonOf(file)));
