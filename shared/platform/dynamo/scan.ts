import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type TableName } from '../../model/entities.ts';
import { tableName } from '../config.ts';
import { dynamoDb } from './client.ts';

/** Every item of a table, page by page in parallel segments: memory stays constant however large the table. */
export async function* scanAll(table: TableName, segments = 4): AsyncGenerator<Record<string, AttributeValue>> {
  const scans = Array.from({ length: segments }, (_, segment) => segmentPages(table, segment, segments));
  const running = new Map(scans.map((scan) => [scan, step(scan)]));
  while (running.size > 0) {
    const { scan, page } = await Promise.race(running.values());
    if (page === undefined) running.delete(scan);
    else {
      running.set(scan, step(scan));
      yield* page;
    }
  }
}

type Pages = AsyncGenerator<Record<string, AttributeValue>[], void>;

async function step(
  scan: Pages,
): Promise<{ readonly scan: Pages; readonly page: Record<string, AttributeValue>[] | undefined }> {
  const next = await scan.next();
  return { scan, page: next.done === true ? undefined : next.value };
}

async function* segmentPages(table: TableName, segment: number, segments: number): Pages {
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await dynamoDb.send(
      new ScanCommand({
        TableName: tableName(table),
        Segment: segment,
        TotalSegments: segments,
        ConsistentRead: true,
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    yield page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}
