import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { type TableName } from '../../shared/model/entities.ts';
import { expiryAttribute, listingIndex, tableShapes } from '../../shared/model/tables.ts';
import { type House } from '../house.ts';
import { acknowledge } from './acknowledge.ts';

/** What a function may do with a table. A scan is never part of reading: it is asked for by name. */
export type Access = 'read' | 'write' | 'readWrite' | 'scan';

const reading = ['GetItem', 'Query', 'BatchGetItem'];
const writing = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'BatchWriteItem'];
/** What a write to stock needs besides: the stripe of a pool that it tried may be empty while others are not. */
const lookingFurther = ['GetItem', 'BatchGetItem'];
const actionsOf: Readonly<Record<Access, readonly string[]>> = {
  read: reading,
  write: writing,
  readWrite: [...reading, ...writing],
  scan: ['Scan'],
};

/** Rights to a table: IAM actions and the ARNs they are for. */
export interface TableRights {
  readonly actions: string[];
  readonly resources: string[];
}

/** A table of the domain, in the shape that `shared/model/tables.ts` states; on demand, encrypted, and kept by production stages. */
export class DomainTable extends Construct {
  readonly name: TableName;
  readonly tableName: string;
  private readonly table: Table;

  constructor(scope: Construct, name: TableName, { stage }: House) {
    super(scope, name);
    const { sortKey, listing, stream, expires } = tableShapes[name];
    this.name = name;
    this.table = new Table(this, 'Table', {
      tableName: stage.named(name),
      partitionKey: text('pk'),
      ...(sortKey && { sortKey: text('sk') }),
      ...(stream && { stream: StreamViewType.NEW_AND_OLD_IMAGES }),
      ...(expires && { timeToLiveAttribute: expiryAttribute }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: stage.isProduction },
      deletionProtection: stage.isProduction,
      removalPolicy: stage.removalPolicy,
    });
    this.tableName = this.table.tableName;
    if (listing) this.addListing();
    if (!stage.isProduction) {
      acknowledge(this.table, {
        id: 'AwsSolutions-DDB3',
        reason: 'Only production holds orders that must be recovered; other stages are made anew.',
      });
    }
  }

  /** The IAM actions and resources of one kind of access: the table, and its index where it is read. */
  rights(access: Access): TableRights {
    const { tableArn } = this.table;
    const isRead = access === 'read' || access === 'readWrite';
    const index = isRead && tableShapes[this.name].listing ? [`${tableArn}/index/${listingIndex.name}`] : [];
    const actions = [...actionsOf[access], ...(this.name === 'stock' && access === 'write' ? lookingFurther : [])];
    return { actions: actions.map((action) => `dynamodb:${action}`), resources: [tableArn, ...index] };
  }

  /**
   * The table's stream.
   * @throws Error when it has none
   */
  get streamArn(): string {
    const { tableStreamArn } = this.table;
    if (tableStreamArn === undefined) throw new Error(`table ${this.name} has no stream`);
    return tableStreamArn;
  }

  private addListing(): void {
    this.table.addGlobalSecondaryIndex({
      indexName: listingIndex.name,
      partitionKey: text(listingIndex.partitionKey),
      sortKey: text(listingIndex.sortKey),
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
}

const text = (name: string) => ({ name, type: AttributeType.STRING });
