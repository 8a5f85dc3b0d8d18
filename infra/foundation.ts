import { type IHttpApi, type IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { type IEventBus } from 'aws-cdk-lib/aws-events';
import { type ITopic } from 'aws-cdk-lib/aws-sns';
import { type TableName } from '../shared/model/entities.ts';
import { type DomainTable } from './constructs/domain-table.ts';
import { type FileStore } from './constructs/file-store.ts';
import { type House } from './house.ts';

/** All tables, by name. */
export type Tables = Readonly<Record<TableName, DomainTable>>;

/** What the capabilities stand on. */
export interface Foundation extends House {
  readonly tables: Tables;
  readonly files: FileStore;
  readonly bus: IEventBus;
  readonly api: IHttpApi;
  /** Of every route that is not public. */
  readonly authorizer: IHttpRouteAuthorizer;
  /** Where alarms go. */
  readonly alarms: ITopic;
}
