import { type JsonObject } from '../../aws-service.ts';

/** What the SIGKILL test runs: a Map of three tasks, a wait, and a task that ends by a callback. */
export const killDefinition: JsonObject = {
  QueryLanguage: 'JSONata',
  StartAt: 'Work',
  States: {
    Work: {
      Type: 'Map',
      Items: '{% [1..3] %}',
      ItemSelector: { e: '{% $states.context.Execution.Name %}', i: '{% $states.context.Map.Item.Value %}' },
      ItemProcessor: {
        StartAt: 'Step',
        States: {
          Step: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Arguments: { FunctionName: 'step', Payload: '{% $states.input %}' },
            Output: '{% $states.result.Payload.i %}',
            End: true,
          },
        },
      },
      Assign: { steps: '{% $states.result %}' },
      Next: 'Wait',
    },
    Wait: { Type: 'Wait', Seconds: 2, Next: 'Ask' },
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Arguments: {
        QueueUrl: 'q',
        MessageBody: { token: '{% $states.context.Task.Token %}', name: '{% $states.context.Execution.Name %}' },
      },
      Output: { steps: '{% $steps %}', approved: '{% $states.result.approved %}' },
      TimeoutSeconds: 100_000,
      End: true,
    },
  },
};
