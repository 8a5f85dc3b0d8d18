import { createReadStream, readdirSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import type * as z from 'zod';

/** A file that a replay needs and did not find. */
export class FileMissing extends Error {}

/**
 * The file of a folder that ends in `name`, gzipped or not, whatever precedes it (`sample4k_olist_orders_dataset.csv.gz`); of several the
 * largest sample wins: a prefix `full_` comes before others.
 * @throws FileMissing
 */
export function csvFile(folder: string, name: string): string {
  const ending = new RegExp(`(^|_)${name}\\.csv(\\.gz)?$`);
  const found = filesIn(folder).filter((file) => ending.test(file));
  const [file] = found.sort((a, b) => Number(b.startsWith('full_')) - Number(a.startsWith('full_')));
  if (file === undefined) throw new FileMissing(`${folder} has no file ${name}.csv or ${name}.csv.gz.`);
  return path.join(folder, file);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    throw new FileMissing(
      `There is no folder ${folder}. It takes the CSV files of the Brazilian e-commerce data set by Olist (on Kaggle: olistbr/brazilian-ecommerce).`,
      { cause: error },
    );
  }
}

/**
 * The rows of a CSV file with a header line, each checked as it is read.
 * @throws Error naming file and line when a row is none
 */
export async function* csvRows<Row>(file: string, schema: z.ZodType<Row>): AsyncGenerator<Row> {
  const rows = parse({ columns: true, bom: true, skip_empty_lines: true });
  const unzip = file.endsWith('.gz') ? [createGunzip()] : [];
  // An error anywhere ends the rows with it, and reading them throws.
  pipeline([createReadStream(file), ...unzip, rows], () => undefined);
  let line = 1;
  for await (const row of rows) {
    line += 1;
    const parsed = schema.safeParse(row);
    if (!parsed.success)
      throw new Error(
        `${file}, row ${line}: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`,
      );
    yield parsed.data;
  }
}

/** All rows of a CSV file. */
export async function allRows<Row>(file: string, schema: z.ZodType<Row>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of csvRows(file, schema)) all.push(row);
  return all;
}
