import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import * as apis from '../../shared/contracts/audit/apis.ts';
import { Capability } from '../constructs/capability.ts';
import { type CrossdockFunction } from '../constructs/crossdock-function.ts';
import { CustomerAlarm, alarmPeriod } from '../constructs/customer-alarm.ts';
import { type ScheduledFunction } from '../constructs/scheduled-function.ts';
import { type Foundation } from '../foundation.ts';

/** The auditor: whether the books agree with themselves, and their repair. */
export class Audit extends Capability {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'audit', foundation);
    const size = { timeoutSeconds: 29, memoryMb: 1024 };
    const routes = this.routes(apis, {
      auditStock: { network: 'read', stock: 'read', orders: 'read', size },
      repairStock: { network: 'read', stock: 'readWrite', orders: 'read', size },
    });
    const nightly = this.scheduled({
      name: 'audit-nightly',
      description: 'Checks every identity of stock and orders at night, and raises an exception for each finding.',
      every: { cron: { hour: '3', minute: '10' } },
      timeoutSeconds: 900,
      memoryMb: 2048,
      rights: { network: 'read', stock: 'readWrite', orders: 'read' },
      errorImpact: 'Nobody checks whether the books are true: what is sold and not there is found by customers first.',
    });
    for (const one of [...routes, nightly]) this.readsEverything(one, foundation);
    this.countFindings(nightly, foundation);
  }

  private readsEverything(one: CrossdockFunction, { tables }: Foundation): void {
    one.use(tables.stock, 'scan').use(tables.orders, 'scan');
  }

  /** The line that every nightly audit logs says how many findings there are; one is enough to wake somebody. */
  private countFindings(nightly: ScheduledFunction, foundation: Foundation): void {
    const logGroup = LogGroup.fromLogGroupName(this, 'NightlyLog', `/aws/lambda/${nightly.physicalName}`);
    const filter = new MetricFilter(this, 'Findings', {
      logGroup,
      filterPattern: FilterPattern.stringValue('$.message', '=', 'audit'),
      metricNamespace: foundation.stage.named('audit'),
      metricName: 'Findings',
      metricValue: '$.findings',
    });
    filter.node.addDependency(nightly);
    new CustomerAlarm(this, 'FindingsAlarm', {
      house: foundation,
      topic: foundation.alarms,
      name: 'audit',
      page: 'audit-finding',
      errorImpact: 'The books do not agree with themselves: units may be sold that are not there, or hidden that are.',
      metric: filter.metric({ period: alarmPeriod, statistic: 'Maximum' }),
      threshold: 1,
    });
  }
}
