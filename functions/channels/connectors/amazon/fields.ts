import * as z from 'zod';

/** Text that Amazon may leave out. */
export const text = z.string().nullish();
/** True or false, which Amazon writes as text in places (`"true"`), and tools that pass it on as 0 and 1. */
export const flag = z
  .union([z.boolean(), z.string(), z.number()])
  .nullish()
  .transform((value) => /^(true|1)$/i.test(String(value)));
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
