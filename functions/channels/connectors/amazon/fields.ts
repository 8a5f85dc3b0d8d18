import * as z from 'zod';

/** Text that Amazon may leave out. */
export const text = z.string().nullish();
/** True or false, which Amazon writes as text in places: `"true"`. */
export const flag = z
  .union([z.boolean(), z.string()])
  .nullish()
  .transform((value) => value === true || String(value).toLowerCase() === 'true');
/** An amount as decimal text, in places a JSON number. */
export const decimal = z.union([z.string(), z.number()]).nullish();
/** A whole number of units, in places text. */
export const units = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
]);
/** A list that Amazon may leave out. */
export const list = <T extends z.ZodType>(of: T) =>
  z
    .array(of)
    .nullish()
    .transform((items) => items ?? []);
