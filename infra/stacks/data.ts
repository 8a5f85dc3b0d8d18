import { Stack } from 'aws-cdk-lib/core';
import { type Construct } from 'constructs';
import { tableNames } from '../../shared/model/entities.ts';
import { DomainTable } from '../constructs/domain-table.ts';
import { FileStore } from '../constructs/file-store.ts';
import { type Tables } from '../foundation.ts';
import { type House } from '../house.ts';

/** All that must not be lost, apart from everything that can be deployed again. */
export class DataStack extends Stack {
  readonly tables: Tables;
  readonly files: FileStore;

  constructor(scope: Construct, house: House) {
    super(scope, 'data', {
      stackName: house.stage.named('data'),
      description: 'Crossdock: the tables, and the files that come and go.',
      terminationProtection: house.stage.isProduction,
    });
    this.tables = Object.fromEntries(tableNames.map((name) => [name, new DomainTable(this, name, house)])) as Tables;
    this.files = new FileStore(this, 'files', house);
  }
}
