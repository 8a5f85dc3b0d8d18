import { type CfnResource, type StackTemplate } from '../../local/template/cloudformation.ts';

/**
 * The templates with every queue's visibility timeout cut to at most `seconds`: a message that its consumer failed on comes again within a
 * test's patience (deployed: six times the consumer's timeout).
 */
export const withRedeliveryAfter = (stacks: readonly StackTemplate[], seconds: number): StackTemplate[] =>
  stacks.map((stack) => ({
    ...stack,
    template: { ...stack.template, Resources: mapped(stack.template.Resources, seconds) },
  }));

const mapped = (resources: Readonly<Record<string, CfnResource>>, seconds: number) =>
  Object.fromEntries(Object.entries(resources).map(([id, resource]) => [id, impatient(resource, seconds)]));

function impatient(resource: CfnResource, seconds: number): CfnResource {
  if (resource.Type !== 'AWS::SQS::Queue') return resource;
  const { VisibilityTimeout: declared = 30, ...rest } = resource.Properties ?? {};
  return { ...resource, Properties: { ...rest, VisibilityTimeout: Math.min(Number(declared), seconds) } };
}
